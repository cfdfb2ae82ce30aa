package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsJsonTest {

  private static final ClaimResult C02 =
      SampleResults.result(ClaimId.C02, "a.B#c", Verdict.REPRODUCED, Optional.empty());
  private static final ClaimResult C01 =
      SampleResults.result(
          ClaimId.C01,
          "a.B#d",
          Verdict.UNTESTED,
          Optional.of(Verdict.REPRODUCED),
          Set.of(Verdict.REPRODUCED, Verdict.UNDERPOWERED));

  @TempDir Path folder;
  private Path file;
  private ClaimsJson claims;

  @BeforeEach
  void start() {
    file = folder.resolve("reports/claims.json");
    claims = new ClaimsJson(file);
  }

  @Test
  void results_are_kept_in_order_whatever_order_they_come_in() {
    claims.put(C02);
    claims.put(C01);

    assertThat(claims.read()).containsExactly(C01, C02);
  }

  @Test
  void a_result_takes_the_place_of_the_same_tests_older_one() {
    ClaimResult again =
        SampleResults.result(ClaimId.C02, "a.B#c", Verdict.UNDERPOWERED, Optional.empty());
    claims.put(C02);
    claims.put(C01);
    claims.put(again);

    assertThat(claims.read()).containsExactly(C01, again);
  }

  @Test
  void nothing_but_the_file_is_left_in_the_folder() {
    claims.put(C02);

    assertThat(folder.resolve("reports")).isDirectoryContaining(file::equals);
    assertThat(folder.resolve("reports").toFile().list()).hasSize(1);
  }

  @Test
  void clearing_forgets_all_results() {
    claims.put(C02);
    claims.clear();

    assertThat(file).doesNotExist();
  }

  @Test
  void a_missing_or_broken_file_says_what_to_do() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claims.read())
        .withMessageContaining("claims.json: no such file")
        .withMessageContaining("run the claims first");

    Files.createDirectories(file.getParent());
    Files.writeString(file, "[{");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claims.read())
        .withMessageContaining("not readable as JSON, delete it");

    Files.writeString(file, "{}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claims.put(C02))
        .withMessageContaining("not a list of results");
  }
}
