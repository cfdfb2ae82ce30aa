package mitosis.claim;

import java.util.Map;

/**
 * A number whose place in a band decides a claim, or a part of it.
 *
 * @param name its name in files and reports, e.g. {@code held_out_r2}
 * @param meaning what is measured, in words, with its unit or range
 * @param band the values that agree with the claim
 * @param bandReason why the band is that wide
 * @param published what the paper gives
 * @param rule how the window, size or threshold of the measurement is chosen, fixed before
 *     measuring
 * @param firstLook what to check first if the quantity misses its band
 * @param settings the numbers in the rule, by name, e.g. {@code chunk_size: 64}
 */
public record Quantity(
    String name,
    String meaning,
    Band band,
    String bandReason,
    Published published,
    String rule,
    String firstLook,
    Map<String, Double> settings) {

  /** Keeps a copy of the settings. */
  public Quantity {
    settings = Map.copyOf(settings);
  }
}
