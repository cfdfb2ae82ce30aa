package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The correlation of the residuals of reconstructions from chunks of one size, over many chunks
 * (P22 §2.2 equation 2, figure 4d-f; P21 §2, figure 3). See {@link ChunkCorrelation} for the three
 * forms.
 *
 * @param size the chunk size w
 * @param byCode over all pairs, as the authors' code computes it
 * @param byPaper over all pairs, P22 equation 2
 * @param offChunk over pairs outside the chunk; nothing if fewer than two chunks have such pairs,
 *     as at w = W
 */
public record ResidualCorrelation(
    int size, MeanOverChunks byCode, MeanOverChunks byPaper, Optional<OffChunk> offChunk) {

  /**
   * Pairs of usable neurons outside the chunk.
   *
   * @param absolute mean |ρ|, over the chunks that have usable pairs
   * @param excessSquare mean ρ² − 1/(N−w−1): zero on average for independent noise
   * @param noiseFloor the mean |ρ| that independent Gaussian residuals show: √(2/(π(N−w−1)))
   * @param usable the number of neurons in the pairs
   * @param rebuilt the number of live neurons left out because a chunk rebuilds them to rounding
   */
  public record OffChunk(
      MeanOverChunks absolute,
      MeanOverChunks excessSquare,
      double noiseFloor,
      MeanOverChunks usable,
      MeanOverChunks rebuilt) {

    /** Averages over the chunks of one size that have usable pairs. */
    static Optional<OffChunk> over(List<ChunkCorrelation.OffChunk> chunks, int images, int size) {
      return chunks.size() < 2
          ? Optional.empty()
          : Optional.of(
              new OffChunk(
                  mean(chunks, ChunkCorrelation.OffChunk::absolute),
                  mean(chunks, ChunkCorrelation.OffChunk::excessSquare),
                  ChunkCorrelation.noiseFloor(images, size),
                  mean(chunks, ChunkCorrelation.OffChunk::usable),
                  mean(chunks, ChunkCorrelation.OffChunk::rebuilt)));
    }
  }

  /** Averages over chunks of one size. */
  static ResidualCorrelation over(List<ChunkCorrelation> chunks, int images, int size) {
    return new ResidualCorrelation(
        size,
        mean(chunks, ChunkCorrelation::byCode),
        mean(chunks, ChunkCorrelation::byPaper),
        OffChunk.over(
            chunks.stream().flatMap(chunk -> chunk.offChunk().stream()).toList(), images, size));
  }

  static <T> MeanOverChunks mean(List<T> chunks, ToDoubleFunction<T> quantity) {
    return MeanOverChunks.of(chunks.stream().mapToDouble(quantity).toArray());
  }

  /**
   * The correlation ρ of what one chunk of w neurons misses of its layer, over N images. C is the
   * covariance of the residuals (with N−1); those of the chunk's own neurons are zero to rounding
   * and are taken as zero.
   *
   * @param byCode mean of |C_ij| / (√(C_ii C_jj) + 1e-8) over all pairs i &lt; j of the layer, as
   *     the authors' code computes it
   * @param byPaper mean of |C_ij| / √(C_ii C_jj + 1e-8) over all pairs i &lt; j, P22 equation 2;
   *     depends on the scale of the activities
   * @param offChunk over pairs outside the chunk; nothing if fewer than two neurons can be used
   *     there, or N − w − 1 is not positive
   */
  public record ChunkCorrelation(double byCode, double byPaper, Optional<OffChunk> offChunk) {

    private static final double REGULARISATION = 1e-8;

    /** Below this share of a neuron's variance its residual is rounding. */
    private static final double ROUNDING = 1e-10;

    /**
     * The plain correlation C_ij / √(C_ii C_jj) over the pairs of usable neurons: outside the
     * chunk, live, and with a residual variance of at least 1e-10 of their own. Does not depend on
     * the scale of the activities, nor on how much of the layer the chunk takes.
     *
     * @param absolute mean |ρ|, in [0, 1]
     * @param excessSquare mean ρ² − 1/(N−w−1): zero on average for independent noise
     * @param usable the number of neurons in the pairs, at least 2
     * @param rebuilt the number of live neurons outside the chunk that were left out because
     *     nothing but rounding is left of them
     */
    public record OffChunk(double absolute, double excessSquare, int usable, int rebuilt) {}

    /**
     * The mean |ρ| that independent Gaussian residuals show on N images: √(2/(π(N−w−1))).
     *
     * @param images N, more than w + 1
     * @param size w
     * @throws IllegalArgumentException if N − w − 1 is not positive
     */
    public static double noiseFloor(int images, int size) {
      int freedom = images - size - 1;
      if (freedom < 1) {
        throw new IllegalArgumentException(
            "%d images leave no residuals off a chunk of %d".formatted(images, size));
      }
      return Math.sqrt(2 / (Math.PI * freedom));
    }

    /**
     * Measures.
     *
     * @param residuals of a chunk that isn't empty
     * @param images N, at least 2
     */
    static ChunkCorrelation of(Elimination residuals, int images) {
      int width = residuals.width();
      int size = residuals.eliminated();
      Pairs pairs = new Pairs(residuals, images, size, width);
      int outside = width - size;
      double[] byCode = new double[outside];
      double[] byPaper = new double[outside];
      for (int j = 0; j < outside; j++) {
        pairs.read(j);
        pairs.addPublished(byCode, byPaper, j);
      }
      double allPairs = Math.max(0.5 * width * (width - 1), 1);
      return new ChunkCorrelation(
          Arrays.stream(byCode).sum() / allPairs,
          Arrays.stream(byPaper).sum() / allPairs,
          pairs.offChunk());
    }

    /**
     * The plain correlation among the w neurons that come after the chunk: another chunk of its
     * size.
     *
     * @param residuals of a chunk of at least 1 and at most W/2 neurons
     * @param images N, at least 2
     * @return nothing if fewer than two of them can be used
     */
    static Optional<OffChunk> ofNext(Elimination residuals, int images) {
      int size = residuals.eliminated();
      Pairs pairs = new Pairs(residuals, images, size, 2 * size);
      for (int j = 0; j < size; j++) {
        pairs.read(j);
      }
      return pairs.offChunk();
    }

    /** Whether more than rounding is left of the neuron at a position outside the chunk. */
    static boolean isUsable(Elimination residuals, int position) {
      double before = residuals.squareBefore(position);
      return before > 0 && residuals.square(position) >= ROUNDING * before;
    }

    /**
     * The pairs of some neurons that follow the chunk. Sums are kept apart by the pair's second
     * neuron, so that the loops over it work on several at once.
     */
    private static final class Pairs {

      private final Elimination residuals;
      private final int size;
      private final int count;
      private final int freedom;
      private final double scale;
      private final double[] variances;
      private final double[] deviations;
      private final double[] inverses;
      private final double[] absolute;
      private final double[] square;
      private final double[] covariances;
      private int usable;
      private int rebuilt;

      /** Of the neurons at positions {@code size…end-1}. */
      Pairs(Elimination residuals, int images, int size, int end) {
        this.residuals = residuals;
        this.size = size;
        this.count = end - size;
        this.freedom = images - size - 1;
        this.scale = 1.0 / (images - 1);
        this.variances = new double[count];
        this.deviations = new double[count];
        this.inverses = new double[count];
        this.absolute = new double[count];
        this.square = new double[count];
        this.covariances = new double[residuals.width()];
        for (int i = 0; i < count; i++) {
          double left = residuals.square(size + i);
          double before = residuals.squareBefore(size + i);
          variances[i] = left * scale;
          deviations[i] = Math.sqrt(variances[i]);
          boolean use = isUsable(residuals, size + i);
          inverses[i] = use ? 1 / deviations[i] : 0;
          usable += use ? 1 : 0;
          rebuilt += before > 0 && !use ? 1 : 0;
        }
      }

      /** Takes in the pairs of one neuron with those behind it. */
      void read(int j) {
        residuals.readProducts(size + j, covariances);
        double inverse = inverses[j] * scale;
        int first = j + 1;
        for (int i = first; i < count; i++) {
          double correlation = Math.abs(covariances[i - first]) * inverse * inverses[i];
          absolute[i] += correlation;
          square[i] += correlation * correlation;
        }
      }

      /** Adds the published forms of the pairs that were read last. */
      void addPublished(double[] byCode, double[] byPaper, int j) {
        double deviation = deviations[j];
        double variance = variances[j];
        int first = j + 1;
        for (int i = first; i < count; i++) {
          double covariance = Math.abs(covariances[i - first]) * scale;
          byCode[i] += covariance / (deviation * deviations[i] + REGULARISATION);
        }
        for (int i = first; i < count; i++) {
          double covariance = Math.abs(covariances[i - first]) * scale;
          byPaper[i] += covariance / Math.sqrt(variance * variances[i] + REGULARISATION);
        }
      }

      Optional<OffChunk> offChunk() {
        if (usable < 2 || freedom < 1) {
          return Optional.empty();
        }
        double pairs = 0.5 * usable * (usable - 1);
        return Optional.of(
            new OffChunk(
                Arrays.stream(absolute).sum() / pairs,
                Arrays.stream(square).sum() / pairs - 1.0 / freedom,
                usable,
                rebuilt));
      }
    }
  }
}
