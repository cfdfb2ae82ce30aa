package mitosis.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.WideOrEnsemble.Comparison;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;

/**
 * One wide network against an ensemble of narrow ones (claim C13). A comparison takes ensembles
 * that are there when one seed is left out: of S−1 networks at most.
 */
public final class Ensembling {

  private static final String MORE =
      "train more seeds, with -Dseeds, or more widths, with a larger -Dscale";

  private Ensembling() {}

  /**
   * The accuracy of n networks of width w less that of one of width n·w, for each pair of widths.
   *
   * @return refuses networks of one width, and those of which no ensemble is as wide as another
   */
  public static Function<Ensembles, Estimates> gainsOfSameWidth() {
    return ensembles -> {
      requireTwoWidths(ensembles);
      List<Comparison> pairs =
          ensembles.compared().ofSameWidth(ImageWeights.equal(ensembles.blocks())).stream()
              .filter(pair -> pair.networks() < ensembles.seeds())
              .toList();
      if (pairs.isEmpty()) {
        throw new Unmeasurable(
            "an ensemble of at most %d networks that is as wide together as one of those of widths %s"
                .formatted(ensembles.seeds() - 1, Arrays.toString(ensembles.widths())),
            MORE);
      }
      return new Estimates(
          pairs.stream()
              .map(
                  pair -> {
                    Estimate gain =
                        resampling(ensembles)
                            .estimate(
                                (seeds, images) -> -advantage(ensembles, pair, seeds, images));
                    return new Estimates.Case(
                        "%d of W = %d".formatted(pair.networks(), pair.narrow()),
                        gain,
                        Math.abs(gain.value()));
                  })
              .toList());
    };
  }

  /** Largest minus smallest accuracy, over widths, of ensembles of infinitely many networks. */
  public static Measurement<Ensembles> spreadOfLargeEnsembles() {
    return ensembles -> {
      requireTwoWidths(ensembles);
      return resampling(ensembles)
          .estimate(
              (seeds, images) -> {
                double[] limits =
                    IntStream.of(ensembles.widths())
                        .mapToDouble(width -> ensembles.limit(width, seeds, images))
                        .sorted()
                        .toArray();
                return limits[limits.length - 1] - limits[0];
              });
    };
  }

  /**
   * The accuracy of one of the widest networks less that of the ensemble with as many activations,
   * of the narrowest networks of which there are enough.
   *
   * @param most networks in the ensemble
   */
  public static Measurement<Ensembles> advantageOfWidth(int most) {
    return ensembles -> {
      requireTwoWidths(ensembles);
      int[] widths = ensembles.widths();
      int widest = widths[widths.length - 1];
      int allowed = Math.min(most, ensembles.seeds() - 1);
      Comparison pair =
          ensembles.compared().ofSameMemory(ImageWeights.equal(ensembles.blocks())).stream()
              .filter(each -> each.wide() == widest && each.networks() <= allowed)
              .max(Comparator.comparingInt(Comparison::networks))
              .orElseThrow(
                  () ->
                      new Unmeasurable(
                          "an ensemble of at most %d networks with as many activations as one of width %d"
                              .formatted(allowed, widest),
                          MORE));
      return resampling(ensembles)
          .estimate((seeds, images) -> advantage(ensembles, pair, seeds, images));
    };
  }

  private static double advantage(
      Ensembles ensembles, Comparison pair, int[] seeds, ImageWeights images) {
    return ensembles.accuracy(pair.wide(), 1, seeds, images)
        - ensembles.accuracy(pair.narrow(), pair.networks(), seeds, images);
  }

  private static void requireTwoWidths(Ensembles ensembles) {
    if (ensembles.widths().length < 2) {
      throw new Unmeasurable(
          "networks of two widths, but there are only those of "
              + Arrays.toString(ensembles.widths()),
          MORE);
    }
  }

  private static Resampling resampling(Ensembles ensembles) {
    return Resampling.ofSeedsAndImages(ensembles.seeds(), ensembles.blocks());
  }
}
