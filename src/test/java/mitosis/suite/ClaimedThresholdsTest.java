package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.CriticalWidths.CloneThresholds;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimedThresholdsTest {

  private static final Path EXPECTED = Path.of("expected");

  @TempDir private Path folder;

  private static Expectation of(Expectations expected, ClaimId claim, String quantity) {
    return expected.of(claim, quantity, Scale.QUICK);
  }

  private static CloneThresholds thresholds(Expectations own) {
    return ClaimedThresholds.of(own, Expectations.read(EXPECTED, "pmnist-fc5"), Scale.QUICK);
  }

  @Test
  void clones_are_told_by_the_bands_that_their_systems_claims_are_held_against() {
    for (String system : new String[] {"pmnist-fc5", "cifar10-wr28"}) {
      Expectations expected = Expectations.read(EXPECTED, system);

      CloneThresholds thresholds = thresholds(expected);

      assertThat(thresholds.trainingError())
          .isEqualTo(of(expected, ClaimId.C05, "critical_width").setting("tolerance"));
      assertThat(thresholds.r2()).isEqualTo(of(expected, ClaimId.C06, "held_out_r2").band().low());
      assertThat(thresholds.correlation())
          .isEqualTo(of(expected, ClaimId.C07, "off_chunk_correlation").band().high());
      assertThat(thresholds.slope())
          .isEqualTo(of(expected, ClaimId.C03, "shallowest_local_slope").band().high());
    }
  }

  @Test
  void a_system_on_which_such_claims_are_not_tested_has_the_thresholds_of_pmnist() {
    CloneThresholds pmnist = thresholds(Expectations.read(EXPECTED, "pmnist-fc5"));

    assertThat(thresholds(Expectations.read(EXPECTED, "imagenet-resnet50"))).isEqualTo(pmnist);
    assertThat(thresholds(Expectations.read(EXPECTED, "pmnist-fc5-free"))).isEqualTo(pmnist);
  }

  @Test
  void half_of_a_brought_layer_says_how_much_its_clones_may_err() {
    Expectations expected = Expectations.read(EXPECTED, Options.SUBJECT);

    CloneThresholds thresholds = ClaimedThresholds.ofSubject(expected, Scale.QUICK);

    assertThat(thresholds.trainingError())
        .isEqualTo(of(expected, ClaimId.C05, "half_layer_excess").band().high());
    assertThat(thresholds.r2()).isEqualTo(of(expected, ClaimId.C06, "held_out_r2").band().low());
  }

  @Test
  void a_band_changed_in_the_file_alone_changes_the_threshold_and_what_is_said_of_it()
      throws IOException {
    String claims = "claims.yaml";
    String subject = Options.SUBJECT + ".yaml";
    Files.copy(EXPECTED.resolve(subject), folder.resolve(subject));
    String text = Files.readString(EXPECTED.resolve(claims));
    int from = text.indexOf("      off_chunk_correlation:");
    int high = text.indexOf("high: 0.03", from);
    Files.writeString(
        folder.resolve(claims),
        text.substring(0, high) + "high: 0.045" + text.substring(high + "high: 0.03".length()));

    CloneThresholds thresholds =
        ClaimedThresholds.ofSubject(Expectations.read(folder, Options.SUBJECT), Scale.QUICK);

    assertThat(thresholds.correlation()).isEqualTo(0.045);
    assertThat(CloneSign.INDEPENDENCE.rule(thresholds)).endsWith("is at most 0.045");
  }
}
