package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Vectors;
import mitosis.data.ImageFiles;
import mitosis.data.ImageFiles.DamagedImages;
import mitosis.data.ImageStream;
import mitosis.data.ImageStream.ImageBatch;
import mitosis.data.ImageStream.Prefetch;
import mitosis.train.DeviceImages;
import mitosis.train.DeviceImages.Normaliser;
import mitosis.train.DeviceSlot;

/**
 * The batches of examples in which a network is evaluated: in their own order and unchanged, from
 * the first example on.
 */
interface EvaluationBatches extends AutoCloseable {

  /** The batches that suit the examples. */
  static EvaluationBatches of(Examples examples, NDManager manager) {
    if (examples instanceof Vectors vectors) {
      return new OfVectors(vectors);
    }
    if (examples instanceof Images images) {
      return new OfImages(images, new DeviceImages(images, manager));
    }
    return OfFiles.of((ImageFiles) examples, manager);
  }

  /** Pixels along an edge of examples that are images; nothing if they are vectors. */
  static OptionalInt side(Examples examples) {
    if (examples instanceof Images images) {
      return OptionalInt.of(images.side());
    }
    return examples instanceof ImageFiles files
        ? OptionalInt.of(files.side())
        : OptionalInt.empty();
  }

  /** How many examples make a batch that a small machine has room for. */
  int block();

  /** How many of these examples make a batch that a small machine has room for. */
  static int blockOf(Examples examples) {
    if (examples instanceof Vectors) {
      return OfVectors.BLOCK;
    }
    return imagesOf(
        examples instanceof Images images ? images.side() : ((ImageFiles) examples).side());
  }

  /**
   * The next batch: examples {@code from…from+count-1}.
   *
   * @param scope owns the inputs
   */
  EvaluationBatch next(int from, int count, NDManager scope);

  @Override
  default void close() {}

  /** The number of images that have a quarter of a million pixels in all, at least 32. */
  private static int imagesOf(int side) {
    return Math.max(32, (1 << 18) / (side * side));
  }

  /** Vectors become columns. */
  record OfVectors(Vectors examples) implements EvaluationBatches {

    private static final int BLOCK = 5_000;

    @Override
    public int block() {
      return BLOCK;
    }

    @Override
    public EvaluationBatch next(int from, int count, NDManager scope) {
      int dimension = examples.dimension();
      float[] columns = new float[dimension * count];
      for (int i = 0; i < count; i++) {
        for (int d = 0; d < dimension; d++) {
          columns[d * count + i] = examples.inputs()[(from + i) * dimension + d];
        }
      }
      return new EvaluationBatch(
          scope.create(columns, new Shape(1, dimension, count)),
          Arrays.copyOfRange(examples.labels(), from, from + count));
    }
  }

  /** Images that lie on the device. */
  record OfImages(Images images, DeviceImages onDevice) implements EvaluationBatches {

    @Override
    public int block() {
      return imagesOf(images.side());
    }

    @Override
    public EvaluationBatch next(int from, int count, NDManager scope) {
      return new EvaluationBatch(
          onDevice.inOrder(from, count, scope),
          Arrays.copyOfRange(images.labels(), from, from + count));
    }
  }

  /** Images that are read from their files. */
  record OfFiles(ImageFiles files, Normaliser normaliser, ImageStream stream)
      implements EvaluationBatches {

    private static final int AHEAD = 2;

    static OfFiles of(ImageFiles files, NDManager manager) {
      return new OfFiles(
          files,
          new Normaliser(files.normalisation(), manager),
          ImageStream.open(
              files,
              IntStream.range(0, files.count()).toArray(),
              0,
              new CentreCrop(),
              new Prefetch(imagesOf(files.side()), DeviceSlot.decodersHere(), AHEAD),
              new DamagedImages(files, text -> System.out.println("WARNING: " + text))));
    }

    @Override
    public int block() {
      return imagesOf(files.side());
    }

    @Override
    public EvaluationBatch next(int from, int count, NDManager scope) {
      ImageBatch images = stream.next();
      NDArray bytes =
          scope.create(images.pixels(), new Shape(images.pixels().limit()), DataType.UINT8);
      return new EvaluationBatch(
          normaliser.normalised(bytes, images.count(), files.side(), scope), images.labels());
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  /**
   * Examples that pass through a network together.
   *
   * @param inputs for one seed, as the network takes them
   * @param labels of the examples
   */
  record EvaluationBatch(NDArray inputs, int[] labels) {}
}
