package mitosis.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.Band;
import mitosis.claim.CheckPower;
import mitosis.claim.CheckPower.PowerPosition;
import mitosis.claim.Decimal;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;

/**
 * How often each check of a run says the wrong thing, by how far the truth lies from the edge of
 * its band, as it was found on made-up subjects.
 *
 * @param rows the checks, in the order of claims
 */
public record PowerTable(List<Row> rows) {

  /** What is said above the table; Markdown and HTML alike, as it has neither. */
  static final String ABOUT =
      "How often a check fails a subject that has the property, or passes one that has not, was"
          + " counted on made-up subjects, each a fresh one, whose true value is known, with the"
          + " seeds and images of the run. Bounds are one-sided, at 95 %; the goal is 0.001, and to"
          + " decide in half of all cases. UNDERPOWERED and UNTESTED are no wrong verdicts. Test"
          + " errors were made up image by image; of layers, which take seconds to measure, what is"
          + " measured of each network, with the spread that trained ones have. These counts are"
          + " recorded, not made in each run. What was made up is in expected/power.csv.";

  /** A check that decides more rarely is said to want more, though it is never wrong. */
  private static final double SELDOM = 0.5;

  /** Keeps a copy. */
  public PowerTable {
    rows = List.copyOf(rows);
  }

  /**
   * A check.
   *
   * @param expectation what it checks
   * @param power what is known of it; empty if it was not tried, or for another band alone
   * @param ofAnotherBand whether it was tried for another band
   */
  public record Row(Expectation expectation, Optional<CheckPower> power, boolean ofAnotherBand) {

    /** What is said of a check without trials. */
    String untried() {
      return ofAnotherBand ? "not tried for this band" : "not tried";
    }

    /** One line for each true value, the smallest first; none if nothing was tried. */
    List<Line> lines() {
      return power.stream()
          .flatMap(
              check ->
                  check.positions().stream()
                      .filter(position -> position.seeds() == check.seeds())
                      .filter(position -> position.trials() > 0)
                      .map(position -> new Line(check, position, expectation.band())))
          .toList();
    }

    /** The lines as a table, for machines; empty if nothing was tried. */
    public String csv() {
      return lines().isEmpty()
          ? ""
          : lines().stream()
              .map(
                  line ->
                      "%s,%d,%d,%d,%s,%s"
                          .formatted(
                              line.position().truth(),
                              line.position().seeds(),
                              line.position().trials(),
                              line.position().errors(expectation.band()),
                              line.position().mostWrong(expectation.band()),
                              line.position().decided()))
              .collect(
                  Collectors.joining(
                      "\n", "truth,seeds,trials,wrong,chance_at_most,decided\n", "\n"));
    }

    /** Claim and system, and the scale if trials are of another than the run's. */
    String check() {
      return expectation.claim()
          + " on "
          + expectation.system()
          + power
              .filter(check -> check.key().scale() != expectation.scale())
              .map(check -> " (" + check.key().scale().word() + ")")
              .orElse("");
    }
  }

  /** What is known of a check at one true value with the scale's seeds. */
  record Line(CheckPower check, PowerPosition position, Band band) {

    String truth() {
      return Decimal.text(position.truth());
    }

    /** As in {@code 0.15 inside}. */
    String place() {
      return Decimal.text(band.distanceToEdge(position.truth()))
          + (band.contains(position.truth()) ? " inside" : " outside");
    }

    /** As in {@code fails it in 3 of 3,000, at most 0.0026}. */
    String wrong() {
      return "%s %,d of %,d, at most %s"
          .formatted(
              PowerPosition.wrong(band, position.truth()) == Verdict.NOT_REPRODUCED
                  ? "fails"
                  : "passes",
              position.errors(band),
              position.trials(),
              Decimal.text(position.mostWrong(band)));
    }

    String decided() {
      return String.format(Locale.ROOT, "%.1f %%", 100 * position.decided());
    }

    /** What would reach the goal and decide in half of all cases; empty if it is so. */
    String remedy() {
      if (does(position)) {
        return "";
      }
      if (position.errors(band) == 0 && position.decided() >= SELDOM) {
        return "more trials";
      }
      List<PowerPosition> more =
          check.positions().stream()
              .filter(other -> other.truth() == position.truth())
              .filter(other -> other.seeds() > position.seeds() && other.trials() > 0)
              .toList();
      return more.stream()
          .filter(this::does)
          .findFirst()
          .map(other -> other.seeds() + " seeds")
          .orElseGet(() -> estimate(more.isEmpty() ? position : more.get(more.size() - 1)));
    }

    /** From the width of intervals, where no number of seeds that was tried does. */
    private String estimate(PowerPosition last) {
      return last.growthToDecide(band)
          .map(
              growth ->
                  "about %,d times %d seeds, or the images"
                      .formatted(Math.max(2, growth), last.seeds()))
          .orElse("no number of seeds can be named");
    }

    private boolean does(PowerPosition other) {
      return other.reachesGoal(band) && other.decided() >= SELDOM;
    }
  }

  /** Nothing to show. */
  public static PowerTable none() {
    return new PowerTable(List.of());
  }

  /**
   * The checks of the systems that a run measured.
   *
   * @param columns the systems, each at its scale
   * @param expected what is expected of them
   * @param recorded what is known of the checks; where nothing is at a system's scale, what is at a
   *     larger one
   */
  public static PowerTable of(
      List<ClaimMatrix.Column> columns, List<Expectations> expected, RecordedPower recorded) {
    List<Row> rows = new ArrayList<>();
    for (ClaimMatrix.Column column : columns) {
      expected.stream()
          .filter(each -> each.system().equals(column.system()))
          .flatMap(each -> each.at(column.scale()).stream())
          .map(expectation -> row(expectation, recorded))
          .forEach(rows::add);
    }
    return new PowerTable(rows);
  }

  /** The check of one quantity. */
  public static Row row(Expectation expectation, RecordedPower recorded) {
    List<CheckPower> tried = tried(expectation, recorded);
    Optional<CheckPower> power =
        tried.stream().filter(check -> check.isOf(expectation.band())).findFirst();
    return new Row(expectation, power, power.isEmpty() && !tried.isEmpty());
  }

  /** What is known of a check at the scale of the run and at larger ones. */
  private static List<CheckPower> tried(Expectation expectation, RecordedPower recorded) {
    return Stream.concat(Stream.of(expectation.scale()), larger(expectation.scale()))
        .map(
            scale ->
                new CheckPower.Key(
                    expectation.system(),
                    scale,
                    expectation.claim(),
                    expectation.quantity().name()))
        .flatMap(key -> recorded.of(key).stream())
        .toList();
  }

  private static Stream<Scale> larger(Scale scale) {
    return Arrays.stream(Scale.values()).filter(other -> other.compareTo(scale) > 0);
  }
}
