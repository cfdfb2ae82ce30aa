package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFindingsTest {

  @TempDir Path folder;

  private Expectation linearGrowth() {
    return Expectations.read(folder, "pmnist-fc5").of(ClaimId.C06, "linear_growth", Scale.FULL);
  }

  @Test
  void whatIsRecordedIsReadBackAndTheRestStaysAsItWas() throws IOException {
    Path file = folder.resolve("pmnist-fc5.yaml");
    String byHand = Files.readString(Path.of("expected", "pmnist-fc5.yaml"));
    Files.writeString(file, byHand);
    Baseline baseline = new Baseline(0.5, 0.01, 10, "0123456789ab");

    String change =
        new RecordedFindings(file)
            .put(
                linearGrowth(),
                Verdict.NOT_REPRODUCED,
                Map.of(Verdict.NOT_REPRODUCED, 8, Verdict.UNDERPOWERED, 2),
                Optional.of(baseline));

    assertThat(change).contains("linear_growth").contains("NEW -> NOT_REPRODUCED");
    assertThat(linearGrowth().finding().map(Finding::verdict)).contains(Verdict.NOT_REPRODUCED);
    assertThat(linearGrowth().baseline()).contains(baseline);
    int recorded = byHand.indexOf("\nrecorded:\n");
    assertThat(Files.readString(file))
        .startsWith(recorded < 0 ? byHand : byHand.substring(0, recorded));

    new RecordedFindings(file).put(linearGrowth(), Verdict.REPRODUCED, Map.of(), Optional.empty());

    assertThat(linearGrowth().finding().map(Finding::toString))
        .contains("REPRODUCED (10 groups of other seeds: NOT_REPRODUCED 8, UNDERPOWERED 2)");
  }

  @Test
  void aReasonThatSomebodyWroteForTheSameVerdictIsKept() throws IOException {
    Path file = folder.resolve("pmnist-fc5.yaml");
    Files.writeString(file, Files.readString(Path.of("expected", "pmnist-fc5.yaml")));
    RecordedFindings recorded = new RecordedFindings(file);
    recorded.put(linearGrowth(), Verdict.NOT_REPRODUCED, Map.of(), Optional.empty());
    Files.writeString(
        file,
        Files.readString(file)
            .replace("as measured; nobody has looked into it yet", "R² bends at two"));

    recorded.put(linearGrowth(), Verdict.NOT_REPRODUCED, Map.of(), Optional.empty());

    assertThat(linearGrowth().finding().map(Finding::because)).contains("R² bends at two");
  }
}
