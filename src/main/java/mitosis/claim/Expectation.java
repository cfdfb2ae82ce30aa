package mitosis.claim;

import java.util.Optional;
import java.util.TreeSet;

/**
 * All that is fixed about one test before it measures anything.
 *
 * @param system the system measured, e.g. {@code pmnist-fc5}
 * @param scale the scale of the run
 * @param statement the claim in words, and where it stands
 * @param quantity what is measured and the band it is held against
 * @param finding the recorded verdict at this scale; empty if the claim is new here
 * @param baseline the recorded values at this scale; empty if there are none
 */
public record Expectation(
    String system,
    Scale scale,
    Statement statement,
    Quantity quantity,
    Optional<Finding> finding,
    Optional<Baseline> baseline) {

  /** Which claim. */
  public ClaimId claim() {
    return statement.claim();
  }

  /** The values that agree with the claim. */
  public Band band() {
    return quantity.band();
  }

  /**
   * A number of the quantity's rule, e.g. the chunk size at which R² is taken.
   *
   * @throws IllegalArgumentException if the rule has no such number; the message lists those it has
   */
  public double setting(String name) {
    Double value = quantity.settings().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          this
              + " has no setting '"
              + name
              + "'; it has "
              + new TreeSet<>(quantity.settings().keySet())
              + ", add it to the system's file in expected/");
    }
    return value;
  }

  /**
   * The same as if nothing had been recorded: for runs of another size than those that findings and
   * baselines come from.
   */
  public Expectation unrecorded() {
    return new Expectation(system, scale, statement, quantity, Optional.empty(), Optional.empty());
  }

  /** As in {@code C06 reconstruction on pmnist-fc5 (quick), held_out_r2}. */
  @Override
  public String toString() {
    return claim().title() + " on " + system + " (" + scale.word() + "), " + quantity.name();
  }
}
