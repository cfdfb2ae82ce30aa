package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import mitosis.data.CropRule;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.CropRule.RandomResizedCrop;
import mitosis.data.DamagedImages;
import mitosis.data.ImageFiles;
import mitosis.data.ImageStream;
import mitosis.data.ImageStream.ImageBatch;
import mitosis.data.ImageStream.Prefetch;
import mitosis.train.DeviceImages.Normaliser;
import mitosis.train.DataLoader.Batch;
import mitosis.train.DataLoader.ShuffledEpoch;
import mitosis.train.Recipe.Augmentation;

/**
 * Images in files for one seed, decoded and cut by threads of their own while the device is busy
 * with the batches before.
 */
final class ImageFileLoader implements DataLoader {

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
