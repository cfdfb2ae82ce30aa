package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.WideOrEnsemble;

/**
 * Networks of several widths, as many of each, alone and in ensembles that average their logits
 * (claim C13; P21 Fig. 5).
 */
public final class Ensembles {

  /**
   * Networks of one width.
   *
   * @param width w
   * @param activations of one network on one image, what P21 takes as its memory
   * @param logits {@code S x K x N} of test images
   */
  public record Family(int width, long activations, double[][][] logits) {}

  private final List<Family> families;
  private final int[] labels;
  private final Map<String, EnsembleError> known = new ConcurrentHashMap<>();

  /**
   * @param families of increasing width
   * @param labels N labels: −1 or +1 where K is 1, else 0 to K−1
   */
  public Ensembles(List<Family> families, int[] labels) {
    this.families = List.copyOf(families);
    this.labels = labels.clone();
  }

  /** Those of at least a width. */
  public Ensembles from(double width) {
    return new Ensembles(
        families.stream().filter(family -> family.width() >= width).toList(), labels);
  }

  /** The widths, increasing; maybe none. */
  public int[] widths() {
    return families.stream().mapToInt(Family::width).toArray();
  }

  /** The networks of each width. */
  public List<Family> families() {
    return families;
  }

  /** Number of networks S of each width. */
  public int seeds() {
    return families.get(0).logits().length;
  }

  /** Number of blocks of test images, the unit that is resampled. */
  public int blocks() {
    return ErrorCurve.count(labels.length);
  }

  /** All of them side by side. */
  public WideOrEnsemble compared() {
    int[] all = IntStream.range(0, seeds()).toArray();
    return new WideOrEnsemble(
        families.stream()
            .map(
                family ->
                    new WideOrEnsemble.Family(
                        family.width(), family.activations(), errors(family, all)))
            .toList());
  }

  /**
   * The share of images that ensembles of n networks of a width read, mean over ensembles.
   *
   * @param networks n, at most as many as seeds
   * @param seeds of the networks that ensembles are made of
   * @param images how often each block of test images counts
   * @throws IllegalArgumentException if there are not n networks
   * @throws java.util.NoSuchElementException if there is no such width
   */
  public double accuracy(int width, int networks, int[] seeds, ImageWeights images) {
    return 1 - errors(of(width), seeds).of(networks, images);
  }

  /**
   * The same of all seeds and images, with its interval over both. An ensemble of all networks has
   * none, as there is none without one of them; single seeds are ensembles of one.
   */
  public CurvePoint accuracy(int width, int networks) {
    ImageWeights all = ImageWeights.equal(blocks());
    int[] everySeed = IntStream.range(0, seeds()).toArray();
    if (networks == seeds()) {
      return CurvePoint.of(accuracy(width, networks, everySeed, all));
    }
    CurvePoint point =
        CurvePoint.overSeedsAndImages(
            seeds(), blocks(), (some, images) -> accuracy(width, networks, some, images));
    return networks == 1 ? point.withSeeds(seeds(), one -> accuracy(width, 1, one, all)) : point;
  }

  /** The share that an ensemble of infinitely many reads, extrapolated in 1/n. */
  double limit(int width, int[] seeds, ImageWeights images) {
    return 1 - errors(of(width), seeds).limit(1, images);
  }

  private Family of(int width) {
    return families.stream().filter(family -> family.width() == width).findFirst().orElseThrow();
  }

  private EnsembleError errors(Family family, int[] seeds) {
    return known.computeIfAbsent(
        family.width() + " " + Arrays.toString(seeds),
        key ->
            ErrorCurve.of(
                EnsembleError.of(
                    Arrays.stream(seeds)
                        .mapToObj(seed -> family.logits()[seed])
                        .toArray(double[][][]::new),
                    labels)));
  }
}
