package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mitosis.data.Vectors;
import mitosis.model.FullyConnected;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {

  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;
  private static final String MEASURED = "measured ";

  /** In a process of its own, whose heap is all resident from the beginning. */
  @Test
  void native_memory_and_arrays_stay_flat_over_10_000_steps() throws Exception {
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
                TrainingMemoryTest.class.getName())
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

  /** Trains 10,000 steps; prints resident bytes and arrays held after 2,000 and at the end. */
  public static void main(String[] args) throws IOException {
    Recipe recipe = shallow(Recipes.of(8, List.of(1), 0.001, 8, 1000));
    try (Training training =
        new Training(recipe, (Vectors) Recipes.dataset(80).train(), Device.cpu())) {
      PtNDManager manager = (PtNDManager) training.weights().get("out.bias").getManager();
      for (int step = 10; step <= 10_000; step += 10) {
        training.next();
        if (step == 2_000 || step == 10_000) {
          System.gc();
          long pages = Long.parseLong(Files.readString(STATM).split(" ")[1]);
          System.out.println(
              MEASURED + pages * PAGE_BYTES + " " + manager.getManagedArrays().size());
        }
      }
    }
  }
}
