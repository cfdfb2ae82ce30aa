package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import mitosis.data.CropRule;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.CropRule.RandomResizedCrop;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Vectors;
import mitosis.data.ImageFiles;
import mitosis.data.ImageFiles.DamagedImages;
import mitosis.data.ImageStream;
import mitosis.data.ImageStream.ImageBatch;
import mitosis.data.ImageStream.Prefetch;
import mitosis.train.DeviceImages.Normaliser;
import mitosis.train.Recipe.Augmentation;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Training examples as a device sees them. What an epoch looks like depends on its number, the
 * seeds and nothing else.
 */
interface DataLoader {

  /**
   * The loader that suits the examples.
   *
   * @param warning told of examples that cannot be used
   */
  static DataLoader of(
      Recipe recipe, Examples examples, NDManager manager, Consumer<String> warning) {
    if (examples instanceof Vectors vectors) {
      return new VectorLoader(recipe, vectors, manager);
    }
    if (examples instanceof Images images) {
      return new ImageLoader(recipe, images, manager);
    }
    return new ImageFileLoader(recipe, (ImageFiles) examples, manager, warning);
  }

  /** Number of examples in an epoch. */
  int count();

  /**
   * Shuffles.
   *
   * @param epoch from 0
   */
  ShuffledEpoch epoch(int epoch);

  /** All training examples once, each seed in its own order. */
  interface ShuffledEpoch extends AutoCloseable {

    /**
     * Some of them.
     *
     * @param from first place in the order
     * @param to place behind the last
     * @param scope owns the batch
     */
    Batch batch(int from, int to, NDManager scope);

    @Override
    void close();
  }

  /**
   * What one step sees, for S seeds.
   *
   * @param inputs as the network takes them, see {@link mitosis.model.Architecture#forward}
   * @param labels {@code S x 1 x B}
   */
  record Batch(NDArray inputs, NDArray labels) {}

  /** Vectors, laid on the device in the order of each epoch, {@code S x inputs x count}. */
  final class VectorLoader implements DataLoader {

    private final Recipe recipe;
    private final Vectors examples;
    private final NDManager manager;

    /**
     * @throws IllegalArgumentException if the recipe asks for images to be changed
     */
    VectorLoader(Recipe recipe, Vectors examples, NDManager manager) {
      this.recipe = recipe;
      this.examples = ShuffledVectors.unchanged(recipe, examples);
      this.manager = manager;
    }

    @Override
    public int count() {
      return examples.count();
    }

    @Override
    public ShuffledEpoch epoch(int epoch) {
      int seeds = recipe.seeds().size();
      int count = examples.count();
      int dimension = examples.dimension();
      float[] inputs = new float[seeds * dimension * count];
      float[] labels = new float[seeds * count];
      for (int s = 0; s < seeds; s++) {
        ShuffledVectors shuffled = ShuffledVectors.of(examples, recipe.seeds().get(s), epoch);
        System.arraycopy(shuffled.inputs(), 0, inputs, s * dimension * count, dimension * count);
        System.arraycopy(shuffled.labels(), 0, labels, s * count, count);
      }
      NDManager scope = manager.newSubManager();
      return new Shuffled(
          scope,
          scope.create(inputs, new Shape(seeds, dimension, count)),
          scope.create(labels, new Shape(seeds, 1, count)));
    }

    private record Shuffled(NDManager manager, NDArray inputs, NDArray labels)
        implements ShuffledEpoch {

      @Override
      public Batch batch(int from, int to, NDManager scope) {
        scope.tempAttachAll(inputs, labels);
        NDIndex columns = new NDIndex().addAllDim(2).addSliceDim(from, to);
        return new Batch(inputs.get(columns), labels.get(columns));
      }

      @Override
      public void close() {
        manager.close();
      }
    }
  }

  /**
   * Vectors in the order in which one seed sees them in one epoch.
   *
   * @param inputs {@code dimension x count}, row-major
   * @param labels one per example
   */
  record ShuffledVectors(float[] inputs, float[] labels) {

