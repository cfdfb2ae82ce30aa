package mitosis.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
