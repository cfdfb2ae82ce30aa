package mitosis.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.data.BaseFolder;
import mitosis.data.Datasets;
import mitosis.data.StrictYaml;
import mitosis.train.Execution;
import mitosis.train.Recipe;
import mitosis.train.RunStore;
import mitosis.train.TrainingPool;

/**
 * Networks at the papers' own scale, trained once to come with the suite; {@code
 * papers-networks.yaml} says which.
 */
public final class PapersPmnistFc5 {

  private static final String FILE = "papers-networks.yaml";
  private static final Networks NETWORKS = networks();

  private PapersPmnistFc5() {}

  /**
   * What the file says.
   *
   * @param of the system whose plan of full scale is followed
   * @param systems what each system of recorded networks changes of it, by name
   * @param widest networks of the largest width
   * @param narrower networks of other widths
   * @param snapshots epochs after which weights are kept, besides the last
   */
  private record Networks(
      String of,
      LinkedHashMap<String, Plan.Change> systems,
      Widest widest,
      Narrower narrower,
      List<Integer> snapshots) {}

  /**
   * Networks of the largest width, each seed a run of its own.
   *
   * @param width W
   * @param seeds how many with weight decay
   * @param seedsWithoutWeightDecay how many without
   */
  private record Widest(int width, int seeds, int seedsWithoutWeightDecay) {}

  /**
   * Networks of other widths, the seeds of each one run.
   *
   * @param widths W, in the order in which they are trained
   * @param seeds how many
   */
  private record Narrower(List<Integer> widths, int seeds) {}

  private static Networks networks() {
    try (InputStream file = PapersPmnistFc5.class.getResourceAsStream("/mitosis/" + FILE)) {
      return StrictYaml.read(
          FILE, new String(file.readAllBytes(), StandardCharsets.UTF_8), Networks.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  /**
   * Trains those that a runs directory lacks, the coded ones first. A training that was interrupted
   * goes on from its last checkpoint.
   *
   * @param args the runs directory, and how many trainings at once, or nothing for one a core
   */
  public static void main(String[] args) {
    if (args.length != 2 || args[0].isBlank()) {
      throw new IllegalArgumentException(
          "say where runs are kept and how many are trained at once, as in -Druns.dir=runs -Dnetworks.workers=2");
    }
    Datasets datasets = new Datasets(BaseFolder.SUITE.resolve("data"));
    RunStore store = RunStore.open(BaseFolder.CALLER.resolve(args[0]), Execution.onCpu(), datasets);
    TrainingPool pool =
        new TrainingPool(store, datasets.folder(), workers(args[1]), ProgressLine.ofThisProcess());
    for (String system : systems()) {
      pool.train(recipes(system, datasets));
    }
  }

  private static int workers(String text) {
    if (text.isBlank()) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (text.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "networks.workers must be a whole number of at least 1, not '%s'".formatted(text));
  }

  /** The systems, in the order in which they are trained. */
  public static List<String> systems() {
    return List.copyOf(NETWORKS.systems().keySet());
  }

  /** The recipes of all systems, in the order in which they are trained. */
  public static List<Recipe> recipes(Datasets datasets) {
    return systems().stream().flatMap(system -> recipes(system, datasets).stream()).toList();
  }

  /**
   * The recipes of one system, of the widest networks first.
   *
   * @param system one of {@link #systems}
   */
  public static List<Recipe> recipes(String system, Datasets datasets) {
    Widest widest = NETWORKS.widest();
    Narrower narrower = NETWORKS.narrower();
    List<Integer> together = IntStream.range(0, narrower.seeds()).boxed().toList();
    return Stream.of(
            IntStream.range(0, widest.seeds())
                .mapToObj(seed -> recipe(system, widest.width(), List.of(seed), datasets)),
            IntStream.range(0, widest.seedsWithoutWeightDecay())
                .mapToObj(seed -> recipe(system, widest.width(), List.of(seed), datasets))
                .map(recipe -> recipe.withOptimiser(recipe.optimiser().withWeightDecay(0))),
            narrower.widths().stream().map(width -> recipe(system, width, together, datasets)))
        .flatMap(recipes -> recipes)
        .toList();
  }

  private static Recipe recipe(String system, int width, List<Integer> seeds, Datasets datasets) {
    return Systems.trained(NETWORKS.of())
        .papers(system, NETWORKS.systems().get(system), width, seeds, datasets)
        .keeping(NETWORKS.snapshots());
  }
}
