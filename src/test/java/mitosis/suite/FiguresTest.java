package mitosis.suite;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.data.Digits;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.DoseResponse.WeightDecayWindow;
import mitosis.evidence.Ensembles;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.SingleNetwork;
import mitosis.evidence.SingleNetworkMeasurements;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;
import mitosis.report.Figure;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.Series;
import org.junit.jupiter.api.Test;

/** What figures show, of planted networks beside a study of which nothing is trained. */
class FiguresTest {

  private static final int WIDTH = 64;
  private static final Controls CONTROLS = Controls.of(WIDTH, 2, 1_000, 1_000);

  private static Figures figures(String expected) {
    Study study =
        Systems.onData("pmnist-fc5").study(Scale.QUICK, List.of(0, 1), "pmnist", Digits.DATASETS);
    Evidence evidence =
        new Evidence(
            study,
            Set.of(),
            recipes -> {
              throw new AssertionError("nothing is to be trained");
            },
            () -> {
              throw new AssertionError("nothing is to be loaded");
            },
            THRESHOLDS,
            false);
    return Figures.of("made-up", evidence, Expectations.read(Path.of("expected"), expected));
  }

  private static Series series(Figure figure, String name) {
    return figure.series().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double[] x(Series series) {
    return series.points().stream().mapToDouble(Point::x).toArray();
  }

  private static double[] y(Series series) {
    return series.points().stream().mapToDouble(Point::y).toArray();
  }

  @Test
  void layers_are_rebuilt_beside_one_another_at_the_halves_of_their_width() {
    Figure figure =
        figures("pmnist-fc5")
            .layers()
            .reconstructions(
                "rebuilt",
                Band.atLeast(0.99),
                CONTROLS.layers().plantedClones(),
                CONTROLS.layers().gaussianLayer());

    assertThat(figure.title()).isEqualTo("made-up: rebuilt");
    assertThat(x(series(figure, "planted clones"))).containsExactly(2, 4, 8, 16, 32, 64);
    // Of independent neurons a chunk rebuilds itself alone: half of the layer by half of it.
    Series gaussian = series(figure, "Gaussian layer");
    int half = 4;
    assertThat(x(gaussian)[half]).isEqualTo(32);
    assertThat(y(gaussian)[half]).isBetween(0.42, 0.52);
    assertThat(y(series(figure, "planted clones"))[half]).isGreaterThan(0.98);
  }

  /** What decides claim C06 is one point of the figure. */
  @Test
  void an_interval_of_a_figure_is_the_one_that_the_claim_is_judged_by() {
    Subject clones = CONTROLS.layers().plantedClonesWithNoise(0.4);
    Figure figure =
        figures("pmnist-fc5").layers().reconstructions("rebuilt", Band.atLeast(0.99), clones);

    Point drawn = figure.series().get(0).points().get(3);

    assertThat(drawn.x()).isEqualTo(16);
    Estimate judged = ReconstructionMeasurements.heldOutR2(16, new int[] {16}).of(clones);
    assertThat(drawn.y()).isEqualTo(judged.value());
    assertThat(drawn.interval()).contains(judged.interval());
    assertThat(drawn.seeds()).hasSize(clones.seeds());
    assertThat(figure.intervals()).isEqualTo("95 % interval over seeds");
  }

  @Test
  void correlations_are_drawn_where_two_neurons_are_left_outside() {
    Figure figure =
        figures("pmnist-fc5")
            .layers()
            .correlations("left", CONTROLS.layers().plantedClonesWithHiddenFactors());

    assertThat(x(figure.series().get(0))).endsWith(16, 32);
  }

  @Test
  void published_points_stand_beside_what_is_measured() {
    Figure figure =
        figures("imagenet-resnet50")
            .layers()
            .trainingErrors("errors", CONTROLS.layers().plantedClones());

    assertThat(series(figure, "planted clones").points())
        .last()
        .extracting(Point::y)
        .isEqualTo(0.0);
    Series published = series(figure, "published, full networks (P22 Fig. 7a)");
    assertThat(published.style()).isEqualTo(Series.Style.PUBLISHED);
    assertThat(x(published)).containsExactly(8192);
    assertThat(y(published)).containsExactly(0.08);
  }

  @Test
  void ensembles_of_the_widests_memory_are_ringed_on_their_curves() {
    Ensembles ensembles = CONTROLS.ensembles().ofClones();
    Figure figure = figures("cifar10-wr28").widths().of(ensembles);

    assertThat(figure.series())
        .extracting(Series::name)
        .containsExactly(
            "W = 8",
            "W = 16",
            "W = 32",
            "W = 64",
            "as many activations as one of W = 64",
            "published, equal memory (P21 Fig. 5)");
    Series rings = series(figure, "as many activations as one of W = 64");
    // Of two seeds there are two networks of half of the width, and not four of a quarter.
    assertThat(x(rings)).containsExactly(2);
    assertThat(y(rings)).containsExactly(y(series(figure, "W = 32"))[1]);
    // Without a seed there is no ensemble of two; a single seed is an ensemble of one.
    List<Point> ofWidth32 = series(figure, "W = 32").points();
    assertThat(ofWidth32.get(0).interval()).isPresent();
    assertThat(ofWidth32.get(0).seeds()).hasSize(2);
    assertThat(ofWidth32.get(1).interval()).isEmpty();
    assertThat(ofWidth32.get(1).seeds()).isEmpty();
  }

  @Test
  void what_weight_decay_does_is_drawn_from_none_on() {
    List<Dose> doses =
        List.of(
            new Dose(0, CONTROLS.layers().plantedClonesWithNoise(0.4)),
            new Dose(1e-3, CONTROLS.layers().plantedClonesWithNoise(0.1)));
    VariantFigures figures = figures("pmnist-fc5").variants();

    WeightDecayWindow.Rule rule =
        new WeightDecayWindow.Rule(
            new CriticalSize(1e-3),
            WIDTH,
            Band.atLeast(0.99)::contains,
            Band.atMost(0.03)::contains);
    SortedMap<Integer, List<Dose>> byWidth = new TreeMap<>(Map.of(WIDTH, doses));

    Figure redundancy = figures.redundancyByWeightDecay(byWidth, rule);
    Series r2 = series(redundancy, "R² held out, chunks of 16 of 64");
    assertThat(x(r2)).containsExactly(0, 1e-3);
    assertThat(y(r2)[0]).isLessThan(y(r2)[1]);
    assertThat(y(series(redundancy, "training error, W = 64"))).containsOnly(0);

    Subject noisy = doses.get(0).subject();
    assertThat(y(figures.criticalWidthByWeightDecay(byWidth).series().get(0)))
        .startsWith(new CriticalSize(1e-3).of(noisy));
    Dose unfit = new Dose(0.1, CONTROLS.layers().plantedClonesWithWrongLabels());
    Figure without =
        figures.criticalWidthByWeightDecay(new TreeMap<>(Map.of(WIDTH, List.of(unfit))));
    assertThat(without.series().get(0).points()).isEmpty();
    assertThat(without.note())
        .isEqualTo("None where the network does not fit its training set: W = 64 with 0.1.");
  }

  @Test
  void where_no_weight_decay_gives_clones_the_line_has_no_point() {
    Figure figure =
        figures("pmnist-fc5")
            .variants()
            .clonesByWeightDecay(
                List.of(
                    new WeightDecayWindow(
                        32, OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.empty()),
                    new WeightDecayWindow(
                        64, OptionalDouble.of(0.1), OptionalDouble.of(0), OptionalDouble.empty())));

    assertThat(x(figure.series().get(0))).containsExactly(64);
    assertThat(y(figure.series().get(0))).containsExactly(0);
    assertThat(figure.series().get(1).points()).isEmpty();
    assertThat(x(figure.series().get(2))).containsExactly(32, 64);
    assertThat(figure.series().get(2).style()).isEqualTo(Series.Style.RINGS);
  }

  /**
   * Exact copies of a plane have its dimension, whole or in chunks; a layer of one value has none.
   */
  @Test
  void dimensions_are_drawn_at_every_width_that_has_one() {
    Subject plane = CONTROLS.manifolds().exactCopies(2);
    Subject dead =
        new Subject(
            "dead",
            4,
            1,
            new Subject.Chunks(2, 2),
            (network, test, train) -> {
              throw new Unmeasurable("a dimension", "train it again");
            });

    Figure figure =
        figures("pmnist-fc5").widths().dimensions(plane, List.of(dead, plane), Band.between(1, 3));

    assertThat(figure.series()).hasSize(2);
    for (Series series : figure.series()) {
      assertThat(x(series)).containsExactly(plane.width());
      assertThat(y(series)[0]).isBetween(1.8, 2.2);
    }
    assertThat(figure.regions()).hasSize(1);
  }

  @Test
  void clones_are_counted_where_networks_fit_their_training_set() {
    WidthFigures figures = figures("pmnist-fc5").widths();
    List<Subject> networks =
        CONTROLS.layers().noisyNetworks(new int[] {32, 64}, width -> width / 8.0);

    Figure figure = figures.cloneCount(networks);

    assertThat(y(figure.series().get(0))[1])
        .isEqualTo(64 / new CriticalSize(1e-3).of(networks.get(1)));
    assertThat(figure.references()).hasSize(1);
    Figure none = figures.cloneCount(List.of(CONTROLS.layers().plantedClonesWithWrongLabels()));
    assertThat(none.series().get(0).points()).isEmpty();
    assertThat(none.note()).contains("no two widths");
  }

  @Test
  void a_brought_networks_dimension_is_drawn_from_all_images_down() {
    SingleNetwork network =
        SingleNetwork.madeUp(
            "mine", PlantedClones.ofWidth(WIDTH, 1_000, 1_000, 1).network(0), true, THRESHOLDS);

    AuditFigures figures = new AuditFigures(network);
    Series dimension = figures.dimension(0.25).series().get(0);

    assertThat(x(dimension)).startsWith(1_000, 500, 250);
    assertThat(y(dimension)[0]).isEqualTo(network.dimension().fitted().value());
    // 1.959964 is the normal 97.5 % point (any table).
    assertThat(dimension.points().get(0).interval().orElseThrow().halfWidth())
        .isCloseTo(1.959964 * network.dimension().fitted().standardError(), within(1e-5));
  }

  @Test
  void a_brought_networks_intervals_are_over_its_images_as_those_that_it_is_judged_by() {
    SingleNetwork network =
        SingleNetwork.madeUp(
            "mine", PlantedClones.ofWidth(WIDTH, 1_000, 1_000, 1).network(0), true, THRESHOLDS);
    AuditFigures figures = new AuditFigures(network);

    Point heldOut =
        figures.reconstruction().series().get(0).points().stream()
            .filter(point -> point.x() == SingleNetworkMeasurements.rebuildingSize(network))
            .findFirst()
            .orElseThrow();
    assertThat(heldOut.interval())
        .contains(SingleNetworkMeasurements.heldOutR2().of(network).interval());
    assertThat(figures.chunkErrors().series().get(0).points())
        .allSatisfy(point -> assertThat(point.interval().orElseThrow().low()).isFinite());
    assertThat(figures.reconstruction().intervals()).isEqualTo("95 % interval over images");
  }
}
