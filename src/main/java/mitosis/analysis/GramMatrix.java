package mitosis.analysis;

import java.util.stream.IntStream;
import mitosis.representation.Split;
import org.bytedeco.openblas.global.openblas;

/**
 * The sums of products of a layer's activities, each neuron's about its own mean.
 *
 * <p>Means are taken first and products of the centred activities second: the products of uncentred
 * ones lose the digits that the residuals of a good reconstruction live in. A neuron with the same
 * activity on every image gets exact zeros.
 */
final class GramMatrix {

  /** Rows that one task computes, at least; more for wide layers, whose images it centres anew. */
  private static final int STRIP = 128;

  private static final int STRIPS = 16;

  /** Images that a strip takes at once. */
  private static final int BLOCK = 1024;

  private final int width;
  private final int images;
  private final double[] means;
  private final double[] products;

  /**
   * @param products the lower triangle, row after row
   */
  private GramMatrix(int images, double[] means, double[] products) {
    this.width = means.length;
    this.images = images;
    this.means = means;
    this.products = products;
  }

  /**
   * Computes the sums over some images.
   *
   * @param split N images seen by W neurons, W at most 46,340
   * @param images at least one of 0 to N−1, in the order in which they are added up
   */
  static GramMatrix of(Split split, int[] images) {
    int width = split.width();
    double[] means =
        IntStream.range(0, width)
            .parallel()
            .mapToDouble(neuron -> mean(split.activities()[neuron], images))
            .toArray();
    double[] products = new double[Math.multiplyExact(width, width + 1) / 2];
    int strip = Math.max(STRIP, (width + STRIPS - 1) / STRIPS);
    IntStream.range(0, (width + strip - 1) / strip)
        .parallel()
        .forEach(
            k -> {
              int from = k * strip;
              int to = Math.min(from + strip, width);
              addProducts(products, from, to, new Centred(split, means, images));
            });
    return new GramMatrix(images.length, means, products);
  }

  /** Exact for a constant activity: a float times any number of images fits into a double. */
  private static double mean(float[] activity, int[] images) {
    double sum = 0;
    for (int image : images) {
      sum += activity[image];
    }
    return sum / images.length;
  }

  /** Some images' activities about their means. */
  private record Centred(Split split, double[] means, int[] images) {

    /** Image by neuron: the images from start on of the first so many neurons. */
    void into(NativeMatrix block, int start, int count, int neurons) {
      double[] column = new double[count];
      for (int neuron = 0; neuron < neurons; neuron++) {
        float[] activity = split.activities()[neuron];
        for (int i = 0; i < count; i++) {
          column[i] = activity[images[start + i]] - means[neuron];
        }
        block.write(0, neuron, column, count);
      }
    }
  }

  /** The rows {@code from…to-1}. */
  private static void addProducts(double[] products, int from, int to, Centred centred) {
    int rows = to - from;
    int images = centred.images().length;
    int most = Math.min(BLOCK, images);
    try (NativeMatrix block = new NativeMatrix(most, to);
        NativeMatrix sums = new NativeMatrix(to, rows)) {
      for (int start = 0; start < images; start += most) {
        int count = Math.min(most, images - start);
        centred.into(block, start, count, to);
        openblas.cblas_dgemm(
            openblas.CblasColMajor,
            openblas.CblasTrans,
            openblas.CblasNoTrans,
            to,
            rows,
            count,
            1,
            block.at(0, 0),
            most,
            block.at(0, from),
            most,
            start == 0 ? 0 : 1,
            sums.at(0, 0),
            to);
      }
      double[] row = new double[to];
      for (int i = from; i < to; i++) {
        sums.read(0, i - from, row, i + 1);
        System.arraycopy(row, 0, products, at(i, 0), i + 1);
      }
    }
  }

  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }

  /**
   * The sums over two disjoint sets of images of the same layer, about their common means.
   *
   * @param other as wide as this
   */
  GramMatrix joined(GramMatrix other) {
    int all = images + other.images;
    double[] joinedMeans = new double[width];
    double[] joined = new double[products.length];
    double weight = (double) images * other.images / all;
    for (int i = 0; i < width; i++) {
      double apart = other.means[i] - means[i];
      joinedMeans[i] = means[i] + apart * other.images / all;
      for (int j = 0; j <= i; j++) {
        int at = at(i, j);
        joined[at] =
            products[at] + other.products[at] + weight * apart * (other.means[j] - means[j]);
      }
    }
    return new GramMatrix(all, joinedMeans, joined);
  }

  /**
   * These images' sums about the means of others: what a fit to the others, intercept included,
   * sees of these images.
   *
   * @param other as wide as this
   */
  GramMatrix aboutMeansOf(GramMatrix other) {
    double[] shifted = new double[products.length];
    for (int i = 0; i < width; i++) {
      double apart = means[i] - other.means[i];
      for (int j = 0; j <= i; j++) {
        int at = at(i, j);
        shifted[at] = products[at] + images * apart * (means[j] - other.means[j]);
      }
    }
    return new GramMatrix(images, other.means, shifted);
  }

  int width() {
    return width;
  }

  int images() {
    return images;
  }

  /** The sum of products of two neurons. */
  double product(int i, int j) {
    return products[at(Math.max(i, j), Math.min(i, j))];
  }

  /** The mean activity of one neuron. */
  double mean(int neuron) {
    return means[neuron];
  }

  /** The sum of squares of one neuron, zero exactly if it is dead on these images. */
  double squares(int neuron) {
    return products[at(neuron, neuron)];
  }

  /** The sum of squares of all neurons. */
  double total() {
    double total = 0;
    for (int neuron = 0; neuron < width; neuron++) {
      total += squares(neuron);
    }
    return total;
  }

  /**
   * Copies the sums with neurons in another order.
   *
   * @param order a permutation of the W neurons
   * @param target W x W, its lower triangle overwritten
   */
  void permuted(int[] order, NativeMatrix target) {
    double[] column = new double[width];
    for (int j = 0; j < width; j++) {
      for (int i = j; i < width; i++) {
        column[i - j] = product(order[i], order[j]);
      }
      target.write(j, j, column, width - j);
    }
  }
}
