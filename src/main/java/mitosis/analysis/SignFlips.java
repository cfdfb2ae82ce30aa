package mitosis.analysis;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
import mitosis.representation.Split;
import org.apache.commons.math3.stat.StatUtils;
import org.bytedeco.openblas.global.openblas;

/**
 * Whether what one chunk misses of the neurons outside it is correlated more than chance has it,
 * whatever the sizes of the residuals.
 *
 * <p>Images that are hard for all neurons have large residuals everywhere. Independent residuals
 * e_i and e_j then have a mean squared correlation of Σ e_i² e_j² / (Σ e_i² · Σ e_j²) over images,
 * which is more than the 1/(N−w−1) of residuals that are alike on all images. So the null keeps
 * their sizes and takes their signs away: every residual of every neuron on every image gets a
 * random sign, and is regressed on the chunk again, as it was before, since a regression on w
 * neurons and an intercept leaves less than there was (the wild bootstrap, Wu 1986; Liu 1988).
 * Images that are hard also steer the regression more, which makes their residuals too small; so
 * those that get signs are the ones of a map fitted to all other images, e / (1 − h) with h the
 * image's leverage (MacKinnon and White 1985, HC3). ρ not being changed by a common factor, that
 * matters only where images differ.
 *
 * @param size the chunk size w
 * @param usable the number M of neurons in the pairs, as in {@link ChunkCorrelation.OffChunk}
 * @param flips the number f of random draws of all signs
 * @param absolute mean |ρ|
 * @param excessSquare mean ρ² − 1/(N−w−1)
 */
public record SignFlips(int size, int usable, int flips, Compared absolute, Compared excessSquare) {

  /** Images that are worked on at once. */
  private static final int BLOCK = 1024;

  /** Below this share of the squares nothing but rounding is outside what the chunk can fit. */
  private static final double ROUNDING = 1e-10;

  /**
   * A number and its null.
   *
   * @param observed of the residuals as they are
   * @param mean over flips
   * @param deviation between flips, with f−1
   * @param share of the flips that reach the observed number, which itself counts as one:
   *     (1+count)/(1+f). If only chance correlates the residuals it is at most α in about a share α
   *     of the cases
   */
  public record Compared(double observed, double mean, double deviation, double share) {

    static Compared of(double observed, double[] flipped) {
      long reached = Arrays.stream(flipped).filter(value -> value >= observed).count();
      return new Compared(
          observed,
          StatUtils.mean(flipped),
          Math.sqrt(StatUtils.variance(flipped)),
          (1.0 + reached) / (1 + flipped.length));
    }
  }

  /**
   * Measures one given chunk. Takes N x W numbers of memory.
   *
   * @param test N images seen by W neurons; labels are not looked at
   * @param neurons the chunk: different neurons of 0 to W−1, at least one
   * @param flips f, at least 2; the share cannot be less than 1/(1+f)
   * @param seed of the signs
   * @return nothing if fewer than two neurons outside the chunk can be used, or N − w − 1 is not
   *     positive
   * @throws IllegalArgumentException if a neuron is out of range or given twice, or none is given,
   *     or there are fewer than two flips
   */
  public static Optional<SignFlips> ofChunk(Split test, int[] neurons, int flips, long seed) {
    if (flips < 2) {
      throw new IllegalArgumentException(
          "number of flips is %d, but a deviation takes at least 2".formatted(flips));
    }
    int size = neurons.length;
    int freedom = test.images() - size - 1;
    if (size == test.width() || freedom < 1) {
      // Nothing is left over; but a bad chunk is refused all the same.
      ChunkSizes.first(neurons, test.width());
      return Optional.empty();
    }
    Residuals residuals = Residuals.of(test, neurons);
    int usable = residuals.missed().length;
    if (usable < 2) {
      return Optional.empty();
    }
    SplittableRandom seeds = new SplittableRandom(seed);
    SplittableRandom[] signs =
        IntStream.range(0, flips).mapToObj(flip -> seeds.split()).toArray(SplittableRandom[]::new);
    double[] leftOut =
        Arrays.stream(residuals.leverages())
            .map(leverage -> 1 - leverage)
            // An image that the map follows to rounding has no residual.
            .map(free -> free > ROUNDING ? 1 / free : 0)
            .toArray();
    double[] asTheyAre = new double[test.images()];
    Arrays.fill(asTheyAre, 1);
    Means observed = correlate(residuals, asTheyAre, () -> 0);
    Means[] flipped =
        IntStream.range(0, flips)
            .parallel()
            .mapToObj(flip -> correlate(residuals, leftOut, signs[flip]::nextLong))
            .toArray(Means[]::new);
    return Optional.of(
        new SignFlips(
            size,
            usable,
            flips,
            compared(observed, flipped, Means::absolute),
            compared(observed, flipped, means -> means.square() - 1.0 / freedom)));
  }

