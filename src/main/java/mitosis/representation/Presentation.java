package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalInt;
import mitosis.data.Examples;
import mitosis.data.Images;
import mitosis.data.Vectors;
import mitosis.train.DeviceImages;

/** Examples laid before a network in their own order and unchanged, block by block. */
interface Presentation {

  /** The presentation that suits the examples. */
  static Presentation of(Examples examples, NDManager manager) {
    if (examples instanceof Vectors vectors) {
      return new OfVectors(vectors);
    }
    Images images = (Images) examples;
    return new OfImages(images.side(), new DeviceImages(images, manager));
  }

  /** Pixels along an edge of examples that are images; nothing if they are vectors. */
  static OptionalInt side(Examples examples) {
    return examples instanceof Images images ? OptionalInt.of(images.side()) : OptionalInt.empty();
  }

  /** How many examples make a block that a small machine has room for. */
  int block();

  /**
   * Examples {@code from…from+count-1} for one seed, as a network takes them.
   *
   * @param scope owns them
   */
  NDArray inputs(int from, int count, NDManager scope);

  /** Vectors become columns. */
  record OfVectors(Vectors examples) implements Presentation {

    private static final int BLOCK = 5_000;

    @Override
    public int block() {
      return BLOCK;
    }

    @Override
    public NDArray inputs(int from, int count, NDManager scope) {
      int dimension = examples.dimension();
      float[] columns = new float[dimension * count];
      for (int i = 0; i < count; i++) {
        for (int d = 0; d < dimension; d++) {
          columns[d * count + i] = examples.inputs()[(from + i) * dimension + d];
        }
      }
      return scope.create(columns, new Shape(1, dimension, count));
    }
  }

  /** Images that lie on the device. */
  record OfImages(int side, DeviceImages images) implements Presentation {

    private static final int FEWEST = 32;
    private static final int PIXELS = 1 << 18;

    @Override
    public int block() {
      return Math.max(FEWEST, PIXELS / (side * side));
    }

    @Override
    public NDArray inputs(int from, int count, NDManager scope) {
      return images.inOrder(from, count, scope);
    }
  }
}
