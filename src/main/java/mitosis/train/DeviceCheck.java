package mitosis.train;

import ai.djl.Device;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mitosis.model.NativeEngine;

/**
 * Whether a device computes what the CPU does, and how fast it trains, tried in a process of its
 * own: it may abort, and nothing of the device stays taken.
 */
public final class DeviceCheck {

  private static final Duration MEASURED = Duration.ofSeconds(1);
  private static final long HEAP_MEGABYTES = 512;

  private DeviceCheck() {}

  /**
   * What was found.
   *
   * @param device as the engine sees it
   * @param libraries the folder of those that the engine loaded
   * @param trial what the engine's trial on the CPU came to, in a sentence
   * @param deviation the largest difference from the CPU, in units of the largest number
   * @param throughput how fast it trains
   */
  public record Finding(
      String device, String libraries, String trial, double deviation, Throughput throughput) {}

  /** What the process says, as one line of JSON: one of both. */
  record Said(Finding finding, String failure) {}

  /**
   * Tries a workplace.
   *
   * @param place to be tried
   * @throws IllegalStateException if it cannot be used; says why
   */
  public static Finding of(Workplace place) {
    try {
      Path log = Files.createTempFile("mitosis-device", ".log");
      try {
        Process process =
            EngineProcess.of(place, 1, HEAP_MEGABYTES, DeviceCheck.class, arguments(place))
                .redirectError(log.toFile())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0 || out.isBlank()) {
          throw new IllegalStateException(
              "the process that tried %s died with exit code %d; its last words:%n%s"
                  .formatted(place, exit, EngineProcess.lastWords(log)));
        }
        Said said = Json.read(out.strip(), Said.class);
        if (said.failure() != null) {
          throw new IllegalStateException("%s cannot be used: %s".formatted(place, said.failure()));
        }
        return said.finding();
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot start a process to try " + place, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trying " + place, e);
    }
  }

  private static List<String> arguments(Workplace place) {
    return place.gpu().map(number -> List.of(number.toString())).orElse(List.of());
  }

  /**
   * @param args the GPU's number, of which the environment shows no other; none for the CPU
   */
  public static void main(String[] args) {
    PrintStream out = System.out;
    // Whatever a library prints must not end up in what is said.
    System.setOut(System.err);
    Said said;
    try {
      Device device = args.length == 0 ? Device.cpu() : Device.gpu();
      NativeEngine.on(device);
      String seen = "CPU";
      if (device.isGpu()) {
        Gpu gpu = gpu(Integer.parseInt(args[0]));
        Cuda.requireCodeFor(gpu);
        seen = gpu.toString();
        NativeEngine.requireRight(device, ConvolutionTrial.TOLERANCE);
      }
      double deviation =
          ConvolutionTrial.compared(ConvolutionTrial.on(Device.cpu()), ConvolutionTrial.on(device));
      said =
          new Said(
              new Finding(
                  seen,
                  LibUtils.getLibtorchPath(),
                  NativeEngine.trial(),
                  deviation,
                  Throughput.measure(device, MEASURED)),
              null);
    } catch (RuntimeException | LinkageError e) {
      e.printStackTrace();
      said = new Said(null, words(e));
    }
    out.println(Json.line(said));
    out.flush();
    // The engine's threads must not keep the process alive.
    Runtime.getRuntime().halt(0);
  }

  /** As the CUDA runtime sees it: {@code nvidia-smi} may be missing. */
  private static Gpu gpu(int number) {
    String digits = CudaUtils.getComputeCapability(0);
    int minor = digits.length() - 1;
    MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu());
    return new Gpu(
        number,
        "",
        "the chip",
        Gpu.Capability.parse(digits.substring(0, minor) + "." + digits.substring(minor)),
        OptionalLong.of(memory.getMax()),
        OptionalLong.of(memory.getMax() - memory.getUsed()));
  }

  /** A failure and what caused it. */
  private static String words(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return Optional.ofNullable(failure.getCause())
        .map(cause -> message + ": " + words(cause))
        .orElse(message);
  }
}
