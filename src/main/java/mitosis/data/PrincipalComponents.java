package mitosis.data;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The leading principal components of a set of images: an orthogonal projection on the directions
 * of largest variance, centred on the mean image. The components keep their variances (they are not
 * whitened).
 */
public final class PrincipalComponents {

  private static final double WHITE = 255.0;

  private final double[] mean;
  private final double[][] directions;
  private final double[] variances;

  private PrincipalComponents(double[] mean, double[][] directions, double[] variances) {
    this.mean = mean;
    this.directions = directions;
    this.variances = variances;
  }

  /**
   * Fits the components on images whose grey values are scaled to 0…1. The sign of each direction,
   * which the variance leaves open, is the one that makes its largest entry positive.
   *
   * @param images {@code n x pixels} unsigned bytes, row-major, at least two images
   * @param pixels pixels per image
   * @param components how many directions to keep, 1…pixels
   */
  public static PrincipalComponents fit(byte[] images, int pixels, int components) {
    int n = images.length / pixels;
    if (n < 2 || images.length % pixels != 0 || components < 1 || components > pixels) {
      throw new IllegalArgumentException(
          "cannot fit %d components to %d bytes as images of %d pixels"
              .formatted(components, images.length, pixels));
    }
    double[][] covariance = new double[pixels][pixels];
    double[] mean = new double[pixels];
    int[] lit = new int[pixels];
    // Sums of products of bytes are exact in double precision, so centring afterwards loses nothing
    // but the last rounding; and most pixels of a digit are black and need no visit.
    for (int i = 0; i < n; i++) {
      int count = 0;
      for (int p = 0; p < pixels; p++) {
        if (images[i * pixels + p] != 0) {
          lit[count++] = p;
        }
      }
      for (int a = 0; a < count; a++) {
        int value = images[i * pixels + lit[a]] & 0xff;
        double[] row = covariance[lit[a]];
        mean[lit[a]] += value;
        for (int b = 0; b <= a; b++) {
          row[lit[b]] += value * (images[i * pixels + lit[b]] & 0xff);
        }
      }
    }
    for (int p = 0; p < pixels; p++) {
      mean[p] /= n;
    }
    for (int p = 0; p < pixels; p++) {
      for (int q = 0; q <= p; q++) {
        double value = (covariance[p][q] - n * mean[p] * mean[q]) / (n - 1) / (WHITE * WHITE);
        covariance[p][q] = value;
        covariance[q][p] = value;
      }
    }
    for (int p = 0; p < pixels; p++) {
      mean[p] /= WHITE;
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    double[][] directions = new double[components][];
    for (int c = 0; c < components; c++) {
      directions[c] = oriented(eigen.getEigenvector(c).toArray());
    }
    return new PrincipalComponents(
        mean, directions, Arrays.copyOf(eigen.getRealEigenvalues(), components));
  }

  private static double[] oriented(double[] direction) {
    int largest = 0;
    for (int p = 1; p < direction.length; p++) {
      if (Math.abs(direction[p]) > Math.abs(direction[largest])) {
        largest = p;
      }
    }
    if (direction[largest] < 0) {
      for (int p = 0; p < direction.length; p++) {
        direction[p] = -direction[p];
      }
    }
    return direction;
  }

  /**
   * Projects images on the components.
   *
   * @param images {@code n x pixels} unsigned bytes, row-major
   * @return {@code n x components}, row-major
   */
  public float[] project(byte[] images) {
    int pixels = mean.length;
    int components = directions.length;
    int n = images.length / pixels;
    double[] offsets = new double[components];
    for (int c = 0; c < components; c++) {
      for (int p = 0; p < pixels; p++) {
        offsets[c] += directions[c][p] * mean[p];
      }
    }
    float[] projected = new float[n * components];
    double[] sums = new double[components];
    for (int i = 0; i < n; i++) {
      Arrays.fill(sums, 0);
      for (int p = 0; p < pixels; p++) {
        int value = images[i * pixels + p] & 0xff;
        if (value != 0) {
          for (int c = 0; c < components; c++) {
            sums[c] += directions[c][p] * value;
          }
        }
      }
      for (int c = 0; c < components; c++) {
        projected[i * components + c] = (float) (sums[c] / WHITE - offsets[c]);
      }
    }
    return projected;
  }

  /**
   * These components, each divided by its standard deviation over the images that it was fitted to.
   *
   * @throws IllegalArgumentException if one of them does not vary
   */
  public PrincipalComponents whitened() {
    double[][] scaled = new double[directions.length][];
    for (int c = 0; c < scaled.length; c++) {
      double variance = variances[c];
      if (!(variance > 0)) {
        throw new IllegalArgumentException(
            "component %d has variance %s and cannot be whitened".formatted(c, variance));
      }
      scaled[c] = Arrays.stream(directions[c]).map(d -> d / Math.sqrt(variance)).toArray();
    }
    double[] ones = new double[scaled.length];
    Arrays.fill(ones, 1);
    return new PrincipalComponents(mean, scaled, ones);
  }

  /** The variance along each direction, largest first, in units of (white)². */
  public double[] variances() {
    return variances.clone();
  }
}
