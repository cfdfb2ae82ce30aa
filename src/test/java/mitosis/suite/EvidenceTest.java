package mitosis.suite;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mitosis.claim.ClaimId;
import mitosis.claim.Scale;
import mitosis.data.Dataset;
import mitosis.data.Digits;
import mitosis.data.Examples.Vectors;
import mitosis.evidence.Unmeasurable.NotTrained;
import mitosis.train.Budget.BudgetSpent;
import mitosis.train.Execution;
import mitosis.train.Recipe;
import mitosis.train.Run;
import mitosis.train.Run.Manifest;
import org.junit.jupiter.api.Test;

class EvidenceTest {

  private static final Study STUDY =
      Systems.onData("pmnist-fc5").study(Scale.QUICK, List.of(0, 1, 2), "pmnist", Digits.DATASETS);

  private static final Vectors ONE = new Vectors(new float[10], 10, new int[] {1});

  /** What is trained, all at once, when the evidence is first asked for something. */
  private static List<Integer> trained(Set<ClaimId> claims) {
    List<Integer> widths = new ArrayList<>();
    Evidence evidence =
        new Evidence(
            STUDY,
            claims,
            recipes -> {
              recipes.stream().map(Recipe::width).forEach(widths::add);
              throw new IllegalStateException("asked for");
            },
            () -> new Dataset("pmnist", ONE, ONE, ""),
            THRESHOLDS,
            false);
    assertThatThrownBy(evidence::widest).hasMessage("asked for");
    return widths;
  }

  @Test
  void claimsAboutTheWidestNetworkTrainItWithAndWithoutWeightDecay() {
    assertThat(trained(Set.of(ClaimId.C06))).containsExactly(256, 256);
  }

  @Test
  void claimsThatLookAtOrDrawFullNetworksTrainAllWidths() {
    for (ClaimId claim :
        List.of(
            ClaimId.C01,
            ClaimId.C04,
            ClaimId.C05,
            ClaimId.C08,
            ClaimId.C13,
            ClaimId.C14,
            ClaimId.C15)) {
      assertThat(trained(Set.of(claim)))
          .as(claim.name())
          .containsExactly(8, 16, 32, 64, 128, 256, 256);
    }
  }

  @Test
  void whereTheTimeIsTooShortForAllWhatAClaimAsksForMayStillBeThere() {
    List<List<Integer>> asked = new ArrayList<>();
    Evidence evidence =
        new Evidence(
            STUDY,
            Set.of(ClaimId.C01),
            recipes -> {
              asked.add(recipes.stream().map(Recipe::width).toList());
              throw new BudgetSpent("the budget of 1 h was spent", "run it again");
            },
            () -> new Dataset("pmnist", ONE, ONE, ""),
            THRESHOLDS,
            false);

    assertThatThrownBy(evidence::widest)
        .isInstanceOf(NotTrained.class)
        .hasMessage("runs of pmnist-fc5 W=256: the budget of 1 h was spent")
        .extracting(e -> ((NotTrained) e).remedy())
        .isEqualTo("run it again");
    assertThat(asked).containsExactly(List.of(8, 16, 32, 64, 128, 256, 256), List.of(256));
  }

  @Test
  void theWidestAndItsEarlySnapshotBelongToTheStudy() {
    assertThat(STUDY.widest().width()).isEqualTo(256);
    assertThat(STUDY.widest().snapshots()).contains(0, STUDY.stoppedEarly(), 160);
    assertThat(STUDY.withoutWeightDecay().orElseThrow().optimiser().toString())
        .contains("weightDecay=0.0");
  }

  /** All that is asked for is there, with files of the given checksum. */
  private static Evidence stored(Set<ClaimId> claims, String sha256) {
    return new Evidence(
        STUDY,
        claims,
        recipes ->
            recipes.stream()
                .map(
                    recipe ->
                        new Run(
                            recipe,
                            new Manifest(
                                "hash of " + recipe.summary(),
                                "data",
                                Execution.onCpu(),
                                recipe.epochs(),
                                1,
                                Map.of(),
                                Map.of("weights", sha256)),
                            List.of(),
                            Path.of("run")))
                .toList(),
        () -> new Dataset("pmnist", ONE, ONE, ""),
        THRESHOLDS,
        false);
  }

  /** So that the line which reruns a claim alone finds what a whole run measured. */
  @Test
  void a_claim_alone_is_measured_on_what_it_is_measured_on_among_others() {
    for (ClaimId claim : List.of(ClaimId.C01, ClaimId.C06)) {
      assertThat(stored(Set.of(claim), "a").fingerprint(claim))
          .as(claim.name())
          .isEqualTo(stored(Set.of(ClaimId.values()), "a").fingerprint(claim));
    }
  }

  @Test
  void networks_with_other_weights_are_others() {
    assertThat(stored(Set.of(ClaimId.C06), "a").fingerprint(ClaimId.C06))
        .isNotEqualTo(stored(Set.of(ClaimId.C06), "b").fingerprint(ClaimId.C06));
  }

  @Test
  void a_claim_about_all_widths_is_measured_on_the_runs_of_all_of_them() {
    assertThat(stored(Set.of(ClaimId.C01), "a").fingerprint(ClaimId.C01))
        .hasSize(7)
        .allMatch(run -> run.contains("weights=a"));
  }
}
