package mitosis.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mitosis.model.OpenBlas;

/**
 * How fast one core multiplies matrices with the kernels that OpenBLAS took, in 10⁹ operations a
 * second: the best of some products of 512 x 512 floats, of which a training step spends most of
 * its time.
 *
 * @param kernel its name, such as {@code Haswell}
 * @param gigaflops a second
 */
public record KernelSpeed(String kernel, double gigaflops) {

  private static final int SIZE = 512;
  private static final int PRODUCTS = 20;
  private static final int HEAP_MEGABYTES = 64;
  private static final int SECONDS = 60;

  /**
   * What it costs that the environment chooses OpenBLAS's kernels, by processes that obey it and
   * that do not.
   *
   * @return a sentence; nothing where the environment leaves the choice to OpenBLAS
   */
  public static Optional<String> costOfEnvironment() {
    return OpenBlas.environment().map(set -> sentence(set, measured(true), measured(false)));
  }

  /**
   * @param set what the environment says
   * @param held with it; nothing if the process failed
   * @param own without it; nothing if the process failed
   */
  static String sentence(String set, Optional<KernelSpeed> held, Optional<KernelSpeed> own) {
    return "%s: products of matrices run at %s, %s"
        .formatted(
            set,
            held.map(KernelSpeed::toString).orElse("a speed that could not be measured"),
            own.map(speed -> "without it at " + speed)
                .orElse("and without it OpenBLAS cannot be used on this processor"));
  }

  private static Optional<KernelSpeed> measured(boolean obeying) {
    ProcessBuilder builder =
        EngineProcess.of(
            DeviceSlot.cores(1).get(0), 1, HEAP_MEGABYTES, KernelSpeed.class, List.of());
    if (!obeying) {
      OpenBlas.VARIABLES.forEach(builder.environment()::remove);
    }
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        String[] words =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        return Optional.of(new KernelSpeed(words[0], Double.parseDouble(words[1])));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Measures it in this process, and prints name and speed. */
  public static void main(String[] args) {
    FloatMatrix left = FloatMatrix.zeros(SIZE, SIZE);
    FloatMatrix right = FloatMatrix.zeros(SIZE, SIZE);
    FloatMatrix product = FloatMatrix.zeros(SIZE, SIZE);
    long best = Long.MAX_VALUE;
    for (int k = 0; k < PRODUCTS; k++) {
      long start = System.nanoTime();
      product.setProduct(left, right);
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.println(OpenBlas.kernel() + " " + 2.0 * SIZE * SIZE * SIZE / best);
  }

  @Override
  public String toString() {
    return "%.0f GFLOP/s with kernel %s".formatted(gigaflops, kernel);
  }
}
