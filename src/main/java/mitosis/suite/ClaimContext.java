package mitosis.suite;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectation;
import mitosis.report.PowerTable;

/** Where claims are checked: what a check needs to know of the run it belongs to. */
public interface ClaimContext {

  /** How what is measured departs from the papers, in words for the report; Markdown. */
  String departure(String system);

  /**
   * What to do about a quantity that does not exist for a system's networks.
   *
   * @param remedy what the measurement says
   */
  default String remedy(String system, String remedy) {
    return remedy;
  }

  /** The command that checks one claim on one system again, as it was checked here. */
  String rerun(ClaimId claim, String system);

  /** What the numbers of a system were made from. */
  Map<String, Object> provenance(String system);

  /**
   * Where what a test measures is kept from run to run.
   *
   * @param test as {@code class#method}
   * @param measuring a class from the folder of the tests that say what is measured
   * @return nothing where it is measured anew each time
   */
  default Optional<KeptMeasurement> kept(Expectation expectation, String test, Class<?> measuring) {
    return Optional.empty();
  }

  /** Adds a result to those of the run, so that they are whole after every test. */
  void report(ClaimResult result);

  /** How often a check is wrong, as far as it was tried. */
  PowerTable.Row power(Expectation expectation);

  /** The folder of the figures. */
  Path figures();

  /** The folder of the tables of dynamics. */
  Path dynamics();

  /** The place where what one test measures is kept from run to run. */
  interface KeptMeasurement {

    /** Where it is, or would be. */
    Path file();

    /**
     * What was measured before of the same networks by the same code.
     *
     * @return nothing if there is none that can be used; a damaged one is named on standard output
     */
    Optional<Measured> read();

    /**
     * Keeps what was measured.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    void write(Measured measured);
  }
}
