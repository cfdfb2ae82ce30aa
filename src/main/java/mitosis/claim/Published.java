package mitosis.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the paper itself gives for a quantity.
 *
 * @param value the published number; empty if the paper gives none for this system
 * @param read where it was read, or why there is none
 */
public record Published(OptionalDouble value, String read) {
  /** A curve of the papers' figures of which points were read. */
  public enum PublishedCurve {
    /** Test error minus err∞ of chunks of the widest network, by chunk size (P22 Fig. 3). */
    CHUNK_EXCESS_ERROR,

    /** Training error of chunks of the widest network, by chunk size (P22 Fig. 4a-c). */
    CHUNK_TRAINING_ERROR,

    /** Training error of full networks, by width (P22 Fig. 4a-c, 7a). */
    FULL_TRAINING_ERROR,

    /** R² in sample, by chunk size (P22 Fig. 4d-f). */
    RECONSTRUCTION,

    /**
     * Mean correlation of the residuals over all pairs, equation 2, by chunk size (P22 Fig. 4d-f).
     */
    CORRELATION_OF_ALL_PAIRS,

    /** Squared bias over seeds, by width (P22 Fig. S5). */
    BIAS_SQUARED,

    /** Variance over seeds, by width (P22 Fig. S5). */
    VARIANCE,

    /**
     * Test accuracy of one network of the widest, and of the ensemble of narrower ones with as much
     * memory, by number of networks (P21 Fig. 5).
     */
    ENSEMBLE_ACCURACY;

    /** As it stands in {@code expected/}. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Points of a figure of the papers, to be drawn beside what is measured. Nothing is judged by
   * them.
   *
   * @param figure which, as in {@code P22 Fig. 3b}
   * @param read how they were read off it
   * @param sizes of chunks, widths, or numbers of networks, at least 1 and increasing
   * @param values at these sizes; finite
   */
  public record PublishedPoints(
      String figure, String read, List<Double> sizes, List<Double> values) {

    /**
     * @throws IllegalArgumentException if there is no point, or not a value for each size, or sizes
     *     are below 1 or don't increase
     */
    public PublishedPoints {
      sizes = List.copyOf(sizes);
      values = List.copyOf(values);
      if (sizes.isEmpty() || sizes.size() != values.size()) {
        throw new IllegalArgumentException(
            "%d sizes and %d values; give at least one point, and a value for each size"
                .formatted(sizes.size(), values.size()));
      }
      for (int k = 0; k < sizes.size(); k++) {
        if (!(sizes.get(k) >= (k == 0 ? 1 : Math.nextUp(sizes.get(k - 1))))) {
          throw new IllegalArgumentException(
              "sizes are %s; give numbers of at least 1, each larger than the one before"
                  .formatted(sizes));
        }
        if (!Double.isFinite(values.get(k))) {
          throw new IllegalArgumentException(
              "the value at size %s is %s; give a finite number"
                  .formatted(sizes.get(k), values.get(k)));
        }
      }
    }
  }
}
