package mitosis.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import mitosis.analysis.PointBlock.NeighbourTile;
import mitosis.representation.Split;

/**
 * The Euclidean distances r₁ and r₂ from each image to its nearest and second nearest other image
 * in a layer's space of activities, and what they say of the dimension of the manifold that the
 * images lie on: TwoNN (Facco, d'Errico, Rodriguez and Laio 2017, <em>Sci. Rep.</em> 7, 12140; P22
 * §3; P21 figure 2).
 *
 * <p>Where the density hardly changes within r₂, the ratio μ = r₂/r₁ follows Pareto's law F(μ) = 1
 * − μ^-d, whatever the density is; d is the intrinsic dimension.
 *
 * <p>Distances are sums over neurons of squared differences in double precision. Inner products, by
 * which the search goes, only rule pairs out, by a bound on their rounding.
 *
 * @param first r₁ of each of n images, positive
 * @param second r₂ of each, at least r₁
 */
public record TwoNearestNeighbours(double[] first, double[] second) {

  private static final int LEAST_POINTS = 3;

  /**
   * @throws IllegalArgumentException if there is no image, there are not as many r₁ as r₂, or they
   *     are not finite with 0 &lt; r₁ ≤ r₂
   */
  public TwoNearestNeighbours {
    if (first.length == 0 || first.length != second.length) {
      throw new IllegalArgumentException(
          "there are %d nearest and %d second nearest distances, not as many and at least one"
              .formatted(first.length, second.length));
    }
    for (int i = 0; i < first.length; i++) {
      if (!(0 < first[i] && first[i] <= second[i] && second[i] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "distances of image %d to its two nearest are %s and %s, not 0 < r1 <= r2"
                .formatted(i, first[i], second[i]));
      }
    }
  }

  /**
   * Measures all images that differ: those that a layer sees exactly as it sees an earlier one have
   * r₁ = 0 and no ratio, and are left out. Memory is 8 bytes a live neuron and image; time goes
   * with the square of the number of images.
   *
   * @param split images seen by W neurons; labels are not looked at
   * @return the distances of the images that are kept, in their order
   * @throws IllegalArgumentException if fewer than 3 images differ
   */
  public static TwoNearestNeighbours of(Split split) {
    return of(DistinctPoints.of(split));
  }

  static TwoNearestNeighbours of(DistinctPoints points) {
    int count = points.count();
    if (count < LEAST_POINTS) {
      throw new IllegalArgumentException(
          "two neighbours take at least %d images that differ, but there are %d; give more images"
              .formatted(LEAST_POINTS, count));
    }
    double[] means =
        IntStream.range(0, points.dimensions())
            .parallel()
            .mapToDouble(k -> mean(points, k))
            .toArray();
    double largest =
        IntStream.range(0, points.dimensions())
            .parallel()
            .mapToDouble(k -> largest(points, k, means[k]))
            .max()
            .orElseThrow();
    double scale = Math.scalb(1.0, -Math.getExponent(largest) - 1);
    PointBlock[] blocks =
        IntStream.range(0, (count + PointBlock.SIZE - 1) / PointBlock.SIZE)
            .parallel()
            .mapToObj(number -> new PointBlock(points, means, scale, number * PointBlock.SIZE))
            .toArray(PointBlock[]::new);
    double[] first = new double[count];
    double[] second = new double[count];
    Queue<NeighbourTile> idle = new ConcurrentLinkedQueue<>();
    try {
      introduceAll(blocks, idle);
      Arrays.stream(blocks).parallel().forEach(block -> block.measure(points, first, second));
    } finally {
      Arrays.stream(blocks).forEach(PointBlock::close);
      idle.forEach(NeighbourTile::close);
    }
    return new TwoNearestNeighbours(first, second);
  }

  private static double mean(DistinctPoints points, int neuron) {
    double sum = 0;
    for (int point = 0; point < points.count(); point++) {
      sum += points.coordinate(neuron, point);
    }
    return sum / points.count();
  }

  private static double largest(DistinctPoints points, int neuron, double mean) {
    double largest = 0;
    for (int point = 0; point < points.count(); point++) {
      largest = Math.max(largest, Math.abs(points.coordinate(neuron, point) - mean));
    }
    return largest;
  }

  /**
   * Each block with itself, after which few others are near enough to be looked at, and then,
   * around a circle, with those up to half of it ahead: all pairs.
   *
   * @param idle tiles to be worked in, as many as there are threads in the end
   */
  private static void introduceAll(PointBlock[] blocks, Queue<NeighbourTile> idle) {
    Arrays.stream(blocks).parallel().forEach(block -> introduce(block, block, idle));
    int n = blocks.length;
    IntStream.range(n, n * (n / 2 + 1))
        .parallel()
        .forEach(
            pair -> {
              int ahead = pair / n;
              int number = pair % n;
              boolean opposite = 2 * ahead == n;
              if (!opposite || number < ahead) {
                introduce(blocks[number], blocks[(number + ahead) % n], idle);
              }
            });
  }

