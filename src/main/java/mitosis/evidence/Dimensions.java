package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import mitosis.analysis.IntrinsicDimension;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;

/**
 * The intrinsic dimension of layers and of their chunks (claim C08). Intervals are over seeds, by
 * the jackknife, and over test images, by the spread between subsamples of them: {@link
 * IntrinsicDimension} says how. All networks see the same images, so that part does not shrink with
 * more of them.
 */
public final class Dimensions {

  /** As many as the papers' CIFAR test sets have; the dimension depends on their number. */
  private static final int IMAGES = 10_000;

  /**
   * Fewer where dimensions are compared, both on the same images: the time goes with the square of
   * their number.
   */
  private static final int COMPARED_IMAGES = 4_000;

  private Dimensions() {}

  /** The dimension of the full layer on the first 10,000 test images, mean over seeds. */
  public static Measurement<Subject> ofLayer() {
    return subject -> ofAll(subject.dimensions(IMAGES));
  }

  private static Estimate ofAll(List<IntrinsicDimension.Dimension> dimensions) {
    return Resampling.ofSeeds(dimensions.size())
        .estimate(
            (seeds, images) -> mean(dimensions, seeds),
            relativeError(dimensions) * mean(dimensions));
  }

  /**
   * The same divided by w*.
   *
   * @param critical how w* is found
   * @return refuses a layer that has none
   */
  public static Measurement<Subject> shareOf(CriticalSize critical) {
    return subject -> {
      if (Double.isInfinite(critical.of(subject))) {
        throw new Unmeasurable(
            "a critical size w*, as %s does not fit its training set".formatted(subject.name()),
            "train it longer, with -Dscale=extended or -Dscale=full");
      }
      List<IntrinsicDimension.Dimension> dimensions = subject.dimensions(IMAGES);
      double share = mean(dimensions) / critical.of(subject);
      return Resampling.ofSeeds(subject.seeds())
          .estimate(
              (seeds, images) -> mean(dimensions, seeds) / critical.bounded(subject, seeds),
              relativeError(dimensions) * share);
    };
  }

  /**
   * Chunks and the networks that they are held against, with as many seeds and the same images.
   *
   * @param chunks of the widest network
   * @param networks full networks of several widths, each narrower than that
   */
  public record Pair(Subject chunks, List<Subject> networks) {}

  /**
   * The dimension of chunks of w neurons divided by that of full networks of width w, both on the
   * first 4,000 test images and a mean over seeds, width by width.
   *
   * @return refuses to compare with no network
   */
  public static Function<Pair, Estimates> ratios() {
    return pair -> {
      if (pair.networks().isEmpty()) {
        throw new Unmeasurable(
            "full networks at least as wide as w* and narrower than %s to hold chunks against"
                .formatted(pair.chunks().name()),
            "train networks of more widths, with a larger -Dscale");
      }
      return new Estimates(
          pair.networks().stream()
              .map(
                  network -> {
                    Estimate ratio = ratio(pair.chunks(), network);
                    return new Estimates.Case(
                        "W = " + network.width(), ratio, Math.abs(Math.log(ratio.value())));
                  })
              .toList());
    };
  }

  private static Estimate ratio(Subject layer, Subject network) {
    List<IntrinsicDimension.Dimension> chunks =
        layer.chunkDimensions(network.width(), COMPARED_IMAGES);
    List<IntrinsicDimension.Dimension> networks = network.dimensions(COMPARED_IMAGES);
    double ratio = mean(chunks) / mean(networks);
    return Resampling.ofSeeds(Math.min(chunks.size(), networks.size()))
        .estimate(
            (seeds, images) -> mean(chunks, seeds) / mean(networks, seeds),
            // As if they saw different images: rather too wide than too narrow.
            ratio * Math.hypot(relativeError(chunks), relativeError(networks)));
  }

  /** What is compared of full networks, for figures: mean over seeds. */
  public static CurvePoint ofNetworks(Subject networks) {
    return point(networks.dimensions(COMPARED_IMAGES));
  }

  /** What is compared of chunks of some size, for figures: mean over chunks and seeds. */
  public static CurvePoint ofChunks(Subject layer, int size) {
    return point(layer.chunkDimensions(size, COMPARED_IMAGES));
  }

  private static CurvePoint point(List<IntrinsicDimension.Dimension> dimensions) {
    return CurvePoint.of(ofAll(dimensions))
        .withSeeds(dimensions.size(), one -> mean(dimensions, one));
  }

  private static double mean(List<IntrinsicDimension.Dimension> dimensions) {
    return dimensions.stream()
        .mapToDouble(IntrinsicDimension.Dimension::value)
        .average()
        .orElseThrow();
  }

  private static double mean(List<IntrinsicDimension.Dimension> dimensions, int[] seeds) {
    return mean(Arrays.stream(seeds).mapToObj(dimensions::get).toList());
  }

  /** Of the mean over networks, which err with their images as one. */
  private static double relativeError(List<IntrinsicDimension.Dimension> dimensions) {
    return dimensions.stream()
            .mapToDouble(IntrinsicDimension.Dimension::standardError)
            .average()
            .orElseThrow()
        / mean(dimensions);
  }
}
