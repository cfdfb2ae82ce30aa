package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mitosis.data.Examples;
import mitosis.model.FullyConnected;
import mitosis.model.Precision;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import mitosis.train.Training.TrainingState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingMemoryTest {

  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;
  private static final String MEASURED = "measured ";
  private static final int BATCH = 8;
  private static final int STEPS_IN_AN_EPOCH = 10;

  /** In a process of its own, whose heap is all resident from the beginning. */
  @Tag("process")
  @ParameterizedTest
  @CsvSource({"OPERATIONS, 10000", "SCRIPT, 2000", "OPENBLAS, 20000"})
  void native_memory_and_arrays_stay_flat(Kind kind, int steps) throws Exception {
    assumeTrue(
        Files.isReadable(STATM), STATM + " is missing: memory can only be measured on Linux");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                EngineProcess.classPath(),
                TrainingMemoryTest.class.getName(),
                kind.name(),
                Integer.toString(steps))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    List<String> lines = output.lines().filter(line -> line.startsWith(MEASURED)).toList();
    assertThat(lines).as(output).hasSize(2);
    long[] early = numbers(lines.get(0));
    long[] late = numbers(lines.get(1));
    assertThat(late[0] - early[0]).as("growth of the resident set, bytes").isLessThan(8L << 20);
    assertThat(late[1]).as("arrays held by the training").isEqualTo(early[1]);
  }

  private static long[] numbers(String line) {
    String[] parts = line.substring(MEASURED.length()).split(" ");
    return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
  }

  /** The same with one hidden layer: every kind of operation, in the least time. */
  private static Recipe shallow(Recipe recipe) {
    return new Recipe(
        recipe.system(),
        recipe.dataset(),
        new FullyConnected(10, 1, recipe.width(), true),
        recipe.seeds(),
        recipe.initialisation(),
        recipe.loss(),
        recipe.optimiser(),
        recipe.schedule(),
        Augmentation.NONE,
        recipe.batch(),
        recipe.epochs(),
        recipe.snapshots(),
        recipe.stopAtZeroLoss());
  }

  /** The kinds of step. */
  enum Kind {
    OPERATIONS,
    SCRIPT,
    OPENBLAS
  }

  /**
   * Trains; prints resident bytes and the engine's arrays after a fifth of the steps and at the
   * end.
   *
   * @param args kind of step and number of steps
   */
  public static void main(String[] args) throws IOException {
    Kind kind = Kind.valueOf(args[0]);
    int steps = Integer.parseInt(args[1]);
    boolean pictures = kind == Kind.SCRIPT;
    Recipe recipe =
        pictures
            ? Pictures.recipe(Augmentation.NONE, BATCH, steps)
            : shallow(Recipes.of(8, List.of(1), 0.001, BATCH, steps));
    Examples examples =
        pictures
            ? Pictures.of(BATCH * STEPS_IN_AN_EPOCH, 8)
            : Recipes.dataset(BATCH * STEPS_IN_AN_EPOCH).train();
    AtomicReference<TrainingStep> made = new AtomicReference<>();
    TrainingStep.Maker maker =
        switch (kind) {
          case OPERATIONS -> OperationStep::new;
          case SCRIPT -> TrainingStep.in(Precision.BF16);
          case OPENBLAS -> TrainingStep.in(Precision.FLOAT32);
        };
    try (Training training =
        new Training(
            recipe,
            examples,
            Device.cpu(),
            (what, of, where, state, warning) -> {
              made.set(maker.of(what, of, where, state, warning));
              return made.get();
            },
            TrainingState.before(recipe),
            warning -> {})) {
      for (int step = STEPS_IN_AN_EPOCH; step <= steps; step += STEPS_IN_AN_EPOCH) {
        training.next();
        if (step == steps / 5 || step == steps) {
          System.gc();
          long pages = Long.parseLong(Files.readString(STATM).split(" ")[1]);
          int arrays =
              made.get() instanceof EngineStep engine
                  ? ((PtNDManager) engine.manager()).getManagedArrays().size()
                  : 0;
          System.out.println(MEASURED + pages * PAGE_BYTES + " " + arrays);
        }
      }
    }
  }
}
