package mitosis.report;

import java.util.List;

/**
 * What Failsafe reported of a run.
 *
 * @param completed how many tests it completed, by its summary
 * @param timedOut whether it stopped the tests' process for taking too long
 * @param crash what it says of a crash of that process; empty if there was none
 * @param deaths what is known of tests with which the process ended: the test, what it ran on, and
 *     the process's last words
 * @param cases the tests, by the report files
 */
record FailsafeRun(
    int completed, boolean timedOut, String crash, List<String> deaths, List<TestCase> cases) {

  /** How a test ended. */
  enum Ending {
    PASSED,
    /** The claim was measured and does not hold. */
    MISSED,
    SKIPPED,
    /** Anything else that is not a pass. */
    ERROR
  }

  /**
   * A test.
   *
   * @param name {@code class#method}, the class by its binary name
   * @param ending how it ended
   * @param detail the error's type and message; empty unless it ended in an error
   */
  record TestCase(String name, Ending ending, String detail) {}
}
