package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import mitosis.data.Examples.Images;
import mitosis.train.DataLoader.Batch;
import mitosis.train.DataLoader.ShuffledEpoch;
import mitosis.train.Recipe.Augmentation;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Images held on the device for one seed. An epoch's order, and each image's crop and flip, are
 * drawn on the heap, image by image in the dataset's order, and carried out on the device batch by
 * batch.
 */
final class ImageLoader implements DataLoader {

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
    if (recipe.seeds().size() != 1 || recipe.augmentation() == Augmentation.RESIZED_CROP_AND_FLIP) {
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