  private static void introduce(PointBlock left, PointBlock right, Queue<NeighbourTile> idle) {
    NeighbourTile free = idle.poll();
    NeighbourTile tile = free == null ? new NeighbourTile(PointBlock.SIZE) : free;
    try {
      PointBlock.introduce(left, right, tile);
    } finally {
      idle.add(tile);
    }
  }

  /** The number n of images. */
  public int images() {
    return first.length;
  }

  /** The mean of all r₁ and r₂: the scale at which the manifold is looked at. */
  public double meanDistance() {
    return (Arrays.stream(first).sum() + Arrays.stream(second).sum()) / (2.0 * images());
  }

  /**
   * d by least squares: the straight line through the origin of −log(1 − F) on log μ, with F = i/n
   * at the i-th smallest μ. The largest ratios are left out: they come from outliers, and there the
   * law is off first. As DADApy computes it by {@code algorithm="base"}.
   *
   * @param fraction the share of ratios that is kept, between 0 and 1 and less than 1; Facco et al.
   *     and the papers' authors keep 0.9
   * @throws IllegalArgumentException if the fraction is out of range or keeps no ratio, or all
   *     ratios that it keeps are 1, as on a grid
   */
  public double fittedDimension(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the share of ratios to keep is %s, but must lie between 0 and 1".formatted(fraction));
    }
    double[] logRatios = logRatios();
    Arrays.sort(logRatios);
    int kept = (int) (images() * fraction);
    if (kept == 0) {
      throw new IllegalArgumentException(
          "a share of %s keeps none of %d ratios".formatted(fraction, images()));
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < kept; i++) {
      products -= logRatios[i] * Math.log(1 - (i + 1.0) / images());
      squares += logRatios[i] * logRatios[i];
    }
    requireSpread(squares);
    return products / squares;
  }

  /**
   * d by maximum likelihood, n / Σ log μ, from all ratios. As DADApy computes it by {@code
   * algorithm="ml"}.
   *
   * @throws IllegalArgumentException if all ratios are 1, as on a grid
   */
  public double likeliestDimension() {
    double sum = Arrays.stream(logRatios()).sum();
    requireSpread(sum);
    return images() / sum;
  }

  private void requireSpread(double sum) {
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "the two nearest neighbours of %d images are equally far: ratios of 1 have no dimension"
              .formatted(images()));
    }
  }

  private double[] logRatios() {
    return IntStream.range(0, images()).mapToDouble(i -> Math.log(second[i] / first[i])).toArray();
  }

  /**
   * The images that a layer tells apart, as points in the space of its live neurons' activities.
   *
   * <p>A neuron with the same activity on every image moves no distance and is left out. Of images
   * with the same activities throughout only the first is kept.
   *
   * @param coordinates live neurons x images, as they are in the split
   * @param images the images that are kept, increasing
   */
  record DistinctPoints(float[][] coordinates, int[] images) {

    static DistinctPoints of(Split split) {
      float[][] live =
          Arrays.stream(split.activities()).filter(DistinctPoints::isLive).toArray(float[][]::new);
      int[] sorted =
          IntStream.range(0, split.images())
              .boxed()
              .sorted(activities(live).thenComparing(Comparator.naturalOrder()))
              .mapToInt(Integer::intValue)
              .toArray();
      int[] distinct =
          IntStream.range(0, sorted.length)
              .filter(i -> i == 0 || activities(live).compare(sorted[i - 1], sorted[i]) != 0)
              .map(i -> sorted[i])
              .sorted()
              .toArray();
      return new DistinctPoints(live, distinct);
    }

    private static boolean isLive(float[] activity) {
      for (float value : activity) {
        if (value != activity[0]) {
          return true;
        }
      }
      return false;
    }

    /** Lexicographic; zeros of either sign are equal, since their distance is 0. */
    private static Comparator<Integer> activities(float[][] live) {
      return (a, b) -> {
        for (float[] activity : live) {
          if (activity[a] != activity[b]) {
            return activity[a] < activity[b] ? -1 : 1;
          }
        }
        return 0;
      };
    }

    /** The number of points. */
    int count() {
      return images.length;
    }

    /** The number of live neurons. */
    int dimensions() {
      return coordinates.length;
    }

    /** The activity of one live neuron at one point. */
    double coordinate(int neuron, int point) {
      return coordinates[neuron][images[point]];
    }

    /**
     * Some of these points.
     *
     * @param some positions, different ones of 0 to {@link #count()}−1
     */
    DistinctPoints at(int[] some) {
      return new DistinctPoints(coordinates, IntStream.of(some).map(i -> images[i]).toArray());
    }
  }
}
