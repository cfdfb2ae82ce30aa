package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.Reconstruction;
import mitosis.claim.Estimate;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** How well chunks rebuild the full layer, and what they miss (claims C06, C07 and C10). */
public final class ReconstructionMeasurements {

  private ReconstructionMeasurements() {}

  /**
   * Held-out R² from chunks of a size (C06).
   *
   * @param chunkSize w, any
   * @param sizes where correlations are measured on the way
   */
  public static Measurement<Subject> heldOutR2(int chunkSize, int[] sizes) {
    return subject ->
        overSeeds(subject.reconstructions(sizes), layer -> layer.heldOutR2At(chunkSize).mean());
  }

  /**
   * The share of the variance of R²(w), w = 1…below−1, that a straight line explains (C06).
   *
   * @param below where R² is said to stop growing linearly
   * @param sizes where correlations are measured on the way
   */
  public static Measurement<Subject> linearGrowth(int below, int[] sizes) {
    return subject -> {
      if (subject.width() < below - 1) {
        throw new Unmeasurable(
            "R² at chunks of up to %d neurons, in a layer of %d"
                .formatted(below - 1, subject.width()),
            "train wider networks, with a larger -Dscale");
      }
      return overSeeds(
          subject.reconstructions(sizes),
          layer -> {
            SimpleRegression line = new SimpleRegression();
            IntStream.range(1, below).forEach(w -> line.addData(w, layer.r2At(w).mean()));
            return line.getRSquare();
          });
    };
  }

  /**
   * Mean absolute off-chunk correlation of the residuals (C07).
   *
   * @param size chunk size, one of {@code sizes}
   * @param sizes where correlations are measured
   */
  public static Measurement<Subject> correlation(int size, int[] sizes) {
    return subject -> overSeeds(subject.reconstructions(sizes), layer -> offChunk(layer, size));
  }

  /** The correlation at one size divided by that at another, smaller one (C07). */
  public static Measurement<Subject> correlationDrop(int size, int small, int[] sizes) {
    return subject -> {
      List<Reconstruction> layers = subject.reconstructions(sizes);
      return Resampling.ofSeeds(layers.size())
          .estimate(
              (seeds, images) ->
                  mean(layers, seeds, layer -> offChunk(layer, size))
                      / mean(layers, seeds, layer -> offChunk(layer, small)));
    };
  }

  /**
   * The correlation in one subject divided by that in another with as many seeds (C10).
   *
   * @param other what it is divided by
   */
  public static Measurement<Subject> correlationRatio(Subject other, int size, int[] sizes) {
    return subject -> {
      List<Reconstruction> above = subject.reconstructions(sizes);
      List<Reconstruction> below = other.reconstructions(sizes);
      return Resampling.ofSeeds(Math.min(above.size(), below.size()))
          .estimate(
              (seeds, images) ->
                  mean(above, seeds, layer -> offChunk(layer, size))
                      / mean(below, seeds, layer -> offChunk(layer, size)));
    };
  }

  /**
   * Largest minus smallest correlation over some snapshots, divided by the last (C10).
   *
   * @param size chunk size, one of {@code sizes}
   * @return of the same networks at successive epochs
   */
  public static Measurement<List<Subject>> correlationSpread(int size, int[] sizes) {
    return snapshots ->
        Resampling.ofSeeds(snapshots.get(0).seeds())
            .estimate(
                (seeds, images) -> {
                  double[] curve =
                      snapshots.stream()
                          .mapToDouble(
                              snapshot ->
                                  mean(
                                      snapshot.reconstructions(sizes),
                                      seeds,
                                      layer -> offChunk(layer, size)))
                          .toArray();
                  double spread =
                      Arrays.stream(curve).max().orElseThrow()
                          - Arrays.stream(curve).min().orElseThrow();
                  return spread / curve[curve.length - 1];
                });
  }

  /**
   * Mean absolute correlation of the residuals off chunks of a size.
   *
   * @throws Unmeasurable if the layer has no such value: the size was not measured, or fewer than
   *     two live neurons are left outside the chunk
   */
  public static double offChunk(Reconstruction layer, int size) {
    return layer
        .offChunkAt(size)
        .orElseThrow(
            () ->
                new Unmeasurable(
                    "two live neurons outside a chunk of %d of %d".formatted(size, layer.width()),
                    "train wider networks, with a larger -Dscale"))
        .absolute()
        .mean();
  }

  /** Its mean over some of the layers. */
  static double offChunk(List<Reconstruction> layers, int[] seeds, int size) {
    return mean(layers, seeds, layer -> offChunk(layer, size));
  }

  /** The mean of a quantity over layers, with its interval over seeds, for figures. */
  public static CurvePoint mean(
      List<Reconstruction> layers, ToDoubleFunction<Reconstruction> quantity) {
    return CurvePoint.overSeeds(layers.size(), seeds -> mean(layers, seeds, quantity));
  }

  private static Estimate overSeeds(
      List<Reconstruction> layers, ToDoubleFunction<Reconstruction> quantity) {
    return Resampling.ofSeeds(layers.size())
        .estimate((seeds, images) -> mean(layers, seeds, quantity));
  }

  private static double mean(
      List<Reconstruction> layers, int[] seeds, ToDoubleFunction<Reconstruction> quantity) {
    return Arrays.stream(seeds)
        .mapToDouble(seed -> quantity.applyAsDouble(layers.get(seed)))
        .average()
        .orElseThrow();
  }
}
