package mitosis.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import mitosis.model.Weights.DeviceRead;

/**
 * A trial of the engine before it is trusted: a convolution, its two gradients and a product of
 * matrices of whole numbers, held against sums in plain Java. Whole numbers this small add up
 * exactly in float32, in whatever order, so that on the CPU nothing may differ.
 *
 * <p>It is there because of oneDNN 3.2 to 3.7 (PyTorch 2.2 to 2.7). On AMD's processors that
 * library computes the sizes of caches from leaf 0x8000001D of CPUID, which some virtual machines
 * leave empty; every cache then has one byte, and the weights of a convolution are reordered by
 * loops that write zeros over numbers, and beyond the end, wherever channels do not fill their last
 * block of 8 or 16. Results are off by 20 to 100 % of the largest number, and nothing says so. The
 * 20 channels here fill no block; forward they are wrong with AVX, AVX2 and AVX-512, and stay
 * within their memory, which is why gradients are tried only behind a forward pass that is right.
 */
final class EngineTrial {

  private static final int IMAGES = 2;
  private static final int CHANNELS = 20;
  private static final int SIDE = 5;
  private static final int KERNEL = 3;
  private static final int PADDING = KERNEL / 2;
  private static final int BATCH = 2;
  private static final int ROWS = 37;
  private static final int INNER = 141;
  private static final int COLUMNS = 53;

  /** Sums of up to 180 products of numbers up to this size stay far below 2^24. */
  private static final int LARGEST = 8;

  /** The operations that are tried. Arrays are row-major. */
  interface Arithmetic {

    /**
     * A convolution with a kernel of 3 x 3 pixels and a border of zeros.
     *
     * @param images 2 x 20 x 5 x 5
     * @param weights 20 x 20 x 3 x 3
     * @return 2 x 20 x 5 x 5
     */
    float[] convolution(float[] images, float[] weights);

    /**
     * The gradients of the sum of a convolution's results, each times its direction.
     *
     * @param directions 2 x 20 x 5 x 5
     * @return by the images and by the weights
     */
    List<float[]> gradients(float[] images, float[] weights, float[] directions);

    /**
     * Two products of matrices.
     *
     * @param left 2 x 37 x 141
     * @param right 2 x 141 x 53
     * @return 2 x 37 x 53
     */
    float[] product(float[] left, float[] right);
  }

  private final double tolerance;
  private final float[] images;
  private final float[] weights;
  private final float[] directions;
  private final float[] left;
  private final float[] right;

  /**
   * @param tolerance the largest difference allowed, in units of the largest number: 0 where sums
   *     are exact, more on a GPU, whose algorithms may transform before they multiply
   */
  EngineTrial(double tolerance) {
    this.tolerance = tolerance;
    SplittableRandom random = new SplittableRandom(1);
    this.images = wholeNumbers(IMAGES * CHANNELS * SIDE * SIDE, random);
    this.weights = wholeNumbers(CHANNELS * CHANNELS * KERNEL * KERNEL, random);
    this.directions = wholeNumbers(images.length, random);
    this.left = wholeNumbers(BATCH * ROWS * INNER, random);
    this.right = wholeNumbers(BATCH * INNER * COLUMNS, random);
  }

