package mitosis.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.TwoNearestNeighbours.DistinctPoints;
import mitosis.representation.Split;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The intrinsic dimension of a layer's manifold at one scale, by TwoNN (P22 §3; P21 §3 and figure
 * 2). {@link TwoNearestNeighbours} has the two estimators.
 *
 * <p>The scale is set by how many images there are to be neighbours. To look from further away, all
 * images are dealt at random, without replacement, to m subsamples that have none in common, and
 * the estimates of the m are averaged. DADApy's {@code return_id_scaling_2NN} instead draws each of
 * m subsamples from all images, so that they share images and their spread is too small for an
 * error.
 *
 * <p>The standard error is that of a mean over p = max(m, 8) such subsamples, deviation/√p, times
 * the dimension over that mean. For m &lt; 8 it thus rests on finer subsamples than the dimension,
 * and on the deviation of an estimate from n images being in proportion to itself and to 1/√n. It
 * says how far other images would move the estimate, and nothing of its bias.
 *
 * @param images number of images in each subsample, the smallest if they differ by one
 * @param subsamples m, a power of 2
 * @param duplicates the number of images left out because the layer sees them as it does others
 * @param fitted by least squares
 * @param likeliest by maximum likelihood
 * @param meanDistance the mean of all r₁ and r₂
 */
public record IntrinsicDimension(
    int images,
    int subsamples,
    int duplicates,
    Dimension fitted,
    Dimension likeliest,
    double meanDistance) {

  /** Subsamples that an error rests on, at least: it is then known to a quarter. */
  private static final int LEAST_SUBSAMPLES = 8;

  /** Images in a subsample, at least; DADApy asks for more than 10. */
  private static final int LEAST_IMAGES = 11;

  /**
   * An estimate.
   *
   * @param value d, positive
   * @param standardError positive
   */
  public record Dimension(double value, double standardError) {}

  /**
   * The dimension with all images.
   *
   * @param split images seen by W neurons, of which at least 88 differ; labels are not looked at
   * @param fraction the share of ratios that the least squares keep, between 0 and 1; the authors
   *     keep 0.9
   * @param seed of the subsamples that the error comes from
   * @throws IllegalArgumentException if too few images differ, the fraction is out of range, or all
   *     ratios are 1
   */
  public static IntrinsicDimension of(Split split, double fraction, long seed) {
    Decimation decimation = new Decimation(split, fraction, seed);
    return decimation.judged(decimation.estimates(1), decimation.estimates(LEAST_SUBSAMPLES));
  }

  /**
   * The dimension of a chunk: of the manifold as w of the layer's neurons show it (P21 figure 2).
   *
   * @param split images seen by W neurons, of which at least 88 differ in the chunk
   * @param neurons the chunk: different neurons of 0 to W−1, at least one
   * @param fraction as in {@link #of}
   * @param seed as in {@link #of}
   * @throws IllegalArgumentException as {@link #of}, or if a neuron is out of range or given twice
   */
  public static IntrinsicDimension ofChunk(Split split, int[] neurons, double fraction, long seed) {
    ChunkSizes.first(neurons, split.width());
    float[][] activities =
        IntStream.of(neurons)
            .mapToObj(neuron -> split.activities()[neuron])
            .toArray(float[][]::new);
    return of(new Split(activities, split.labels()), fraction, seed);
  }

  /**
   * The dimension from all images, then from halves, quarters and so on, as long as a subsample has
   * more than 10.
   *
   * @param split as in {@link #of}
   * @param fraction as in {@link #of}
   * @param seed of the subsamples
   * @return for 1, 2, 4, … subsamples, at least four scales
   * @throws IllegalArgumentException as {@link #of}
   */
  public static List<IntrinsicDimension> byScale(Split split, double fraction, long seed) {
    Decimation decimation = new Decimation(split, fraction, seed);
    List<Estimates> scales = new ArrayList<>();
    for (int m = 1; decimation.images(m) >= LEAST_IMAGES; m *= 2) {
      scales.add(decimation.estimates(m));
    }
    Estimates coarse = scales.get(Integer.numberOfTrailingZeros(LEAST_SUBSAMPLES));
    return scales.stream()
        .map(scale -> decimation.judged(scale, scale.count() < coarse.count() ? coarse : scale))
        .toList();
  }

  /**
   * What the subsamples of one scale say.
   *
   * @param fitted m dimensions
   * @param likeliest m dimensions
   * @param meanDistances m distances
   */
  private record Estimates(double[] fitted, double[] likeliest, double[] meanDistances) {

    int count() {
      return fitted.length;
    }
  }

  /** The images that differ, dealt to more and more subsamples. */
  private static final class Decimation {

    private final DistinctPoints points;
    private final int duplicates;
    private final double fraction;
    private final int[] order;

    Decimation(Split split, double fraction, long seed) {
      this.points = DistinctPoints.of(split);
      this.duplicates = split.images() - points.count();
      this.fraction = fraction;
      this.order = new Permutations(points.count(), seed).permutation(0);
      if (images(LEAST_SUBSAMPLES) < LEAST_IMAGES) {
        throw new IllegalArgumentException(
            "a dimension with its error takes at least %d images that differ, but of %d only %d do"
                .formatted(LEAST_SUBSAMPLES * LEAST_IMAGES, split.images(), points.count()));
      }
    }

    /** Number of images in the smallest of m subsamples. */
    int images(int m) {
      return points.count() / m;
    }

    Estimates estimates(int m) {
      List<TwoNearestNeighbours> subsamples =
          IntStream.range(0, m)
              .parallel()
              .mapToObj(part -> TwoNearestNeighbours.of(points.at(subsample(part, m))))
              .toList();
      return new Estimates(
          each(subsamples, neighbours -> neighbours.fittedDimension(fraction)),
          each(subsamples, TwoNearestNeighbours::likeliestDimension),
          each(subsamples, TwoNearestNeighbours::meanDistance));
    }

    private int[] subsample(int part, int m) {
      long count = order.length;
      return Arrays.copyOfRange(order, (int) (count * part / m), (int) (count * (part + 1) / m));
    }

    private static double[] each(
        List<TwoNearestNeighbours> subsamples, ToDoubleFunction<TwoNearestNeighbours> quantity) {
      return subsamples.stream().mapToDouble(quantity).toArray();
    }

    /** An average with its error from the spread of, perhaps, finer subsamples. */
    IntrinsicDimension judged(Estimates scale, Estimates spread) {
      return new IntrinsicDimension(
          images(scale.count()),
          scale.count(),
          duplicates,
          dimension(scale.fitted(), spread.fitted()),
          dimension(scale.likeliest(), spread.likeliest()),
          StatUtils.mean(scale.meanDistances()));
    }

    private static Dimension dimension(double[] values, double[] spread) {
      double value = StatUtils.mean(values);
      double relative =
          Math.sqrt(StatUtils.variance(spread) / spread.length) / StatUtils.mean(spread);
      return new Dimension(value, value * relative);
    }
  }
}