    /**
     * Shuffles.
     *
     * @param seed of the training
     * @param epoch from 0
     */
    static ShuffledVectors of(Vectors examples, int seed, int epoch) {
      int count = examples.count();
      int dimension = examples.dimension();
      int[] order = RandomStream.permutation(count, RandomStream.of(seed, "order", epoch));
      float[] inputs = new float[dimension * count];
      float[] labels = new float[count];
      for (int i = 0; i < count; i++) {
        int example = order[i];
        for (int d = 0; d < dimension; d++) {
          inputs[d * count + i] = examples.inputs()[example * dimension + d];
        }
        labels[i] = examples.labels()[example];
      }
      return new ShuffledVectors(inputs, labels);
    }

    /**
     * The examples of a recipe that learns vectors.
     *
     * @throws IllegalArgumentException if the recipe asks for images to be changed
     */
    static Vectors unchanged(Recipe recipe, Vectors examples) {
      if (recipe.augmentation() != Augmentation.NONE) {
        throw new IllegalArgumentException(
            "%s asks for %s, but %s holds no images"
                .formatted(recipe.summary(), recipe.augmentation(), recipe.dataset()));
      }
      return examples;
    }
  }

  /**
   * Images held on the device for one seed. An epoch's order, and each image's crop and flip, are
   * drawn on the heap, image by image in the dataset's order, and carried out on the device batch
   * by batch.
   */
  static final class ImageLoader implements DataLoader {

    /** Pixels that are mirrored at each border before a crop. */
    private static final int PADDING = 4;

    private final int seed;
    private final boolean augmented;
    private final Images images;
    private final DeviceImages device;
    private final NDManager manager;

    /**
     * @throws IllegalArgumentException if there is more than one seed, or the images are to be
     *     changed in a way that is meant for image files
     */
    ImageLoader(Recipe recipe, Images images, NDManager manager) {
      if (recipe.seeds().size() != 1
          || recipe.augmentation() == Augmentation.RESIZED_CROP_AND_FLIP) {
        throw new IllegalArgumentException(
            "%s: images of %s are seen by one seed at a time and may be cropped and flipped, not %s"
                .formatted(recipe.summary(), recipe.dataset(), recipe.augmentation()));
      }
      this.seed = recipe.seeds().get(0);
      this.augmented = recipe.augmentation() == Augmentation.CROP_AND_FLIP;
      this.images = images;
      this.device = new DeviceImages(images, manager);
      this.manager = manager;
    }

    @Override
    public int count() {
      return images.count();
    }

    @Override
    public ShuffledEpoch epoch(int epoch) {
      int count = images.count();
      long[] top = new long[count];
      long[] left = new long[count];
      long[] step = new long[count];
      RandomGenerator random = RandomStream.of(seed, "crop and flip", epoch);
      for (int i = 0; i < count; i++) {
        step[i] = 1;
        if (augmented) {
          top[i] = random.nextInt(2 * PADDING + 1) - PADDING;
          left[i] = random.nextInt(2 * PADDING + 1) - PADDING;
          if (random.nextBoolean()) {
            left[i] += images.side() - 1;
            step[i] = -1;
          }
        }
      }
      int[] order = RandomStream.permutation(count, RandomStream.of(seed, "order", epoch));
      long[] offsets = new long[count];
      float[] labels = new float[count];
      for (int i = 0; i < count; i++) {
        offsets[i] = device.offset(order[i]);
        labels[i] = images.labels()[order[i]];
      }
      NDManager scope = manager.newSubManager();
      return new Shuffled(
          scope,
          device,
          scope.create(offsets, new Shape(count, 1, 1)),
          scope.create(inOrder(top, order), new Shape(count, 1)),
          scope.create(inOrder(left, order), new Shape(count, 1)),
          scope.create(inOrder(step, order), new Shape(count, 1)),
          scope.create(labels, new Shape(1, 1, count)));
    }

