package mitosis.train;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import mitosis.model.Precision;

/**
 * Where and with what a training runs: everything besides the recipe and the data that its bits
 * depend on.
 *
 * @param engine names and versions of the engine and its interface
 * @param device {@code cpu} or {@code cuda}
 * @param threads threads of one training
 * @param precision of what a network computes between its layers
 */
public record Execution(String engine, String device, int threads, Precision precision) {

  private static final String NATIVES = "/native/lib/pytorch.properties";

  /** In float32. */
  public Execution(String engine, String device, int threads) {
    this(engine, device, threads, Precision.FLOAT32);
  }

  /**
   * Trainings with PyTorch on the CPU, in float32, one thread each: several side by side use the
   * cores better than several threads in one, and one thread gives the same bits however many cores
   * there are.
   */
  public static Execution onCpu() {
    return new Execution(
        "PyTorch %s, DJL %s".formatted(pytorchVersion(), Engine.getDjlVersion()), "cpu", 1);
  }

  /** The same in another precision. */
  public Execution withPrecision(Precision other) {
    return new Execution(engine, device, threads, other);
  }

  /**
   * Refuses what is not trained in this precision.
   *
   * @throws IllegalArgumentException if the precision is bf16, and the network is not
   *     convolutional, or is trained with another loss than cross-entropy or another optimiser than
   *     SGD
   */
  public void requireTrainable(Recipe recipe) {
    if (precision != Precision.FLOAT32) {
      ScriptedStep.requireScriptable(recipe);
    }
  }

  /** Read from the natives' description: to ask the engine itself would load it, for seconds. */
  private static String pytorchVersion() {
    try (InputStream in = Execution.class.getResourceAsStream(NATIVES)) {
      if (in == null) {
        throw new IllegalStateException(
            "no PyTorch natives on the class path: %s is missing".formatted(NATIVES));
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + NATIVES, e);
    }
  }
}
