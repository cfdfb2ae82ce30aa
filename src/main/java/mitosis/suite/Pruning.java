package mitosis.suite;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.Recipe;
import mitosis.train.RunStore;

/**
 * Removes from the runs directory what the present code does not ask for, whatever it is told: runs
 * of recipes that no system has at any scale, be it for a run's own seeds or for a baseline's, and
 * that are not among the suspects either. What was measured of runs stays: what other code measured
 * goes when something is kept in its place.
 */
final class Pruning {

  private static final double MEBI = 1 << 20;

  private final Options options;
  private final RunStore store;
  private final Datasets datasets;

  /**
   * @param options with seeds and widths that are asked for besides
   * @param store of the runs
   * @param datasets what they are trained on
   */
  Pruning(Options options, RunStore store, Datasets datasets) {
    this.options = options;
    this.store = store;
    this.datasets = datasets;
  }

  /**
   * Lists what is to be removed, and removes it unless it is only to be listed.
   *
   * @param out where it is listed
   */
  void run(PrintStream out) {
    Map<Path, Long> sizes = new LinkedHashMap<>();
    unused().forEach(folder -> sizes.put(folder, size(folder)));
    out.printf(
        "-Druns.prune: %d runs in %s that no recipe of this version asks for, %.1f MiB%n",
        sizes.size(),
        options.runsDir().toAbsolutePath(),
        sizes.values().stream().mapToLong(Long::longValue).sum() / MEBI);
    sizes.forEach((folder, size) -> out.printf("  %s  %.1f MiB%n", folder, size / MEBI));
    if (options.prune() == Options.Prune.REMOVE && !sizes.isEmpty()) {
      sizes.keySet().forEach(RunStore::remove);
      out.println("-Druns.prune: removed");
    }
  }

  private List<Path> unused() {
    List<Path> unused = new ArrayList<>();
    for (SystemOnData system : Systems.onData()) {
      // Of data that is not there neither its checksums nor its classes are known.
      if (datasets.missing(system.dataset(Scale.FULL)).isPresent()) {
        continue;
      }
      Set<Recipe> asked = asked(system);
      unused.addAll(
          store.unused(system.name(), each -> asked.contains(each) || isSuspect(system, each)));
    }
    OnlineRuns students =
        new OnlineRuns(options.runsDir().resolve(TeacherStudent.NAME), warning -> {});
    unused.addAll(students.unused((recipe, seed) -> isAsked(recipe, seed, students)));
    return unused;
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look into " + folder, e);
    }
  }

  /** All that a system has trained, whatever a run is told. */
  Set<Recipe> asked(SystemOnData system) {
    Set<Recipe> asked = new HashSet<>();
    for (Scale scale : Scale.values()) {
      for (List<Integer> seeds : seeds(system, scale)) {
        for (String dataset : new TreeSet<>(List.of(system.dataset(scale), system.standIn()))) {
          Study study = system.study(scale, seeds, dataset, datasets);
          Stream.concat(
                  Stream.of(study),
                  study.regularised().keySet().stream().map(width -> study.ofWidths(Set.of(width))))
              .flatMap(each -> each.recipes().stream())
              .forEach(recipe -> asked.addAll(recipe.trainings()));
        }
      }
    }
    return asked;
  }

  /** Of a run and of the groups for a baseline, as many as usual and as this run is told. */
  private List<List<Integer>> seeds(TestedSystem system, Scale scale) {
    int groups = Math.max(Options.BASELINE_GROUPS, options.record().orElse(0));
    return Stream.concat(Stream.of(system.seeds(scale)), options.seeds().stream().boxed())
        .distinct()
        .flatMap(
            count ->
                IntStream.rangeClosed(0, groups)
                    .mapToObj(
                        group ->
                            IntStream.range(group * count, (group + 1) * count).boxed().toList()))
        .toList();
  }

  private boolean isSuspect(SystemOnData system, Recipe recipe) {
    return system instanceof TrainedSystem trained
        && trained.suspects(recipe.width(), recipe.seeds(), datasets).containsValue(recipe);
  }

  private boolean isAsked(OnlineRecipe recipe, int seed, OnlineRuns runs) {
    TeacherStudent system = Systems.students();
    return Stream.of(Scale.values())
        .filter(scale -> seeds(system, scale).stream().anyMatch(seeds -> seeds.contains(seed)))
        .map(scale -> system.students(scale, List.of(seed), Set.of(), runs))
        .anyMatch(students -> students.areTrainedBy(recipe));
  }
}
