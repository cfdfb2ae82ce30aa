package mitosis.suite;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.data.BaseFolder;
import mitosis.data.Datasets;
import mitosis.train.Execution;
import mitosis.train.Recipe;
import mitosis.train.RunStore;
import mitosis.train.TrainingPool;

/**
 * Networks of {@link PmnistFc5} at the papers' own scale, trained once to come with the suite, by
 * both readings of the papers: with the 5 hidden layers of the authors' code, and with the 4 that
 * the papers' text states. Of width 512 each seed is a run of its own.
 */
public final class PapersPmnistFc5 {

  /** The system of networks with as many layers as the authors' code has. */
  public static final String CODED = PmnistFc5.NAME + "-coded";

  /** The system of networks with as many layers as the papers state. */
  public static final String STATED = PmnistFc5.NAME + "-stated";

  private static final int WIDEST = 512;
  private static final double WEIGHT_DECAY = 1e-2;
  private static final int SEEDS_WITH_DECAY = 8;
  private static final int SEEDS_WITHOUT = 3;
  private static final List<Integer> NARROWER = List.of(256, 128, 64, 32, 16, 8);
  private static final List<Integer> SEEDS_TOGETHER = List.of(0, 1, 2, 3, 4);

  /** Epochs after which weights are kept before they are kept at even distances. */
  private static final List<Integer> EARLY = List.of(25, 125);

  private static final int KEPT_EVERY = 250;

  private PapersPmnistFc5() {}

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
    for (String system : List.of(CODED, STATED)) {
      pool.train(recipes(system));
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

  /** The recipes of both systems, of the coded networks first. */
  public static List<Recipe> recipes() {
    return Stream.of(CODED, STATED).flatMap(system -> recipes(system).stream()).toList();
  }

  /**
   * The recipes of one system, of the widest networks first.
   *
   * @param system {@link #CODED} or {@link #STATED}
   */
  public static List<Recipe> recipes(String system) {
    Stream<Recipe> widest =
        IntStream.range(0, SEEDS_WITH_DECAY)
            .mapToObj(seed -> recipe(system, WIDEST, WEIGHT_DECAY, List.of(seed)));
    Stream<Recipe> withoutDecay =
        IntStream.range(0, SEEDS_WITHOUT)
            .mapToObj(seed -> recipe(system, WIDEST, 0, List.of(seed)));
    Stream<Recipe> narrower =
        NARROWER.stream().map(width -> recipe(system, width, WEIGHT_DECAY, SEEDS_TOGETHER));
    return Stream.of(widest, withoutDecay, narrower).flatMap(each -> each).toList();
  }

  private static Recipe recipe(String system, int width, double weightDecay, List<Integer> seeds) {
    int depth = system.equals(CODED) ? PmnistFc5.DEPTH + 1 : PmnistFc5.DEPTH;
    Recipe papers = PmnistFc5.papers(depth, width, weightDecay, seeds);
    return new Recipe(
        system,
        papers.dataset(),
        papers.network(),
        papers.seeds(),
        papers.initialisation(),
        papers.loss(),
        papers.optimiser(),
        papers.schedule(),
        papers.augmentation(),
        papers.batch(),
        papers.epochs(),
        Stream.concat(
                EARLY.stream(),
                IntStream.rangeClosed(1, papers.epochs() / KEPT_EVERY)
                    .mapToObj(k -> k * KEPT_EVERY))
            .toList(),
        papers.stopAtZeroLoss());
  }
}
