package mitosis.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
import mitosis.representation.Split;

/**
 * What one chunk misses of the neurons outside it, image by image. Of layers on many images this is
 * as large as the activities in double precision.
 *
 * @param missed M x N: the residuals of the M usable neurons outside the chunk, see {@link
 *     ChunkCorrelation.OffChunk}, each scaled to a sum of squares of 1; they are about their means
 * @param fitted N numbers each: orthonormal vectors, of which all that a map from the chunk with an
 *     intercept can give is composed; w+1 of them, or fewer if the chunk's neurons depend on each
 *     other
 */
record Residuals(double[][] missed, double[][] fitted) {

  /** Images that are worked on at once. */
  private static final int BLOCK = 1024;

  /**
   * Regresses as {@link Reconstruction} does.
   *
   * @param split N images seen by W neurons, at least 2
   * @param chunk different neurons of 0 to W−1, at least one and fewer than W
   * @throws IllegalArgumentException if a neuron is out of range or given twice, or none is given
   */
  static Residuals of(Split split, int[] chunk) {
    int[] order = ChunkSizes.first(chunk, split.width());
    int size = chunk.length;
    int images = split.images();
    GramMatrix gram = GramMatrix.of(split, IntStream.range(0, images).toArray());
    double[][] residuals = new double[split.width() - size][images];
    double[][] fitted = new double[size + 1][images];
    boolean[] usable = new boolean[residuals.length];
    try (Elimination elimination = new Elimination(split.width());
        NativeMatrix inside = new NativeMatrix(BLOCK, size);
        NativeMatrix outside = new NativeMatrix(BLOCK, residuals.length)) {
      elimination.start(gram, order);
      elimination.advanceTo(size);
      for (int i = 0; i < usable.length; i++) {
        usable[i] = ChunkCorrelation.isUsable(elimination, size + i);
      }
      double[] column = new double[BLOCK];
      for (int start = 0; start < images; start += BLOCK) {
        int count = Math.min(BLOCK, images - start);
        for (int position = 0; position < order.length; position++) {
          float[] activity = split.activities()[order[position]];
          double mean = gram.mean(order[position]);
          for (int i = 0; i < count; i++) {
            column[i] = activity[start + i] - mean;
          }
          NativeMatrix target = position < size ? inside : outside;
          target.write(0, position < size ? position : position - size, column, count);
        }
        elimination.separate(inside, outside, count);
        copy(inside, size, fitted, start, count, column);
        copy(outside, residuals.length, residuals, start, count, column);
      }
    }
    Arrays.fill(fitted[size], 1 / Math.sqrt(images));
    return new Residuals(
        IntStream.range(0, usable.length)
            .filter(neuron -> usable[neuron])
            .mapToObj(neuron -> scaled(residuals[neuron]))
            .toArray(double[][]::new),
        Arrays.stream(fitted).filter(part -> square(part) > 0).toArray(double[][]::new));
  }

  /**
   * By how much the fit at each image follows the image itself, from 0 to 1: N numbers, whose sum
   * is the number of vectors fitted.
   */
  double[] leverages() {
    double[] leverages = new double[fitted[0].length];
    for (double[] part : fitted) {
      for (int image = 0; image < leverages.length; image++) {
        leverages[image] += part[image] * part[image];
      }
    }
    return leverages;
  }

  private static void copy(
      NativeMatrix block, int columns, double[][] target, int start, int count, double[] column) {
    for (int j = 0; j < columns; j++) {
      block.read(0, j, column, count);
      System.arraycopy(column, 0, target[j], start, count);
    }
  }

  private static double square(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  private static double[] scaled(double[] values) {
    double inverse = 1 / Math.sqrt(square(values));
    return Arrays.stream(values).map(value -> value * inverse).toArray();
  }
}
