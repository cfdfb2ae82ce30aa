package mitosis.claim;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mitosis.claim.ClaimsFile.SystemFile;

/**
 * What earlier runs found, as {@code -Dexpected.record} writes it to {@code expected/findings/}.
 * What is written by hand lies in other files.
 *
 * @param folder the folder {@code expected}
 */
public record RecordedFindings(Path folder) {

  /**
   * Puts in what was found of one quantity, in place of what was recorded before.
   *
   * @param expectation which quantity, and what was recorded of it before
   * @param verdict what was found
   * @param estimate what was measured; empty if nothing was
   * @param otherSeeds how many groups of other seeds came to which verdict; empty to leave what was
   *     recorded of them against the same band
   * @param baseline the quantity from other seeds, or nothing to leave it as it was
   * @return what changed, in words
   * @throws IllegalArgumentException if what was recorded before cannot be read
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public String put(
      Expectation expectation,
      Verdict verdict,
      Optional<Estimate> estimate,
      Map<Verdict, Integer> otherSeeds,
      Optional<Baseline> baseline) {
    String quantity = expectation.quantity().name();
    FindingsFile file =
        FindingsFile.read(
            folder,
            expectation.system(),
            SystemFile.read(folder, expectation.system()).content().claims());
    Optional<Finding> before = expectation.finding();
    FindingsFile.Entry entry =
        new FindingsFile.Entry(
            verdict,
            expectation.band().toString(),
            estimate.map(FindingsFile.Measured::of),
            otherSeeds.isEmpty() ? before.map(Finding::otherSeeds) : Optional.of(otherSeeds),
            baseline.or(
                () ->
                    file.of(expectation.claim(), quantity, expectation.scale())
                        .flatMap(FindingsFile.Entry::baseline)));
    file.put(expectation.claim(), quantity, expectation.scale(), entry);
    return "%s: %s -> %s, baseline %s -> %s"
        .formatted(
            expectation,
            before.map(Finding::toString).orElse("NEW"),
            entry.finding(),
            expectation.baseline().map(Baseline::toString).orElse("none"),
            baseline.map(Baseline::toString).orElse("kept"));
  }
}
