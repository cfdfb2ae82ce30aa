package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Vectors;
import mitosis.data.ImageFiles;
import mitosis.train.Recipe.Augmentation;

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
}
