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
 * @param recorded what an earlier run found at this scale, maybe against another band; empty if the
 *     claim is new here
 * @param note what lies behind the recorded verdict; empty if nothing was written of it
 * @param baseline the recorded values at this scale; empty if there are none
 */
public record Expectation(
    String system,
    Scale scale,
    Statement statement,
    Quantity quantity,
    Optional<Finding> recorded,
    Optional<String> note,
    Optional<Baseline> baseline) {

  /** Which claim. */
  public ClaimId claim() {
    return statement.claim();
  }

  /** The values that agree with the claim. */
  public Band band() {
    return quantity.band();
  }

  /** The recorded verdict; nothing if the claim is new here, or was held against another band. */
  public Optional<Finding> finding() {
    return recorded.filter(each -> each.isOf(band()));
  }

  /** A recorded verdict that was found against another band, and so counts as none. */
  public Optional<Finding> findingOfAnotherBand() {
    return recorded.filter(each -> !each.isOf(band()));
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
              + ", add it in expected/");
    }
    return value;
  }

  /**
   * The same as if nothing had been recorded: for runs of another size than those that findings and
   * baselines come from.
   */
  public Expectation unrecorded() {
    return new Expectation(
        system, scale, statement, quantity, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** As in {@code C06 reconstruction on pmnist-fc5 (quick), held_out_r2}. */
  @Override
  public String toString() {
    return claim().title() + " on " + system + " (" + scale.word() + "), " + quantity.name();
  }
}
