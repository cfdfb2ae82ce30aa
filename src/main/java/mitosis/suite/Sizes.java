package mitosis.suite;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.ChunkSizes;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;

/**
 * The sizes of chunks, and widths of full networks, that claims look at: by rules fixed in advance,
 * from the widest network's W and its critical size w*.
 */
public final class Sizes {

  private static final int BEYOND = 6;
  private static final int BELOW = 4;

  private final Evidence evidence;

  Sizes(Evidence evidence) {
    this.evidence = evidence;
  }

  private int width() {
    return evidence.study().widest().width();
  }

  /** Six chunk sizes from w* to W in equal ratios; none if the network does not interpolate. */
  public int[] beyondCritical() {
    return geometric(evidence.criticalWidth(), width(), BEYOND);
  }

  /**
   * Four chunk sizes from w*&#47;8 to w*, each twice the one before: the smallest published chunks,
   * 16 where w* is 100, lie about that far below.
   */
  public int[] belowCritical() {
    double critical = evidence.criticalWidth();
    return geometric(Math.max(1, critical / 8), critical, BELOW);
  }

  private static int[] geometric(double first, double last, int count) {
    if (Double.isInfinite(first)) {
      return new int[0];
    }
    return IntStream.range(0, count)
        .map(k -> (int) Math.round(first * Math.pow(last / first, k / (count - 1.0))))
        .distinct()
        .sorted()
        .toArray();
  }

  /** Six chunk sizes, each twice the one before, the last of them W. */
  public int[] halvings() {
    int[] all = ChunkSizes.halvings(width());
    return Arrays.copyOfRange(all, Math.max(0, all.length - BEYOND), all.length);
  }

  /**
   * Half of the widest layer, or a fifth of the test images where that is fewer: a larger chunk
   * rebuilds any layer.
   */
  public int halfLayer() {
    int images = Math.min(Subject.reconstructionImages(width()), evidence.dataset().test().count());
    return Math.max(1, Math.min(width() / 2, images / 5));
  }

  /**
   * The size of chunks that are to reconstruct the layer: a quarter of the widest layer at most.
   *
   * @param most what it is in a wide layer
   */
  public int ofChunk(int most) {
    return Math.min(most, width() / 4);
  }

  /** A quarter of the widest layer, at least 1. */
  public int quarterLayer() {
    return Math.max(1, width() / 4);
  }

  /**
   * Widths that were trained, from w* on.
   *
   * @param widest whether the widest is one of them
   */
  public int[] widthsBeyondCritical(boolean widest) {
    double critical = evidence.criticalWidth();
    return IntStream.of(widths())
        .filter(width -> width >= critical)
        .filter(width -> widest || width < width())
        .toArray();
  }

  /** All widths that were trained, increasing. */
  int[] widths() {
    return evidence.study().regularised().keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The chunk sizes at which residual correlations are measured: W/2, W/4, …, w*&#47;4 and 2·w*, as
   * far as there are such.
   */
  public int[] ofCorrelations() {
    double critical = evidence.criticalWidth();
    IntStream ofCritical =
        Double.isFinite(critical)
            ? IntStream.of(small(critical), clone(critical))
            : IntStream.empty();
    return IntStream.concat(IntStream.of(ChunkSizes.halvings(width())), ofCritical)
        .distinct()
        .sorted()
        .filter(size -> size < width())
        .toArray();
  }

  /**
   * 2·w*, rounded.
   *
   * @throws Unmeasurable if there is no w*, or fewer than two neurons are left outside such a chunk
   */
  public int ofClone() {
    int size = clone(evidence.requiredCriticalWidth());
    if (size > width() - 2) {
      throw new Unmeasurable(
          "residuals outside a chunk of 2·w* = %d neurons, in a layer of %d"
              .formatted(size, width()),
          "train wider networks, with -Dscale=extended or -Dscale=full");
    }
    return size;
  }

  /**
   * w*&#47;4, rounded, at least 1.
   *
   * @throws Unmeasurable if there is no w*
   */
  public int ofSmallChunk() {
    return small(evidence.requiredCriticalWidth());
  }

  private static int clone(double critical) {
    return (int) Math.round(2 * critical);
  }

  private static int small(double critical) {
    return (int) Math.max(1, Math.round(critical / 4));
  }

  /** Test errors of a subject's chunks, at the sizes that claims and figures look at. */
  public static final class ChunkCurves {

    private final Evidence evidence;

    ChunkCurves(Evidence evidence) {
      this.evidence = evidence;
    }

    /** At all of them, the widths of full networks among them. */
    public ErrorCurve of(Subject subject) {
      Sizes sizes = evidence.sizes();
      return subject.chunkCurve(
          Stream.of(
                  ChunkSizes.halvings(evidence.study().widest().width()),
                  sizes.widths(),
                  sizes.belowCritical(),
                  sizes.beyondCritical())
              .flatMapToInt(IntStream::of)
              .distinct()
              .sorted()
              .toArray());
    }

    /** At six sizes from w* to W. */
    public ErrorCurve beyondCritical(Subject subject) {
      return of(subject).at(evidence.sizes().beyondCritical());
    }

    /** At four sizes up to w*. */
    public ErrorCurve belowCritical(Subject subject) {
      return of(subject).at(evidence.sizes().belowCritical());
    }

    /**
     * At W/2, W/4 and so on: sizes a factor of two apart, as slopes between closer ones would be
     * mostly noise, and without W, of which there is but one chunk.
     */
    public ErrorCurve halved(Subject subject) {
      int[] sizes = ChunkSizes.halvings(evidence.study().widest().width());
      return of(subject).at(Arrays.copyOf(sizes, sizes.length - 1));
    }
  }
}
