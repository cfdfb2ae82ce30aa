package mitosis.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitosis.claim.Scale;
import mitosis.data.BaseFolder;
import mitosis.data.Dataset;
import mitosis.data.Datasets;
import mitosis.data.ParityOfDigits;
import mitosis.representation.TrainedNetworks;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Execution;
import mitosis.train.Recipe;
import mitosis.train.RecordedRuns;
import mitosis.train.Run;
import mitosis.train.RunStore;

/**
 * Takes networks that come with the suite over from a runs directory: of {@code
 * pmnist-fc5-recorded}, which {@code -Dscale=full} trains, and of {@link PapersPmnistFc5}, those
 * that are finished.
 */
public final class NetworkRecorder {

  static final Path NETWORKS = BaseFolder.SUITE.resolve("fixtures/networks");

  private static final String TRAINED = "pmnist-fc5";

  private NetworkRecorder() {}

  /**
   * @param args the runs directory
   * @throws IllegalArgumentException if it is not given, or lacks all of them; says how to train
   *     the first
   */
  public static void main(String[] args) {
    if (args.length != 1 || args[0].isBlank()) {
      throw new IllegalArgumentException(
          "say where the networks were trained, as in -Dnetworks.from=runs");
    }
    Datasets datasets = new Datasets(BaseFolder.SUITE.resolve("data"));
    RunStore store = RunStore.open(BaseFolder.CALLER.resolve(args[0]), Execution.onCpu(), datasets);
    RecordedRuns recorded = new RecordedRuns(NETWORKS, datasets);
    SystemOnData system = Systems.onData("pmnist-fc5-recorded");
    List<Integer> seeds = IntStream.range(0, system.seeds(Scale.FULL)).boxed().toList();
    Study papers = Systems.onData(TRAINED).study(Scale.FULL, seeds, ParityOfDigits.NAME, datasets);
    Study wanted = system.study(Scale.FULL, seeds, ParityOfDigits.NAME, datasets);
    Dataset digits = datasets.load(ParityOfDigits.NAME);
    int found = 0;
    for (Recipe recipe : wanted.recipes()) {
      Optional<Run> run = store.find(trained(papers, recipe));
      boolean isWidest = recipe.width() == wanted.widest().width();
      run.ifPresent(
          each ->
              System.out.println(
                  recorded.record(
                      each, isWidest ? Optional.of(ensemble(each, digits)) : Optional.empty())));
      found += run.isPresent() ? 1 : 0;
    }
    for (Recipe recipe : PapersPmnistFc5.recipes(datasets)) {
      Optional<Run> run = store.find(recipe);
      run.ifPresent(each -> System.out.println(recorded.record(each, Optional.empty())));
      found += run.isPresent() ? 1 : 0;
    }
    if (found == 0) {
      throw new IllegalArgumentException(
          missing(trained(papers, wanted.recipes().get(0)), args[0]));
    }
  }

  private static float[][] ensemble(Run run, Dataset digits) {
    return new TrainedNetworks(List.of(run), run.manifest().epochs(), digits)
        .meanLogits(digits.test().count());
  }

  private static Recipe trained(Study papers, Recipe wanted) {
    return papers.recipes().stream()
        .filter(each -> each.keepingTheEnd().equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  private static String missing(Recipe recipe, String runs) {
    return "%s has no network that comes with the suite, such as the run of %s; train it with -Dscale=full -Dsystems=%s -Dseeds=%d -Dwidths=%d -Druns.dir=%s, or others with exec:exec@train-networks"
        .formatted(runs, recipe.summary(), TRAINED, recipe.seeds().size(), recipe.width(), runs);
  }
}
