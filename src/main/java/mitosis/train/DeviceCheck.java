package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.training.GradientCollector;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;
import mitosis.data.Examples.Vectors;
import mitosis.model.Architecture;
import mitosis.model.Architecture.Activation;
import mitosis.model.Convolutional;
import mitosis.model.FullyConnected;
import mitosis.model.Layers;
import mitosis.model.NativeEngine;
import mitosis.model.Parameter;
import mitosis.model.Weights;
import mitosis.model.Weights.DeviceRead;
import mitosis.model.WideResNet;
import mitosis.train.Gpu.Cuda;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import org.apache.commons.math3.random.RandomGenerator;

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

  /** What the process says, as one line of JSON: a finding, or why there is none. */
  record Said(Finding finding, String failure) {}

  /**
   * Tries a slot.
   *
   * @param place to be tried
   * @throws IllegalStateException if it cannot be used; says why
   */
  public static Finding of(DeviceSlot place) {
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

  private static List<String> arguments(DeviceSlot place) {
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

  /** The GPU as the CUDA runtime describes it, since {@code nvidia-smi} may be missing. */
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

  /**
   * A forward and a backward pass of two convolutions with BatchNorm, to see whether a device
   * computes what the CPU does, which is tried on whole numbers before. Their 22 and 44 channels
   * fill no block of a vector's 8 or 16 numbers, or of a GPU's 32.
   */
  static final class ConvolutionTrial {

    /**
     * The largest difference allowed, in units of an array's largest number. TF32, with which a GPU
     * computes, rounds each factor to 10 bits, by up to 2^-11 = 5e-4 of it. Images and weights
     * rounded so make a difference of 7e-4; activities and gradients are rounded as well, which
     * makes it a few times that, and a kernel that is wrong makes it about 1.
     */
    static final double TOLERANCE = 1e-2;

    private static final int SIDE = 16;
    private static final int WIDTH = 44;
    private static final int OUTPUTS = 4;
    private static final int BATCH = 16;
    private static final int SEED = 1;

    private ConvolutionTrial() {}

    private record Network(int side, int width, int outputs) implements Convolutional {

      @Override
      public String readout() {
        return "fc";
      }

      @Override
      public <T> T features(Layers<T> layers, T images) {
        // Smooth, and without a BatchNorm behind the second convolution: a ReLU that rounding
        // switches, or what cancels out behind a BatchNorm, would make a small difference large.
        T first = layers.batchNorm("bn1", layers.convolution("conv1", images, width / 2, 3, 1));
        return layers.globalMean(layers.convolution("conv2", first, width, 3, 2));
      }
    }

    /**
     * Passes the same images through the same network.
     *
     * @return logits, running statistics and every parameter's gradient, by name
     */
    static Map<String, float[]> on(Device device) {
      return on(device, UnaryOperator.identity());
    }

    /**
     * Runs the network on images and weights that are changed before they are used.
     *
     * @param changed makes the numbers that are used of those that were drawn
     */
    static Map<String, float[]> on(Device device, UnaryOperator<float[]> changed) {
      RandomGenerator random = RandomStream.of(SEED, "convolution trial", 0);
      float[] images =
          changed.apply(gaussian(BATCH * Convolutional.CHANNELS * SIDE * SIDE, random));
      float[] directions = gaussian(OUTPUTS * BATCH, random);
      Network network = new Network(SIDE, WIDTH, OUTPUTS);
      Map<String, float[]> initial =
          new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.UNIFORM)
              .draw(network, List.of(SEED));
      initial.replaceAll((name, values) -> changed.apply(values));
      Map<String, float[]> results = new LinkedHashMap<>();
      try (NDManager manager = NativeEngine.on(device).newBaseManager(device)) {
        JniUtils.setGradMode(false);
        Weights weights = Weights.of(network, 1, initial, manager);
        for (Parameter parameter : network.parameters()) {
          weights.get(parameter.name()).setRequiresGradient(true);
        }
        NDArray inputs =
            manager.create(images, new Shape(1, BATCH, Convolutional.CHANNELS, SIDE, SIDE));
        NDArray direction = manager.create(directions, new Shape(1, OUTPUTS, BATCH));
        try (GradientCollector collector = NativeEngine.on(device).newGradientCollector()) {
          Activation activation = network.forward(weights, inputs, true);
          collector.backward(activation.logits().mul(direction).sum());
          results.put("logits", DeviceRead.floats(activation.logits().stopGradient()));
        }
        for (Parameter parameter : network.parameters()) {
          NDArray gradient = weights.get(parameter.name()).getGradient();
          gradient.attach(manager);
          results.put("gradient of " + parameter.name(), DeviceRead.floats(gradient));
        }
        network
            .runningStatistics()
            .forEach(
                statistic ->
                    results.put(
                        statistic.name(), DeviceRead.floats(weights.get(statistic.name()))));
      }
      return results;
    }

    private static float[] gaussian(int count, RandomGenerator random) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return values;
    }

    /**
     * Compares two passes.
     *
     * @param expected what the CPU came to
     * @param found what the device came to
     * @return the largest difference, in units of the largest number of its array
     * @throws IllegalStateException if it is above the tolerance or no number; names the array
     */
    static double compared(Map<String, float[]> expected, Map<String, float[]> found) {
      double worst = 0;
      for (Map.Entry<String, float[]> entry : expected.entrySet()) {
        float[] here = entry.getValue();
        float[] there = found.get(entry.getKey());
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < here.length; i++) {
          largest = Math.max(largest, Math.abs(here[i]));
          // Math.max keeps a NaN.
          difference = Math.max(difference, Math.abs((double) here[i] - there[i]));
        }
        double relative = difference / largest;
        if (!(relative <= TOLERANCE)) {
          throw new IllegalStateException(
              "the device computes something else than the CPU: %s of a small network of convolutions and BatchNorm differ by %.2g of the largest, allowed for TF32 is %.2g. The device, its driver or PyTorch's libraries are not to be trusted; another device can be chosen with -Ddevices"
                  .formatted(entry.getKey(), relative, TOLERANCE));
        }
        worst = Math.max(worst, relative);
      }
      return worst;
    }
  }

  /**
   * How fast a device trains: roughly, as it is measured on two small networks within seconds.
   *
   * @param secondsPerArray what a step takes for each parameter array, whatever its size: the
   *     engine is called, and the device told, about as often as there are arrays
   * @param multiplyAddsPerSecond above that, of convolutions of 16 to 64 channels; wider ones keep
   *     a GPU busier
   */
  public record Throughput(double secondsPerArray, double multiplyAddsPerSecond) {

    private static final int PASSES = 3;
    private static final int SIDE = 32;
    private static final int BATCH = 128;
    private static final int STEPS = 2;
    private static final int CHANNELS = 3;

    /** How much of a step is work at least, however noisy the times were. */
    private static final double LEAST_SHARE = 0.1;

    /**
     * How long a training takes on the device.
     *
     * @param examples in the training set
     */
    public Duration time(Recipe recipe, int examples) {
      double steps = Math.ceil((double) examples / recipe.batch());
      double work = (double) PASSES * examples * recipe.seeds().size() * multiplyAdds(recipe);
      double epoch =
          steps * arrays(recipe.network()) * secondsPerArray + work / multiplyAddsPerSecond;
      return Duration.ofMillis((long) (1000 * recipe.epochs() * epoch));
    }

    private static double multiplyAdds(Recipe recipe) {
      return recipe.network().multiplyAdds();
    }

    private static int arrays(Architecture network) {
      return network.parameters().size();
    }

    /**
     * Trains a tiny and a small network, each for half of the time and a pass to warm up.
     *
     * @param time about how long
     */
    static Throughput measure(Device device, Duration time) {
      Duration half = time.dividedBy(2);
      Random random = new Random(1);
      Recipe tiny = recipe(new FullyConnected(10, 4, 8, true), Loss.SQUARED_HINGE, 8);
      double perArray =
          epochSeconds(tiny, vectors(8 * 16, random), device, half) / 16 / arrays(tiny.network());
      Recipe small = recipe(WideResNet.ofWidth(10, 64, 10, SIDE), Loss.CROSS_ENTROPY, BATCH);
      double epoch = epochSeconds(small, images(BATCH * STEPS, random), device, half);
      double working =
          Math.max(epoch - STEPS * arrays(small.network()) * perArray, LEAST_SHARE * epoch);
      return new Throughput(
          perArray, (double) PASSES * BATCH * STEPS * multiplyAdds(small) / working);
    }

    private static double epochSeconds(
        Recipe recipe, Examples examples, Device device, Duration time) {
      try (Training training = new Training(recipe, examples, device)) {
        training.next();
        long start = System.nanoTime();
        int epochs = 0;
        do {
          // An epoch ends with a read, for which everything before it must be done.
          training.next();
          epochs++;
        } while (System.nanoTime() - start < time.toNanos());
        return (System.nanoTime() - start) / 1e9 / epochs;
      }
    }

    private static Recipe recipe(Architecture network, Loss loss, int batch) {
      int epochs = 1_000_000;
      return new Recipe(
          "throughput",
          "random",
          network,
          List.of(1),
          new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.ONE),
          loss,
          new Optimiser.Sgd(0.9, 5e-4),
          new Schedule.Constant(1e-4),
          Augmentation.NONE,
          batch,
          epochs,
          List.of(epochs),
          false);
    }

    private static Vectors vectors(int count, Random random) {
      float[] inputs = new float[count * 10];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = random.nextBoolean() ? 1 : -1;
      }
      for (int k = 0; k < inputs.length; k++) {
        inputs[k] = (float) random.nextGaussian();
      }
      return new Vectors(inputs, 10, labels);
    }

    private static Images images(int count, Random random) {
      byte[] pixels = new byte[count * CHANNELS * SIDE * SIDE];
      random.nextBytes(pixels);
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = random.nextInt(10);
      }
      float[] middle = {.5f, .5f, .5f};
      return new Images(pixels, SIDE, labels, new Normalisation(middle, middle));
    }
  }
}