  private static float[] wholeNumbers(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-LARGEST, LARGEST + 1);
    }
    return values;
  }

  /** Which operation gives wrong numbers, and by how much; nothing if all are right. */
  Optional<String> fault(Arithmetic arithmetic) {
    return convolutionFault(arithmetic).or(() -> productFault(arithmetic));
  }

  /** What is wrong about convolutions and their gradients; nothing if all is right. */
  Optional<String> convolutionFault(Arithmetic arithmetic) {
    double[] results = new double[images.length];
    double[] byImages = new double[images.length];
    double[] byWeights = new double[weights.length];
    convolve(results, byImages, byWeights);
    Supplier<List<float[]>> gradients = () -> arithmetic.gradients(images, weights, directions);
    return differing("convolutions", results, arithmetic.convolution(images, weights))
        .or(() -> differing("gradients of convolutions", byImages, gradients.get().get(0)))
        .or(() -> differing("gradients of their weights", byWeights, gradients.get().get(1)));
  }

  private Optional<String> productFault(Arithmetic arithmetic) {
    double[] product = new double[BATCH * ROWS * COLUMNS];
    for (int b = 0; b < BATCH; b++) {
      for (int i = 0; i < ROWS; i++) {
        for (int k = 0; k < INNER; k++) {
          double factor = left[(b * ROWS + i) * INNER + k];
          for (int j = 0; j < COLUMNS; j++) {
            product[(b * ROWS + i) * COLUMNS + j] += factor * right[(b * INNER + k) * COLUMNS + j];
          }
        }
      }
    }
    return differing("products of matrices", product, arithmetic.product(left, right));
  }

  /** Adds to the results and to both gradients whatever each pixel, weight and direction give. */
  private void convolve(double[] results, double[] byImages, double[] byWeights) {
    for (int place = 0; place < results.length; place++) {
      int column = place % SIDE;
      int row = place / SIDE % SIDE;
      int out = place / (SIDE * SIDE) % CHANNELS;
      int image = place / (SIDE * SIDE * CHANNELS);
      for (int in = 0; in < CHANNELS; in++) {
        for (int k = 0; k < KERNEL * KERNEL; k++) {
          int y = row + k / KERNEL - PADDING;
          int x = column + k % KERNEL - PADDING;
          if (Math.min(x, y) >= 0 && Math.max(x, y) < SIDE) {
            int pixel = ((image * CHANNELS + in) * SIDE + y) * SIDE + x;
            int weight = (out * CHANNELS + in) * KERNEL * KERNEL + k;
            results[place] += images[pixel] * weights[weight];
            byImages[pixel] += directions[place] * weights[weight];
            byWeights[weight] += directions[place] * images[pixel];
          }
        }
      }
    }
  }

  private Optional<String> differing(String what, double[] expected, float[] found) {
    int wrong = 0;
    double largest = 0;
    double difference = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(expected[i] - found[i]);
      if (!(off <= tolerance * largest)) {
        wrong++;
        // Math.max keeps a NaN.
        difference = Math.max(difference, off);
      }
    }
    return wrong == 0
        ? Optional.empty()
        : Optional.of(
            "%s are wrong in %d of %d numbers, by up to %.2g of the largest"
                .formatted(what, wrong, expected.length, difference / largest));
  }

  /** The engine's arithmetic on a device. */
  static Arithmetic of(Engine engine, Device device) {
    return new OnDevice(engine, device);
  }

  private record OnDevice(Engine engine, Device device) implements Arithmetic {

    private static final Shape PIXELS = new Shape(IMAGES, CHANNELS, SIDE, SIDE);
    private static final Shape WEIGHTS = new Shape(CHANNELS, CHANNELS, KERNEL, KERNEL);

    @Override
    public float[] convolution(float[] images, float[] weights) {
      try (NDManager manager = engine.newBaseManager(device)) {
        JniUtils.setGradMode(false);
        return DeviceRead.floats(
            convolved(manager.create(images, PIXELS), manager.create(weights, WEIGHTS)));
      }
    }

    @Override
    public List<float[]> gradients(float[] images, float[] weights, float[] directions) {
      try (NDManager manager = engine.newBaseManager(device)) {
        JniUtils.setGradMode(false);
        NDArray pixels = manager.create(images, PIXELS);
        NDArray kernels = manager.create(weights, WEIGHTS);
        NDArray direction = manager.create(directions, PIXELS);
        pixels.setRequiresGradient(true);
        kernels.setRequiresGradient(true);
        try (GradientCollector collector = engine.newGradientCollector()) {
          collector.backward(convolved(pixels, kernels).mul(direction).sum());
        }
        try (NDArray byImages = pixels.getGradient();
            NDArray byWeights = kernels.getGradient()) {
          return List.of(DeviceRead.floats(byImages), DeviceRead.floats(byWeights));
        }
      }
    }

    private static NDArray convolved(NDArray images, NDArray weights) {
      return images
          .getNDArrayInternal()
          .convolution(
              images,
              weights,
              null,
              new Shape(1, 1),
              new Shape(PADDING, PADDING),
              new Shape(1, 1),
              1)
          .singletonOrThrow();
    }

    @Override
    public float[] product(float[] left, float[] right) {
      try (NDManager manager = engine.newBaseManager(device)) {
        JniUtils.setGradMode(false);
        return DeviceRead.floats(
            manager
                .create(left, new Shape(BATCH, ROWS, INNER))
                .matMul(manager.create(right, new Shape(BATCH, INNER, COLUMNS))));
      }
    }
  }
}
