package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import mitosis.data.Examples.Vectors;

/** Vectors, laid on the device in the order of each epoch, {@code S x inputs x count}. */
final class VectorFeed implements Feed {

  private final Recipe recipe;
  private final Vectors examples;
  private final NDManager manager;

  /**
   * @throws IllegalArgumentException if the recipe asks for images to be changed
   */
  VectorFeed(Recipe recipe, Vectors examples, NDManager manager) {
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
