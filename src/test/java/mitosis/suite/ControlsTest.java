package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import mitosis.analysis.EnsembleError;
import mitosis.claim.Band;
import mitosis.claim.Estimate;
import mitosis.claim.Verdict;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Dimensions;
import mitosis.evidence.Ensembles;
import mitosis.evidence.Ensembling;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Measurement;
import mitosis.evidence.ReconstructionMeasurements;
import mitosis.evidence.RelativeChange;
import mitosis.evidence.Subject;
import mitosis.evidence.TrainingTrajectory;
import mitosis.evidence.TwoPhases;
import mitosis.evidence.Unmeasurable;
import mitosis.evidence.VariancePeak;
import mitosis.suite.PlantedEnsembles.PlantedOutputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlsTest {

  private static final CriticalSize RULE = new CriticalSize(1e-3);
  private static final Controls PEAK_CONTROLS = Controls.of(128, 3, 1_000, 4_000);
  private static final double TOLERANCE = 1e-3;
  private static final int CHUNK = 20;
  private static final int[] ALL = {0, 1, 2};
  private static final Controls COURSE_CONTROLS = Controls.of(64, 3, 2_000, 2_000);
  private static final TrainingTrajectory PHASES = COURSE_CONTROLS.courses().twoPhases(12);
  private static final TrainingTrajectory ENDLESS =
      COURSE_CONTROLS.courses().withoutInterpolation(12);
  private static final Controls ENSEMBLE_CONTROLS = Controls.of(64, 4, 20_000, 10);
  private static final Band EQUAL = Band.between(-0.003, 0.003);

  /** Under the law of PlantedClones w* of copies of one feature is in proportion to their noise. */
  @Test
  void noisy_networks_can_be_had_of_a_critical_width_for_each_width() {
    Controls controls = Controls.of(128, 2, 500, 4_000);
    CriticalSize rule = new CriticalSize(1e-3);

    List<Subject> networks =
        controls.layers().noisyNetworks(new int[] {64, 128}, width -> 8 * width / 64.0);

    assertThat(rule.of(networks.get(0))).isBetween(8 / 1.5, 8 * 1.5);
    assertThat(rule.of(networks.get(1)) / rule.of(networks.get(0))).isBetween(1.8, 2.2);
  }

  @Test
  void exact_copies_lie_on_a_manifold_and_noise_fills_the_layer() {
    Controls controls = Controls.of(64, 2, 2_000, 2_000);

    assertThat(Dimensions.ofLayer().of(controls.manifolds().exactCopies(2)).value())
        .isBetween(1.8, 2.2);
    assertThat(Dimensions.ofLayer().of(controls.manifolds().exactCopies(12)).value())
        .isBetween(10.0, 12.5);
    assertThat(Dimensions.ofLayer().of(controls.manifolds().plantedClonesDrownedInNoise()).value())
        .isGreaterThan(20);
    assertThat(controls.manifolds().networksOfExactCopies(2, new int[] {8, 16}))
        .extracting(Subject::width)
        .containsExactly(8, 16);
  }

  /** The closed form of PlantedClones is of the mean over all layers; two of them lie around it. */
  @ParameterizedTest
  @CsvSource({"128, 50", "128, 100", "256, 100", "512, 200"})
  void planted_clones_can_be_had_of_a_critical_width(int width, double critical) {
    Controls controls = Controls.of(width, 2, 500, 4_000);
    assertThat(new CriticalSize(1e-3).of(controls.layers().plantedClonesOfCriticalWidth(critical)))
        .isBetween(critical / 1.5, critical * 1.5);
    assertThat(
            new CriticalSize(1e-3)
                .of(controls.layers().plantedNoisyClonesOfCriticalWidth(critical)))
        .isBetween(critical / 1.5, critical * 1.5);
  }

  /** At the sizes of the extended scale, whose claims no other test runs. */
  @Test
  void controls_of_variants_are_decided() {
    Controls controls = Controls.of(256, 6, 10_000, 1_000);
    Band tenth = new Band(-0.1, 0.1, false, false, false);

    assertThat(tenth.judge(fromTheMean(tenth, controls.curves().errorRates(0.1, 0.1, 0.1, 0.1))))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(tenth.judge(fromTheMean(tenth, controls.curves().errorRates(0.12, 0.1, 0.09, 0.08))))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(tenth.judge(fromTheMean(tenth, controls.curves().errorRates(0.1, 0.1, 0.15, 0.1))))
        .isEqualTo(Verdict.NOT_REPRODUCED);

    Band independent = new Band(Double.NEGATIVE_INFINITY, 0.03, false, false, false);
    Measurement<Subject> correlation = ReconstructionMeasurements.correlation(48, new int[] {48});
    assertThat(independent.judge(correlation.of(controls.layers().plantedClones())))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(
            independent.judge(correlation.of(controls.layers().plantedClonesWithHiddenFactors())))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }

  private static Estimate fromTheMean(Band band, ErrorCurve errors) {
    return RelativeChange.fromTheMean().apply(errors).worst(band).estimate();
  }

  private static double overPeak(double peak) {
    return new VariancePeak(RULE)
        .cloneSizeOverPeak()
        .of(PEAK_CONTROLS.families().family(RULE, 36, peak, 1))
        .value();
  }

  private static double overInterpolation(double width) {
    return new VariancePeak(RULE)
        .cloneSizeOverInterpolationWidth()
        .of(PEAK_CONTROLS.families().family(RULE, 36, 0.5, width))
        .value();
  }

  /** Widths are whole numbers, so that a half of w* is so but for half a neuron. */
  @Test
  void a_planted_peak_is_found() {
    assertThat(overPeak(0.5)).isCloseTo(2, within(0.1));
    assertThat(overPeak(8)).isCloseTo(0.125, within(0.002));
  }

  /** The training error falls as a power law, which interpolation on logarithmic axes hits. */
  @Test
  void planted_interpolation_is_found() {
    assertThat(overInterpolation(1)).isCloseTo(1, within(1e-9));
    assertThat(overInterpolation(6)).isCloseTo(1.0 / 6, within(1e-9));
  }

  @Test
  void an_edge_is_no_peak() {
    assertThatThrownBy(() -> overPeak(32))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("largest at the widest");
    assertThatThrownBy(() -> overPeak(1.0 / 64))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("largest at the narrowest");
  }

  @Test
  void where_all_interpolate_or_none_no_width_is_the_first() {
    assertThatThrownBy(() -> overInterpolation(1e-3))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("all do");
    assertThatThrownBy(() -> overInterpolation(1e3))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("none do");
  }

  @Test
  void a_network_that_does_not_interpolate_has_no_clones() {
    FullNetworks networks = PEAK_CONTROLS.families().family(RULE, 36, 0.5, 1).networks();
    assertThatThrownBy(
            () ->
                new VariancePeak(RULE)
                    .cloneSizeOverPeak()
                    .of(
                        new VariancePeak.Family(
                            PEAK_CONTROLS.layers().plantedClonesWithWrongLabels(), networks)))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("does not fit its training set");
  }

  private static double value(
      Measurement<TrainingTrajectory> measurement, TrainingTrajectory course) {
    return measurement.of(course).value();
  }

  @Test
  void a_planted_course_interpolates_when_it_was_planted_to() {
    assertThat(PHASES.interpolation(TOLERANCE, ALL)).hasValue(6);
    assertThat(PHASES.lastFirst().interpolation(TOLERANCE, ALL)).hasValue(0);
    assertThat(ENDLESS.interpolation(TOLERANCE, ALL)).isEmpty();
  }

  @Test
  void chunks_of_twice_the_critical_width_fit_one_epoch_of_ten_later() {
    Estimate waited = new TwoPhases(TOLERANCE).chunksFitAfter(CHUNK).of(PHASES);
    assertThat(waited.value()).isCloseTo(0.1, within(1e-12));
    assertThat(waited.interval().halfWidth()).isLessThan(1e-12);
  }

  /** At a w* whose planted layers have w* of 30: three times that is no more than a chunk of 65. */
  @Test
  void chunks_wait_in_a_planted_course_also_where_its_layers_have_a_smaller_critical_width() {
    TrainingTrajectory course = Controls.of(256, 4, 4_000, 4_000).courses().twoPhases(32.5);

    Estimate waited = new TwoPhases(TOLERANCE).chunksFitAfter(65).of(course);

    assertThat(waited.value()).isCloseTo(0.1, within(1e-12));
    assertThat(waited.interval().halfWidth()).isLessThan(1e-12);
  }

  @Test
  void where_the_network_does_not_interpolate_no_chunk_ever_fits() {
    Estimate never = new TwoPhases(TOLERANCE).chunksFitAfter(CHUNK).of(ENDLESS);
    assertThat(never.value()).isCloseTo(0.9, within(1e-12));
    assertThat(never.interval().high()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void snapshots_that_come_to_fit_again_count_from_the_last_time() {
    assertThat(value(new TwoPhases(TOLERANCE).chunksFitAfter(CHUNK), PHASES.lastFirst()))
        .isCloseTo(0.8, within(1e-12));
  }

  @Test
  void correlation_falls_before_and_stays_after() {
    double left = value(new TwoPhases(TOLERANCE).correlationLeft(CHUNK), PHASES);
    assertThat(left).isLessThan(0.8);
    assertThat(value(new TwoPhases(TOLERANCE).correlationMovesBy(CHUNK), PHASES)).isLessThan(0.25);
    assertThat(value(new TwoPhases(TOLERANCE).correlationLeft(CHUNK), ENDLESS)).isEqualTo(1);
    assertThat(value(new TwoPhases(TOLERANCE).correlationMovesBy(CHUNK), ENDLESS))
        .isGreaterThan(0.25);
  }

  @Test
  void the_falls_of_the_test_error_add_up() {
    double after = value(new TwoPhases(TOLERANCE).testErrorFall(), PHASES);
    double before = after - value(new TwoPhases(TOLERANCE).testErrorFallsMore(), PHASES);
    // The course without interpolation ends with the same networks, on the same test images.
    assertThat(value(new TwoPhases(TOLERANCE).testErrorFall(), ENDLESS))
        .isCloseTo(before + after, within(1e-6));
    assertThat(after).isBetween(0.0, before);
  }

  @Test
  void what_comes_after_interpolation_must_be_shown() {
    assertThat(PHASES.showing(TOLERANCE, 0.2)).isSameAs(PHASES);
    assertThatThrownBy(() -> ENDLESS.showing(TOLERANCE, 0.2))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("misclassifies more than 0.001");
    assertThatThrownBy(
            () -> new TrainingTrajectory(PHASES.moments().subList(0, 7)).showing(TOLERANCE, 0.2))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("[1, 2, 3, 4, 5, 6, 7], only the last");
    TrainingTrajectory coarse = new TrainingTrajectory(List.of(moment(4), moment(7), moment(10)));
    assertThatThrownBy(() -> coarse.showing(TOLERANCE, 0.2))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("between epochs 4 and 7 of 10");
  }

  private static TrainingTrajectory.Moment moment(int epoch) {
    return PHASES.moments().get(epoch - 1);
  }

  @Test
  void a_course_goes_forward_with_the_same_networks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingTrajectory(List.of(moment(1))))
        .withMessageContaining("two moments");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingTrajectory(List.of(moment(2), moment(1))))
        .withMessageContaining("3 networks at epoch 2 are followed by 3 at epoch 1");
    Subject others = Controls.of(64, 2, 10, 10).layers().plantedClones();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TrainingTrajectory(
                    List.of(moment(1), new TrainingTrajectory.Moment(2, others))));
  }

  /** h·s/√(2π), and Φ(−(1 + ½|g|)/s) on clear images, which is nothing here. */
  private static double error(double hardShare, double deviation) {
    return hardShare * deviation / Math.sqrt(2 * Math.PI);
  }

  @Test
  void planted_outputs_err_as_their_noise_has_it() {
    PlantedOutputs outputs = new PlantedOutputs(0.5, 40_000, 1);
    EnsembleError errors =
        EnsembleError.of(outputs.of(new int[] {0, 1, 2, 3}, 0.125), outputs.labels());

    assertThat(errors.of(1)).isCloseTo(error(0.5, 0.125), within(0.001));
    assertThat(errors.of(4)).isCloseTo(error(0.5, 0.0625), within(0.001));
  }

  private static Estimate gain(Ensembles ensembles) {
    return Ensembling.gainsOfSameWidth().apply(ensembles).worst(EQUAL).estimate();
  }

  @Test
  void ensembles_of_clones_are_as_good_as_one_network_of_their_width() {
    Estimate gain = gain(ENSEMBLE_CONTROLS.ensembles().ofClones());
    assertThat(gain.value()).isCloseTo(0, within(0.001));
    assertThat(
            Ensembling.spreadOfLargeEnsembles()
                .of(ENSEMBLE_CONTROLS.ensembles().ofClones())
                .value())
        .isBetween(0.0, 0.002);
  }

  /** All images are hard. Two of an eighth of the width, in place of one of a quarter. */
  @Test
  void an_ensemble_of_one_network_loses_what_width_would_gain() {
    double narrow = error(1, 0.125 * Math.sqrt(8));
    double wider = error(1, 0.125 * Math.sqrt(4));
    Estimate gain = gain(ENSEMBLE_CONTROLS.ensembles().ofOneNetwork());
    assertThat(gain.value()).isCloseTo(wider - narrow, within(0.01));

    double widest = error(1, 0.125);
    assertThat(
            Ensembling.spreadOfLargeEnsembles()
                .of(ENSEMBLE_CONTROLS.ensembles().ofOneNetwork())
                .value())
        .isCloseTo(narrow - widest, within(0.01));
    // Two networks of half of the width are the most that three seeds, one left out of four, have.
    assertThat(
            Ensembling.advantageOfWidth(2).of(ENSEMBLE_CONTROLS.ensembles().ofOneNetwork()).value())
        .isCloseTo(error(1, 0.125 * Math.sqrt(2)) - widest, within(0.003));
  }

  @Test
  void what_errs_for_good_errs_in_the_largest_ensemble() {
    assertThat(
            Ensembling.spreadOfLargeEnsembles()
                .of(ENSEMBLE_CONTROLS.ensembles().thatErrForGood())
                .value())
        .isCloseTo(1.0 / 24 - 1.0 / (8 * 24), within(0.003));
  }

  @Test
  void comparisons_take_networks_enough() {
    Ensembles two = Controls.of(64, 2, 1_000, 10).ensembles().ofClones();
    assertThatThrownBy(() -> Ensembling.gainsOfSameWidth().apply(two))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("at most 1 networks");
    assertThatThrownBy(() -> Ensembling.advantageOfWidth(8).of(two))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("as many activations as one of width 64");
    Ensembles widest = ENSEMBLE_CONTROLS.ensembles().ofClones().from(33);
    assertThat(widest.widths()).containsExactly(64);
    assertThatThrownBy(() -> Ensembling.spreadOfLargeEnsembles().of(widest))
        .isInstanceOf(Unmeasurable.class)
        .hasMessageContaining("[64]");
  }

  /** As for the three networks of 256 neurons of CIFAR-10 at quick scale. */
  @Test
  void width_has_its_advantage_where_ensembles_gain_nothing() {
    Controls few = Controls.of(256, 3, 10_000, 10);
    Band band = Band.atLeast(0.005);
    assertThat(band.judge(Ensembling.advantageOfWidth(8).of(few.ensembles().ofOneNetwork())))
        .isEqualTo(Verdict.REPRODUCED);
    assertThat(band.judge(Ensembling.advantageOfWidth(8).of(few.ensembles().ofOneWidth())))
        .isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(band.judge(Ensembling.advantageOfWidth(8).of(few.ensembles().ofClones())))
        .isEqualTo(Verdict.NOT_REPRODUCED);
  }
}