    private static long[] inOrder(long[] drawn, int[] order) {
      long[] ordered = new long[order.length];
      for (int i = 0; i < order.length; i++) {
        ordered[i] = drawn[order[i]];
      }
      return ordered;
    }

    private record Shuffled(
        NDManager manager,
        DeviceImages images,
        NDArray offsets,
        NDArray top,
        NDArray left,
        NDArray step,
        NDArray labels)
        implements ShuffledEpoch {

      @Override
      public Batch batch(int from, int to, NDManager scope) {
        scope.tempAttachAll(offsets, top, left, step, labels);
        NDIndex some = new NDIndex().addSliceDim(from, to);
        NDArray squares =
            images.squares(offsets.get(some), top.get(some), left.get(some), step.get(some), scope);
        return new Batch(squares, labels.get(new NDIndex().addAllDim(2).addSliceDim(from, to)));
      }

      @Override
      public void close() {
        manager.close();
      }
    }
  }

  /**
   * Images in files for one seed, decoded and cut by threads of their own while the device is busy
   * with the batches before.
   */
  static final class ImageFileLoader implements DataLoader {

    /** Batches that are decoded ahead of the one in use. */
    private static final int AHEAD = 4;

    private final int seed;
    private final int batch;
    private final boolean augmented;
    private final ImageFiles files;
    private final Normaliser normaliser;
    private final DamagedImages damaged;

    /**
     * @param warning told of each damaged image
     * @throws IllegalArgumentException if there is more than one seed, or the images are to be
     *     changed in a way that is meant for images in memory
     */
    ImageFileLoader(Recipe recipe, ImageFiles files, NDManager manager, Consumer<String> warning) {
      if (recipe.seeds().size() != 1 || recipe.augmentation() == Augmentation.CROP_AND_FLIP) {
        throw new IllegalArgumentException(
            "%s: files of %s are seen by one seed at a time and may be cropped at random sizes, not %s"
                .formatted(recipe.summary(), recipe.dataset(), recipe.augmentation()));
      }
      this.seed = recipe.seeds().get(0);
      this.batch = recipe.batch();
      this.augmented = recipe.augmentation() == Augmentation.RESIZED_CROP_AND_FLIP;
      this.files = files;
      this.normaliser = new Normaliser(files.normalisation(), manager);
      this.damaged = new DamagedImages(files, warning);
    }

    @Override
    public int count() {
      return files.count();
    }

    @Override
    public ShuffledEpoch epoch(int epoch) {
      int[] order = RandomStream.permutation(files.count(), RandomStream.of(seed, "order", epoch));
      return new Streamed(order, augmented ? new RandomResizedCrop(seed, epoch) : new CentreCrop());
    }

    /** Batches one after the other, from the one that is asked for first. */
    private final class Streamed implements ShuffledEpoch {

      private final int[] order;
      private final CropRule rule;
      private ImageStream stream;
      private int next;

      Streamed(int[] order, CropRule rule) {
        this.order = order;
        this.rule = rule;
      }

      @Override
      public Batch batch(int from, int to, NDManager scope) {
        if (stream == null) {
          stream =
              ImageStream.open(
                  files,
                  order,
                  from / batch,
                  rule,
                  new Prefetch(batch, DeviceSlot.decodersHere(), AHEAD),
                  damaged);
          next = from / batch * batch;
        }
        if (from != next) {
          throw new IllegalArgumentException(
              "image %d is asked for, but %d is next".formatted(from, next));
        }
        next = to;
        ImageBatch images = stream.next();
        NDArray bytes =
            scope.create(images.pixels(), new Shape(images.pixels().limit()), DataType.UINT8);
        float[] labels = new float[images.count()];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = images.labels()[i];
        }
        return new Batch(
            normaliser.normalised(bytes, images.count(), files.side(), scope),
            scope.create(labels, new Shape(1, 1, labels.length)));
      }

      @Override
      public void close() {
        if (stream != null) {
          stream.close();
        }
      }
    }
  }
}
