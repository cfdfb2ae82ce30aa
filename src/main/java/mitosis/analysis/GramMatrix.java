package mitosis.analysis;

import java.util.stream.IntStream;
import mitosis.representation.Split;

/**
 * The sums of products of a layer's activities, each neuron's about its own mean.
 *
 * <p>Means are taken first and products of the centred activities second: the products of uncentred
 * ones lose the digits that the residuals of a good reconstruction live in. A neuron with the same
 * activity on every image gets exact zeros.
 */
final class GramMatrix {

  /** Rows that one task computes. */
  private static final int STRIP = 32;

  /** Images that a strip takes at once; a multiple of {@link #UNROLL}. */
  private static final int BLOCK = 64;

  /** Images whose products are added in one pass over a row. */
  private static final int UNROLL = 8;

  private final int width;
  private final int images;
  private final double[] means;
  private final double[] products;

  private GramMatrix(int images, double[] means, double[] products) {
    this.width = means.length;
    this.images = images;
    this.means = means;
    this.products = products;
  }

  /**
   * Computes the sums over every step-th image.
   *
   * @param split N images seen by W neurons
   * @param first the first image, below N
   * @param step from one image to the next, at least 1
   */
  static GramMatrix of(Split split, int first, int step) {
    int width = split.width();
    int images = (split.images() - first + step - 1) / step;
    double[] means =
        IntStream.range(0, width)
            .parallel()
            .mapToDouble(neuron -> mean(split.activities()[neuron], first, step, images))
            .toArray();
    double[] products = new double[Math.multiplyExact(width, width)];
    IntStream.range(0, (width + STRIP - 1) / STRIP)
        .parallel()
        .forEach(
            strip -> {
              int from = strip * STRIP;
              int to = Math.min(from + STRIP, width);
              for (int start = 0; start < images; start += BLOCK) {
                int end = Math.min(start + BLOCK, images);
                addProducts(
                    products, width, from, to, centred(split, means, to, first, step, start, end));
              }
            });
    return new GramMatrix(images, means, products);
  }

  /** Exact for a constant activity: a float times any number of images fits into a double. */
  private static double mean(float[] activity, int first, int step, int images) {
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += activity[first + i * step];
    }
    return sum / images;
  }

  /** Image-major: a block of images by the first neurons, padded with zeros to a whole block. */
  private static double[][] centred(
      Split split, double[] means, int neurons, int first, int step, int start, int end) {
    double[][] block = new double[BLOCK][neurons];
    for (int neuron = 0; neuron < neurons; neuron++) {
      float[] activity = split.activities()[neuron];
      for (int i = start; i < end; i++) {
        block[i - start][neuron] = activity[first + i * step] - means[neuron];
      }
    }
    return block;
  }

  private static void addProducts(
      double[] products, int width, int from, int to, double[][] block) {
    for (int image = 0; image < BLOCK; image += UNROLL) {
      for (int row = from; row < to; row++) {
        addRow(products, row * width, row, block, image);
      }
    }
  }

  private static void addRow(double[] products, int base, int row, double[][] block, int image) {
    double[] a = block[image];
    double[] b = block[image + 1];
    double[] c = block[image + 2];
    double[] d = block[image + 3];
    double[] e = block[image + 4];
    double[] f = block[image + 5];
    double[] g = block[image + 6];
    double[] h = block[image + 7];
    double ra = a[row];
    double rb = b[row];
    double rc = c[row];
    double rd = d[row];
    double re = e[row];
    double rf = f[row];
    double rg = g[row];
    double rh = h[row];
    for (int j = 0; j <= row; j++) {
      products[base + j] +=
          ra * a[j]
              + rb * b[j]
              + (rc * c[j] + rd * d[j])
              + (re * e[j] + rf * f[j] + (rg * g[j] + rh * h[j]));
    }
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
        int at = i * width + j;
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
        int at = i * width + j;
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

  /** The sum of squares of one neuron, zero exactly if it is dead on these images. */
  double squares(int neuron) {
    return products[neuron * width + neuron];
  }

  /** The sum of squares of all neurons. */
  double total() {
    double total = 0;
    for (int neuron = 0; neuron < width; neuron++) {
      total += squares(neuron);
    }
    return total;
  }

  /** W x W, row after row, with neurons in another order; zero above the diagonal. */
  double[] permuted(int[] order) {
    double[] permuted = new double[products.length];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j <= i; j++) {
        int row = Math.max(order[i], order[j]);
        int column = Math.min(order[i], order[j]);
        permuted[i * width + j] = products[row * width + column];
      }
    }
    return permuted;
  }
}
