package mitosis.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.claim.Control;
import mitosis.claim.Estimate;
import mitosis.claim.Judgement.SideNote;
import mitosis.report.Figure;

/**
 * All that one test of a claim measures: what decides it, what is told beside it, and what is drawn
 * of it. It is a value, so that it can be kept and read again in place of measuring.
 *
 * @param estimate of the quantity; empty exactly if the quantity does not exist
 * @param missing why the quantity does not exist
 * @param controls what the same check said of the controls
 * @param beside what is told beside the number
 * @param figures in the order in which the test names them; empty where one cannot be drawn
 * @param tables comma-separated values, by the networks that they are of
 */
public record Measured(
    Optional<Estimate> estimate,
    Optional<Missing> missing,
    List<Control> controls,
    List<SideNote> beside,
    List<Optional<Figure>> figures,
    Map<String, String> tables) {

  /**
   * Why a quantity does not exist.
   *
   * @param what it would need
   * @param remedy how that could be had
   */
  public record Missing(String what, String remedy) {}

  /**
   * Keeps copies.
   *
   * @throws IllegalArgumentException if there is both an estimate and a reason why there is none,
   *     or neither
   */
  public Measured {
    controls = List.copyOf(controls);
    beside = List.copyOf(beside);
    figures = List.copyOf(figures);
    tables = Map.copyOf(tables);
    if (estimate.isPresent() == missing.isPresent()) {
      throw new IllegalArgumentException(
          "a quantity is either measured or missing, not %s and %s".formatted(estimate, missing));
    }
  }

  /** A number with its controls and what is told beside it. */
  public static Measured of(Estimate estimate, List<Control> controls, List<SideNote> beside) {
    return new Measured(
        Optional.of(estimate), Optional.empty(), controls, beside, List.of(), Map.of());
  }

  /** A quantity that does not exist. */
  public static Measured missing(String what, String remedy) {
    return new Measured(
        Optional.empty(),
        Optional.of(new Missing(what, remedy)),
        List.of(),
        List.of(),
        List.of(),
        Map.of());
  }

  /** This with what is drawn of it. */
  public Measured shownAs(List<Optional<Figure>> drawn, Map<String, String> tabulated) {
    return new Measured(estimate, missing, controls, beside, drawn, tabulated);
  }
}
