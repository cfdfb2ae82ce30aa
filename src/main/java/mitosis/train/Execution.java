package mitosis.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import mitosis.model.Convolutional;
import mitosis.model.NativeEngine;
import mitosis.model.OpenBlas;
import mitosis.model.Precision;

/**
 * Where and with what a training runs: everything besides the recipe and the data that its bits
 * depend on.
 *
 * @param engine name and version of what computes, and of its interface or kernels
 * @param device {@code cpu}, or {@code cuda} and the GPU's name: which of several equal GPUs it was
 *     makes no difference
 * @param threads threads of one training on the CPU
 * @param precision of what a network computes between its layers
 */
public record Execution(String engine, String device, int threads, Precision precision) {

  private static final String CPU = "cpu";
  private static final String CUDA = "cuda";
  private static final String NATIVES = "/native/lib/pytorch.properties";

  /** An execution in float32. */
  public Execution(String engine, String device, int threads) {
    this(engine, device, threads, Precision.FLOAT32);
  }

  /**
   * Trainings with PyTorch on the CPU, in float32, one thread each: several side by side use the
   * cores better than several threads in one, and one thread gives the same bits however many cores
   * there are.
   */
  public static Execution onCpu() {
    return new Execution(engineVersions(), CPU, 1);
  }

  /**
   * Trainings with PyTorch on a GPU.
   *
   * @param gpu its name, such as {@code NVIDIA A100-SXM4-40GB}
   */
  public static Execution onCuda(String gpu) {
    return new Execution(engineVersions(), CUDA + " " + gpu, 1);
  }

  /** Whether it runs on a GPU. */
  public boolean usesCuda() {
    return device.startsWith(CUDA);
  }

  /**
   * The device as the engine knows it: the first GPU that the process sees, or the CPU.
   *
   * @throws IllegalArgumentException if the device is neither
   */
  public Device place() {
    if (usesCuda()) {
      return Device.gpu();
    }
    if (!device.equals(CPU)) {
      throw new IllegalArgumentException(
          "a run can be computed on %s or on %s and a GPU, not on '%s'"
              .formatted(CPU, CUDA, device));
    }
    return Device.cpu();
  }

  /**
   * With what a recipe is trained in this execution, where that is known for its network alone. On
   * the CPU a fully connected network is trained by OpenBLAS, whose kernels decide its bits; a
   * convolutional one by PyTorch with oneDNN, or without where that is wrong on this machine.
   */
  public Execution of(Recipe recipe) {
    return of(recipe, NativeEngine::isWithoutOneDnn);
  }

  /**
   * @param withoutOneDnn asked, as it loads the engine, only where it matters
   */
  Execution of(Recipe recipe, BooleanSupplier withoutOneDnn) {
    if (usesCuda() || !engine.equals(engineVersions())) {
      return this;
    }
    if (FullyConnectedStep.suits(recipe, Device.cpu(), precision)) {
      return new Execution(OpenBlas.description(), device, threads, precision);
    }
    return recipe.network() instanceof Convolutional && withoutOneDnn.getAsBoolean()
        ? new Execution(engine + ", without oneDNN", device, threads, precision)
        : this;
  }

  /**
   * Whether a recipe's run was trained by the versions that this execution would train it by, on
   * whatever kernels of theirs.
   */
  boolean hasVersionsOf(Execution trained, Recipe recipe) {
    String versions =
        engine.equals(engineVersions())
                && FullyConnectedStep.suits(recipe, Device.cpu(), trained.precision())
            ? OpenBlas.version()
            : engine;
    return trained.engine().equals(versions)
        || trained.engine().startsWith(versions + " ")
        || trained.engine().startsWith(versions + ",");
  }

  private static String engineVersions() {
    return "PyTorch %s, DJL %s".formatted(pytorchVersion(), Engine.getDjlVersion());
  }

  /** This execution in another precision. */
  public Execution withPrecision(Precision other) {
    return new Execution(engine, device, threads, other);
  }

  /**
   * Refuses what is not trained in this precision.
   *
   * @throws IllegalArgumentException if the precision is bf16, and the network is not
   *     convolutional, or is trained with another loss than cross-entropy or another optimiser than
   *     SGD, or on a CPU without oneDNN, where a step takes some 70 times as long
   */
  public void requireTrainable(Recipe recipe) {
    requireTrainable(recipe, NativeEngine::isWithoutOneDnn);
  }

  void requireTrainable(Recipe recipe, BooleanSupplier withoutOneDnn) {
    if (precision == Precision.FLOAT32) {
      return;
    }
    ScriptedStep.requireScriptable(recipe);
    if (!usesCuda() && withoutOneDnn.getAsBoolean()) {
      throw new IllegalArgumentException(
          "%s: -Dprecision=bf16 needs oneDNN on a CPU, and it is switched off here, since it is wrong on this machine or -D%s=off was given; leave bf16 out, or use another machine"
              .formatted(recipe.system(), NativeEngine.ONEDNN));
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
