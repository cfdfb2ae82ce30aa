package mitosis.train;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A training that did not come to its end. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }

  TrainingException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A training whose loss or weights are no longer finite numbers. Nothing of it is stored. */
  public static final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(Recipe recipe, int seed, int epoch, String what) {
      super(
          "training of %s, width %d, seed %d diverged in epoch %d: %s; nothing was stored. Lower the learning rate (%s)."
              .formatted(recipe.system(), recipe.width(), seed, epoch, what, recipe.schedule()));
    }
  }

  /** A training or a network's representation that did not fit into a device's memory. */
  public static final class MemoryExhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How PyTorch, CUDA, cuDNN and the C++ library say it. */
    private static final List<String> WORDS =
        List.of(
            "CUDA out of memory",
            "CUDA error: out of memory",
            "CUBLAS_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_ALLOC_FAILED",
            "DefaultCPUAllocator: can't allocate memory",
            "DefaultCPUAllocator: not enough memory",
            "bad_alloc");

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s*(\\d+) kB");
    private static final double GIBI = 1 << 30;
    private static final int KIBI = 1 << 10;

    private MemoryExhausted(String message, Throwable cause) {
      super(message, cause);
    }

    /** Whether a failure, or what caused it, is that memory ran out. */
    static boolean is(Throwable failure) {
      for (Throwable at = failure; at != null; at = at.getCause()) {
        String message = String.valueOf(at.getMessage());
        if (at instanceof OutOfMemoryError || WORDS.stream().anyMatch(message::contains)) {
          return true;
        }
      }
      return false;
    }

    /**
     * What is to be thrown on for a failure of the engine.
     *
     * @param failure what was caught
     * @param doing what failed, such as {@code training}
     * @param recipe of the network
     * @param batch examples that were on the device at once
     * @param execution where it ran
     * @return the failure itself, unless memory ran out
     */
    public static RuntimeException or(
        RuntimeException failure, String doing, Recipe recipe, int batch, Execution execution) {
      return is(failure) ? of(failure, doing, recipe, batch, execution) : failure;
    }

    /** Says what ran out of memory, where a failure is known to be one of memory. */
    static MemoryExhausted of(
        Throwable failure, String doing, Recipe recipe, int batch, Execution execution) {
      OptionalLong free = free(execution);
      return new MemoryExhausted(
          "%s of %s ran out of memory: width %d, batch %d, device %s%s (%s). Leave out the widest network (-Dwidths), %s"
              .formatted(
                  doing,
                  recipe.summary(),
                  recipe.width(),
                  batch,
                  execution.device(),
                  free.isPresent() ? ", %.1f GiB free now".formatted(free.getAsLong() / GIBI) : "",
                  firstLine(failure),
                  execution.usesCuda()
                      ? "or take a GPU with more memory, or one that nobody else uses (-Ddevices)."
                      : "or run on a machine with more memory."),
          failure);
    }

    private static String firstLine(Throwable failure) {
      return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static OptionalLong free(Execution execution) {
      try {
        if (execution.usesCuda()) {
          MemoryUsage usage = CudaUtils.getGpuMemory(Device.gpu());
          return OptionalLong.of(usage.getMax() - usage.getUsed());
        }
        Matcher line = AVAILABLE.matcher(Files.readString(MEMORY));
        return line.find()
            ? OptionalLong.of(Long.parseLong(line.group(1)) * KIBI)
            : OptionalLong.empty();
      } catch (IOException | RuntimeException e) {
        // Not known, which must not hide what happened.
        return OptionalLong.empty();
      }
    }
  }
}
