package mitosis.train;

import mitosis.data.Examples.Vectors;

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
