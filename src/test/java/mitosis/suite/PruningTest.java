package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import mitosis.claim.Scale;
import mitosis.data.Digits;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Execution;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.RunStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningTest {

  @TempDir Path runs;

  private String pruned(String how) {
    Options options = Options.of(Map.of("runs.dir", runs.toString(), "runs.prune", how)::get);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new Pruning(options, RunStore.open(runs, Execution.onCpu(), Digits.DATASETS), Digits.DATASETS)
        .run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void what_no_system_asks_for_is_listed_and_removed_and_all_else_stays() throws IOException {
    OnlineRuns students = new OnlineRuns(runs.resolve(TeacherStudent.NAME), warning -> {});
    OnlineRecipe asked =
        Systems.students()
            .students(Scale.SMOKE, List.of(0), Set.of(4), students)
            .recipe()
            .withWidth(4);
    OnlineRecipe unasked = asked.withWidth(5);
    students.of(asked, 1);
    students.of(unasked, 1);
    students.of(asked, 1_000_000);
    Path system = runs.resolve(TeacherStudent.NAME);
    Path kept = system.resolve(students.hash(asked, 1));
    Path damaged = Files.createDirectories(runs.resolve("pmnist-fc5").resolve("0".repeat(16)));
    Path measured = Files.createDirectories(system.resolve("measured")).resolve("a file");
    Files.writeString(measured, "measured");

    String listed = pruned("list");
    assertThat(damaged).exists();
    assertThat(pruned("")).startsWith(listed).endsWith("removed\n");

    assertThat(listed)
        .startsWith("-Druns.prune: 3 runs in ")
        .contains(damaged.toString(), students.hash(unasked, 1), students.hash(asked, 1_000_000))
        .doesNotContain(kept.toString());
    assertThat(kept).exists();
    assertThat(measured).exists();
    assertThat(damaged).doesNotExist();
    assertThat(pruned("")).startsWith("-Druns.prune: 0 runs in ").doesNotContain("removed");
  }

  /** Nights of training: whatever a system asks for at any scale must not be taken for waste. */
  @Test
  void recipes_of_every_system_and_scale_are_asked_for() {
    Pruning pruning =
        new Pruning(
            Options.of(name -> null),
            RunStore.open(runs, Execution.onCpu(), Digits.DATASETS),
            Digits.DATASETS);
    for (SystemOnData system : Systems.onData()) {
      for (Scale scale : Scale.values()) {
        List<Integer> seeds = IntStream.range(0, system.seeds(scale)).boxed().toList();
        assertThat(pruning.asked(system))
            .as(system.name() + " " + scale)
            .containsAll(
                system
                    .study(scale, seeds, system.dataset(scale), Digits.DATASETS)
                    .recipes()
                    .stream()
                    .flatMap(recipe -> recipe.trainings().stream())
                    .toList());
      }
    }
  }
}
