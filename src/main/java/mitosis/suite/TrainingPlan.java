package mitosis.suite;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitosis.claim.Expectations;
import mitosis.claim.Finding;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.data.Datasets;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Recipe;
import mitosis.train.RunStore;
import mitosis.train.TrainingPool;

/**
 * What training the networks that a system still lacks costs, and how many verdicts it may bring.
 * All of full scale takes many nights, so each night begins where most verdicts are to be had for
 * its hours.
 *
 * @param system which
 * @param obstacle why nothing of it can be trained, or nothing
 * @param study what is trained
 * @param trainings all of them
 * @param missing those that are not stored
 * @param examples in the training set
 * @param open quantities of its claims that are not decided yet: without a finding at this scale,
 *     or with one of {@code UNDERPOWERED} or {@code UNTESTED}
 */
record TrainingPlan(
    SystemOnData system,
    Optional<String> obstacle,
    Study study,
    List<Recipe> trainings,
    List<Recipe> missing,
    int examples,
    long open) {

  /**
   * The chosen systems that learn a dataset, those with the fewest multiply-adds for each open
   * verdict first; a system of which all is stored, or nothing can be trained, costs nothing.
   *
   * @param expected the folder of expectations
   */
  static List<TrainingPlan> of(Options options, RunStore store, Datasets datasets, Path expected) {
    return options.systems().stream()
        .map(Systems::named)
        .filter(SystemOnData.class::isInstance)
        .map(SystemOnData.class::cast)
        .map(system -> of(system, options, store, datasets, expected))
        .sorted(Comparator.comparingDouble(TrainingPlan::costOfAVerdict))
        .toList();
  }

  private static TrainingPlan of(
      SystemOnData system, Options options, RunStore store, Datasets datasets, Path expected) {
    Scale scale = options.scale();
    String dataset = system.dataset(scale);
    List<Integer> seeds = IntStream.range(0, options.seedsOf(system)).boxed().toList();
    Study study = options.chosen(system, system.study(scale, seeds, dataset, datasets));
    List<Recipe> trainings =
        study.recipes().stream().flatMap(each -> each.trainings().stream()).distinct().toList();
    Optional<String> obstacle = system.tooSlowAt(scale).or(() -> datasets.missing(dataset));
    return new TrainingPlan(
        system,
        obstacle,
        study,
        trainings,
        obstacle.isPresent() || system.isRecorded() ? List.of() : store.missing(trainings),
        datasets.trainingExamples(dataset),
        Expectations.read(expected, system.name()).at(scale).stream()
            .filter(each -> options.claims().contains(each.claim()))
            .filter(each -> each.finding().map(TrainingPlan::isOpen).orElse(true))
            .count());
  }

  private static boolean isOpen(Finding finding) {
    return finding.verdict() == Verdict.UNDERPOWERED || finding.verdict() == Verdict.UNTESTED;
  }

  /** Multiply-adds of the missing trainings for each open verdict. */
  double costOfAVerdict() {
    double cost = missing.stream().mapToDouble(recipe -> TrainingPool.cost(recipe, examples)).sum();
    return cost == 0 ? 0 : cost / open;
  }
}
