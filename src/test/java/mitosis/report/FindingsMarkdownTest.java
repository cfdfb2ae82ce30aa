package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mitosis.claim.Expectations;
import org.junit.jupiter.api.Test;

class FindingsMarkdownTest {

  private static final Path EXPECTED = Path.of("expected");

  private static String page() {
    return FindingsMarkdown.text(
        Expectations.systems(EXPECTED).stream()
            .map(system -> Expectations.read(EXPECTED, system))
            .toList());
  }

  @Test
  void the_page_of_findings_is_the_one_that_the_files_give() throws IOException {
    assertThat(Files.readString(EXPECTED.resolve(FindingsMarkdown.FILE)))
        .as("stale; write it anew by mvn -q process-classes exec:java@findings")
        .isEqualTo(page());
  }

  /** The numbers are those of {@code expected/findings/cifar10-wr28.yaml}. */
  @Test
  void a_row_has_verdict_value_baseline_band_published_number_and_note() {
    assertThat(page())
        .contains(
            "## cifar10-wr28, quick scale",
            "| C04 chunk-equals-network | `worst_excess_ratio` | UNDERPOWERED (1 REPRODUCED, 1"
                + " UNDERPOWERED) | 1.22; 1.047 ± 0.1414 (2 groups) | [0.75, 1.33] | 1 | near 1 in"
                + " every group of seeds;");
  }

  @Test
  void a_system_without_findings_has_no_table() {
    assertThat(FindingsMarkdown.text(List.of(Expectations.read(EXPECTED, "imagenet-resnet50"))))
        .doesNotContain("imagenet-resnet50");
  }
}
