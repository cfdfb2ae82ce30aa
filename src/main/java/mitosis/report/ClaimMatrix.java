package mitosis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;

/**
 * Which claims hold on which system: a row for each claim that is known, a column for each system
 * that was measured.
 *
 * @param columns the systems, in the suite's order
 * @param rows the claims, in the papers' order
 * @param unread what of earlier runs could not be read, one sentence each
 */
public record ClaimMatrix(List<Column> columns, List<Row> rows, List<String> unread) {

  /** The verdicts, that which a reader should see first before the others. */
  private static final List<Verdict> TELLING_FIRST =
      List.of(Verdict.NOT_REPRODUCED, Verdict.UNDERPOWERED, Verdict.UNTESTED, Verdict.REPRODUCED);

  /**
   * A system at a scale.
   *
   * @param system the system's name
   * @param scale the scale it was measured at
   */
  public record Column(String system, Scale scale) {

    /** As in {@code pmnist-fc5 (quick)}. */
    @Override
    public String toString() {
      return system + " (" + scale.word() + ")";
    }
  }

  /**
   * A claim on all systems.
   *
   * @param claim which claim
   * @param statement what it says; empty if no system's file says it
   * @param cells one a column
   */
  public record Row(ClaimId claim, Optional<String> statement, List<Cell> cells) {}

  /**
   * A claim on a system.
   *
   * @param known whether the system's file has the claim, so that it could have been measured
   * @param entries its quantities, the most telling verdict first; empty if none was asked for
   */
  public record Cell(boolean known, List<Entry> entries) {

    /** Why nothing stands here: that the claim is not tested on this system, or not in this run. */
    String absence() {
      return known ? "not asked for in this run" : "not tested on this system";
    }
  }

  /**
   * A quantity of a claim on a system.
   *
   * @param result what this run found
   * @param past what all runs found, this one too, oldest first
   */
  public record Entry(ClaimResult result, List<PastResult> past) {}

  /** Keeps copies. */
  public ClaimMatrix {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    unread = List.copyOf(unread);
  }

  /**
   * How many of the numbers earlier runs measured, and this one read from what they kept.
   *
   * @return a sentence; nothing if this run measured all of them
   */
  Optional<String> loaded() {
    long loaded = results().stream().filter(ClaimResult::isLoaded).count();
    return loaded == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d results were measured by an earlier run, by the same code on the same networks, and read from the files that their provenance names; -Dmeasure.again measures them anew."
                .formatted(loaded, results().size()));
  }

  /**
   * Lays out results.
   *
   * @param results what a run found
   * @param expected what is expected of the systems, in the order of the columns; a system with
   *     results and without expectations comes last
   * @param past what earlier runs found
   */
  public static ClaimMatrix of(
      List<ClaimResult> results, List<Expectations> expected, History.Past past) {
    List<Expectation> known =
        expected.stream().flatMap(file -> file.at(Scale.QUICK).stream()).toList();
    List<Column> columns = columns(results, expected.stream().map(Expectations::system).toList());
    Set<ClaimId> claims = new TreeSet<>();
    results.forEach(result -> claims.add(result.claim()));
    known.forEach(expectation -> claims.add(expectation.claim()));
    List<Row> rows = new ArrayList<>();
    for (ClaimId claim : claims) {
      List<Expectation> ofClaim = known.stream().filter(e -> e.claim() == claim).toList();
      rows.add(
          new Row(
              claim,
              ofClaim.stream().map(e -> e.statement().text()).findFirst(),
              columns.stream()
                  .map(
                      column ->
                          new Cell(
                              ofClaim.stream().anyMatch(e -> e.system().equals(column.system())),
                              entries(results, claim, column, past)))
                  .toList()));
    }
    return new ClaimMatrix(columns, rows, past.unread());
  }

  /** All results, by claim, system and how telling they are. */
  List<ClaimResult> results() {
    return rows.stream()
        .flatMap(row -> row.cells().stream())
        .flatMap(cell -> cell.entries().stream())
        .map(Entry::result)
        .toList();
  }

  private static List<Column> columns(List<ClaimResult> results, List<String> order) {
    Set<Column> found =
        results.stream()
            .map(result -> new Column(result.system(), result.scale()))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return found.stream()
        .sorted(
            Comparator.comparingInt(
                    (Column column) ->
                        order.contains(column.system())
                            ? order.indexOf(column.system())
                            : order.size())
                .thenComparing(Column::system)
                .thenComparing(Column::scale))
        .toList();
  }

  private static List<Entry> entries(
      List<ClaimResult> results, ClaimId claim, Column column, History.Past past) {
    return results.stream()
        .filter(result -> result.claim() == claim)
        .filter(result -> Objects.equals(column, new Column(result.system(), result.scale())))
        .sorted(Comparator.comparingInt(result -> TELLING_FIRST.indexOf(result.verdict())))
        .map(result -> new Entry(result, past.of(result)))
        .toList();
  }
}