  private static Compared compared(
      Means observed, Means[] flipped, ToDoubleFunction<Means> quantity) {
    return Compared.of(
        quantity.applyAsDouble(observed), Arrays.stream(flipped).mapToDouble(quantity).toArray());
  }

  /** Of |ρ| and ρ² over all pairs. */
  private record Means(double absolute, double square) {}

  /**
   * Correlates residuals with other signs after what the chunk can fit of them is taken away.
   *
   * @param weights by which the residuals of each image are multiplied
   * @param signs 64 at a time, a bit that is set being a minus
   */
  private static Means correlate(Residuals residuals, double[] weights, LongSupplier signs) {
    int images = residuals.missed()[0].length;
    int count = residuals.missed().length;
    int parts = residuals.fitted().length;
    int most = Math.min(BLOCK, images);
    double[] column = new double[most];
    try (NativeMatrix missed = new NativeMatrix(most, count);
        NativeMatrix fitted = new NativeMatrix(most, parts);
        NativeMatrix products = new NativeMatrix(count, count);
        NativeMatrix fits = new NativeMatrix(parts, count)) {
      for (int start = 0; start < images; start += most) {
        int rows = Math.min(most, images - start);
        for (int neuron = 0; neuron < count; neuron++) {
          flip(residuals.missed()[neuron], weights, start, column, rows, signs);
          missed.write(0, neuron, column, rows);
        }
        for (int part = 0; part < parts; part++) {
          System.arraycopy(residuals.fitted()[part], start, column, 0, rows);
          fitted.write(0, part, column, rows);
        }
        addProducts(missed, rows, 1, start == 0 ? 0 : 1, products, count);
        openblas.cblas_dgemm(
            openblas.CblasColMajor,
            openblas.CblasTrans,
            openblas.CblasNoTrans,
            parts,
            count,
            rows,
            1,
            fitted.at(0, 0),
            most,
            missed.at(0, 0),
            most,
            start == 0 ? 0 : 1,
            fits.at(0, 0),
            parts);
      }
      addProducts(fits, parts, -1, 1, products, count);
      return means(products, count);
    }
  }

  private static void flip(
      double[] values,
      double[] weights,
      int start,
      double[] target,
      int count,
      LongSupplier signs) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = i % Long.SIZE == 0 ? signs.getAsLong() : bits << 1;
      long value = Double.doubleToRawLongBits(values[start + i] * weights[start + i]);
      target[i] = Double.longBitsToDouble(value ^ (bits & Long.MIN_VALUE));
    }
  }

  /** Sums = factor · columnsᵀ · columns + keep · sums, the lower triangle. */
  private static void addProducts(
      NativeMatrix columns, int rows, double factor, double keep, NativeMatrix sums, int count) {
    openblas.cblas_dsyrk(
        openblas.CblasColMajor,
        openblas.CblasLower,
        openblas.CblasTrans,
        count,
        rows,
        factor,
        columns.at(0, 0),
        columns.rows(),
        keep,
        sums.at(0, 0),
        count);
  }

  private static Means means(NativeMatrix products, int count) {
    double[] inverses =
        IntStream.range(0, count)
            .mapToDouble(neuron -> products.get(neuron, neuron))
            .map(square -> square > ROUNDING ? 1 / Math.sqrt(square) : 0)
            .toArray();
    double absolute = 0;
    double square = 0;
    double[] column = new double[count];
    for (int j = 0; j < count; j++) {
      products.read(j, j, column, count - j);
      for (int i = j + 1; i < count; i++) {
        double correlation = Math.abs(column[i - j]) * inverses[i] * inverses[j];
        absolute += correlation;
        square += correlation * correlation;
      }
    }
    double pairs = 0.5 * count * (count - 1);
    return new Means(absolute / pairs, square / pairs);
  }
}
