package mitosis.claim;

import java.util.Comparator;
import java.util.List;

/**
 * What was measured of a quantity in several cases that a claim must hold for alike, such as one
 * width after the other.
 *
 * @param cases at least one
 */
public record Estimates(List<Case> cases) {

  /**
   * One of them.
   *
   * @param name which one, e.g. {@code W = 128}
   * @param estimate what was measured
   * @param departure how far the value is from what the claim says to the letter, in a unit that
   *     all cases share, e.g. |log r| of a ratio r that is to be 1
   */
  public record Case(String name, Estimate estimate, double departure) {}

  /**
   * Keeps a copy of the list.
   *
   * @throws IllegalArgumentException if there is no case
   */
  public Estimates {
    cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException(
          "estimates are of no case; a measurement that has none is to say what it lacks");
    }
  }

  /**
   * The case that decides whether all agree with a band: that with the worst verdict, {@code
   * NOT_REPRODUCED} before {@code UNDERPOWERED} before {@code REPRODUCED}, and among those with the
   * same verdict the one that departs most, the last of equals.
   */
  public Case worst(Band band) {
    return cases.stream()
        .max(
            Comparator.<Case>comparingInt(each -> badness(band.judge(each.estimate())))
                .thenComparingDouble(Case::departure))
        .orElseThrow();
  }

  private static int badness(Verdict verdict) {
    return switch (verdict) {
      case REPRODUCED -> 0;
      case UNDERPOWERED, UNTESTED -> 1;
      case NOT_REPRODUCED -> 2;
    };
  }
}
