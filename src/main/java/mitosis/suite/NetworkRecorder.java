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
import mitosis.train.Execution;
import mitosis.train.Recipe;
import mitosis.train.RecordedRuns;
import mitosis.train.Run;
import mitosis.train.RunStore;

/**
 * Takes the networks of {@link RecordedPmnistFc5} over from a runs directory, in which {@code
 * -Dscale=full} has trained them.
 */
public final class NetworkRecorder {

  static final Path NETWORKS = BaseFolder.SUITE.resolve("fixtures/networks");

  private NetworkRecorder() {}

  /**
   * @param args the runs directory
   * @throws IllegalArgumentException if it is not given, or lacks a run; says which
   */
  public static void main(String[] args) {
    if (args.length != 1 || args[0].isBlank()) {
      throw new IllegalArgumentException(
          "say where the networks were trained, as in -Dnetworks.from=runs");
    }
    Datasets datasets = new Datasets(BaseFolder.SUITE.resolve("data"));
    RunStore store = RunStore.open(BaseFolder.CALLER.resolve(args[0]), Execution.onCpu(), datasets);
    RecordedRuns recorded = new RecordedRuns(NETWORKS, datasets);
    RecordedPmnistFc5 system = new RecordedPmnistFc5();
    List<Integer> seeds = IntStream.range(0, system.seeds(Scale.FULL)).boxed().toList();
    Study papers = new PmnistFc5().study(Scale.FULL, seeds, ParityOfDigits.NAME, datasets);
    Study wanted = system.study(Scale.FULL, seeds, ParityOfDigits.NAME, datasets);
    Dataset digits = datasets.load(ParityOfDigits.NAME);
    for (Recipe recipe : wanted.recipes()) {
      Run run = trained(papers, recipe, store, args[0]);
      System.out.println(
          recorded.record(
              run,
              recipe.width() == wanted.widest().width()
                  ? Optional.of(ensemble(run, digits))
                  : Optional.empty()));
    }
  }

  private static float[][] ensemble(Run run, Dataset digits) {
    return new TrainedNetworks(List.of(run), run.manifest().epochs(), digits)
        .meanLogits(digits.test().count());
  }

  private static Run trained(Study papers, Recipe wanted, RunStore store, String runs) {
    Recipe trained =
        papers.recipes().stream()
            .filter(each -> each.keepingTheEnd().equals(wanted))
            .findFirst()
            .orElseThrow();
    return store
        .find(trained)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no run of %s; train it with -Dscale=full -Dsystems=%s -Dseeds=%d -Dwidths=%d -Druns.dir=%s"
                        .formatted(
                            runs,
                            trained.summary(),
                            PmnistFc5.NAME,
                            trained.seeds().size(),
                            trained.width(),
                            runs)));
  }
}
