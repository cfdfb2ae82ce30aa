package mitosis.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitosis.analysis.CriticalWidth;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.PredictionProducts;

/**
 * Full networks of several widths, as many of each: how well they fit their training set, and how
 * much their predictions of test images differ (claim C14).
 */
public final class FullNetworks {

  private final List<Family> families;
  private final Map<String, double[]> variances = new ConcurrentHashMap<>();
  private final Map<String, double[]> squaredBiases = new ConcurrentHashMap<>();

  /** Networks of one width W. */
  private record Family(int width, double[] trainErrors, PredictionProducts predictions) {}

  private FullNetworks(List<Family> families) {
    this.families = List.copyOf(families);
  }

  /** None yet. */
  public static FullNetworks none() {
    return new FullNetworks(List.of());
  }

  /**
   * With those of a further width.
   *
   * @param width W, above the others
   * @param trainErrors S
   * @param logits {@code S x K x N} of test images
   * @param labels N
   */
  public FullNetworks with(int width, double[] trainErrors, double[][][] logits, int[] labels) {
    List<Family> more = new ArrayList<>(families);
    more.add(
        new Family(
            width,
            trainErrors.clone(),
            PredictionProducts.of(logits, labels, ErrorCurve.count(labels.length))));
    return new FullNetworks(more);
  }

  /** The widths, increasing. */
  public int[] widths() {
    return families.stream().mapToInt(Family::width).toArray();
  }

  /** Number of networks S of each width. */
  int seeds() {
    return families.get(0).predictions().networks();
  }

  /** Number of blocks of test images, the unit that is resampled. */
  public int blocks() {
    return families.get(0).predictions().blocks();
  }

  /** Mean training error at each width. */
  public double[] trainErrors(int[] seeds) {
    return families.stream()
        .mapToDouble(
            family ->
                Arrays.stream(seeds)
                    .mapToDouble(seed -> family.trainErrors()[seed])
                    .average()
                    .orElseThrow())
        .toArray();
  }

  /** Mean training error at each width, with its interval over seeds. */
  public List<CurvePoint> trainErrors() {
    return points(k -> CurvePoint.overSeeds(seeds(), some -> trainErrors(some)[k]));
  }

  /** The variance at each width, with its interval over seeds and images. */
  public List<CurvePoint> variances() {
    return points(
        k ->
            CurvePoint.overSeedsAndImages(
                seeds(), blocks(), (some, images) -> variances(some, images)[k]));
  }

  /** The squared bias at each width, with its interval over seeds and images. */
  public List<CurvePoint> squaredBiases() {
    return points(
        k ->
            CurvePoint.overSeedsAndImages(
                seeds(), blocks(), (some, images) -> squaredBiases(some, images)[k]));
  }

  private List<CurvePoint> points(IntFunction<CurvePoint> atWidth) {
    return IntStream.range(0, families.size()).mapToObj(atWidth).toList();
  }

  /**
   * The smallest width that fits the training set, interpolated between widths on logarithmic axes
   * as w* is.
   *
   * @param tolerance the training error that counts as none
   * @return nothing if no width does; the narrowest if all do
   */
  OptionalDouble interpolationWidth(double tolerance, int[] seeds) {
    return new CriticalWidth(tolerance).interpolated(widths(), trainErrors(seeds), 0);
  }

  /** The variance of the predictions at each width (see {@link PredictionProducts}). */
  public double[] variances(int[] seeds, ImageWeights images) {
    return IntStream.range(0, families.size())
        .mapToDouble(
            k ->
                images.mean(
                    variances.computeIfAbsent(
                        k + " " + Arrays.toString(seeds),
                        key -> families.get(k).predictions().variances(seeds))))
        .toArray();
  }

  /** The squared bias of the predictions at each width, as above. */
  public double[] squaredBiases(int[] seeds, ImageWeights images) {
    return IntStream.range(0, families.size())
        .mapToDouble(
            k ->
                images.mean(
                    squaredBiases.computeIfAbsent(
                        k + " " + Arrays.toString(seeds),
                        key -> families.get(k).predictions().squaredBiases(seeds))))
        .toArray();
  }

  /** The position of the width at which the variance is largest. */
  int peak(int[] seeds, ImageWeights images) {
    double[] curve = variances(seeds, images);
    return IntStream.range(0, curve.length)
        .reduce((best, k) -> curve[k] > curve[best] ? k : best)
        .orElseThrow();
  }
}
