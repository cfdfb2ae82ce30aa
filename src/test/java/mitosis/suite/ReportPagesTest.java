package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import mitosis.claim.Band;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Interval;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.report.ClaimsJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPagesTest {

  @TempDir Path folder;

  @Test
  void pages_are_made_of_the_results_that_tests_left() {
    new ClaimsJson(folder.resolve("claims.json"))
        .put(
            new ClaimResult(
                ClaimId.C06,
                "pmnist-fc5",
                Scale.QUICK,
                "a.Test#a_chunk_rebuilds_the_layer",
                Verdict.REPRODUCED,
                Optional.empty(),
                Set.of(),
                Baseline.State.NONE,
                "held_out_r2",
                OptionalDouble.of(0.997),
                Optional.of(new Interval(0.996, 0.998)),
                Band.between(0.99, 1),
                OptionalDouble.empty(),
                List.of(),
                "REPRODUCED: why",
                "mvn verify",
                Map.of(ClaimResult.DEPARTURE, "160 epochs instead of 5,000.")));

    ReportPages.main(new String[] {folder.toString()});

    for (String page : List.of("index.html", "claims.md")) {
      assertThat(folder.resolve(page))
          .content()
          .contains("0.997", "pmnist-fc5, quick scale: 160 epochs instead of 5,000.");
    }
  }

  @Test
  void without_results_there_is_no_page() {
    ReportPages.main(new String[] {folder.toString()});
    assertThat(Files.exists(folder.resolve("index.html"))).isFalse();
  }
}
