package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Interval;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.report.History.Past;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");

  @TempDir Path folder;

  private static ClaimResult result(String commit, String quantity, double value) {
    return result(commit, quantity, value, List.of(0, 1, 2));
  }

  private static ClaimResult result(
      String commit, String quantity, double value, List<Integer> seeds) {
    ClaimResult sample =
        SampleResults.on(
            "pmnist-fc5", ClaimId.C02, quantity, Verdict.REPRODUCED, value, "REPRODUCED: x");
    return new ClaimResult(
        sample.claim(),
        sample.system(),
        sample.scale(),
        sample.test(),
        sample.verdict(),
        sample.finding(),
        sample.otherSeeds(),
        sample.baseline(),
        sample.quantity(),
        sample.measured(),
        sample.interval(),
        sample.band(),
        sample.published(),
        sample.controls(),
        sample.reason(),
        sample.rerun(),
        Map.of("commit", commit, "seeds", seeds, "engine", "not kept"));
  }

  private History history() {
    return new History(folder.resolve("history"));
  }

  @Test
  void what_was_found_comes_back_with_commit_time_and_conditions() {
    history().keep(result("abc123+", "exponent", -0.5), MONDAY);

    assertThat(history().read())
        .isEqualTo(
            new Past(
                List.of(
                    new PastResult(
                        ClaimId.C02,
                        "pmnist-fc5",
                        Scale.QUICK,
                        "exponent",
                        Map.of("seeds", List.of(0, 1, 2)),
                        Verdict.REPRODUCED,
                        OptionalDouble.of(-0.5),
                        Optional.of(new Interval(-0.6, -0.4)),
                        "abc123+",
                        MONDAY)),
                List.of()));
    assertThat(folder.resolve("history/abc123+.json")).exists();
  }

  @Test
  void what_was_not_measured_and_what_is_unbounded_comes_back_too() {
    ClaimResult untested =
        SampleResults.on(
            "pmnist-fc5", ClaimId.C02, "exponent", Verdict.UNTESTED, 0, "UNTESTED: missing");
    PastResult unbounded =
        new PastResult(
            ClaimId.C01,
            "pmnist-fc5",
            Scale.FULL,
            "exponent",
            Map.of(),
            Verdict.UNDERPOWERED,
            OptionalDouble.of(1),
            Optional.of(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)),
            "abc123",
            MONDAY);
    history().keep(untested, MONDAY);

    assertThat(history().read().results())
        .singleElement()
        .satisfies(past -> assertThat(past.measured()).isEmpty())
        .satisfies(past -> assertThat(past.interval()).isEmpty());
    assertThat(PastResult.read(PastResult.write(unbounded), "abc123")).isEqualTo(unbounded);
  }

  @Test
  void the_same_commit_replaces_what_it_measures_again_and_keeps_the_rest() {
    history().keep(result("abc", "exponent", -0.5), MONDAY);
    history().keep(result("abc", "slope", -1), MONDAY);
    history().keep(result("abc", "exponent", -0.5, List.of(0, 1, 2, 3)), MONDAY);
    history().keep(result("abc", "exponent", -0.4), TUESDAY);
    history().keep(result("def", "exponent", -0.3), TUESDAY);

    Past past = history().read();
    assertThat(past.results()).hasSize(4);
    assertThat(past.of(result("new", "exponent", 0)))
        .extracting(each -> each.measured().getAsDouble())
        .containsExactly(-0.4, -0.3);
    assertThat(folder.resolve("history").toFile().list())
        .containsExactlyInAnyOrder("abc.json", "def.json");
  }

  @Test
  void a_damaged_file_is_named_and_the_others_are_read() throws IOException {
    history().keep(result("abc", "exponent", -0.5), MONDAY);
    String good = Files.readString(folder.resolve("history/abc.json"));
    write("cut", good.substring(0, 100));
    write("list", "[]");
    write("verdict", good.replace("REPRODUCED", "SPLENDID"));
    write("time", good.replace("2026-11-23T08:00:00Z", "Monday"));
    write("number", good.replace("-0.5", "\"low\""));

    Past past = history().read();
    assertThat(past.results()).hasSize(1);
    assertThat(past.unread())
        .hasSize(5)
        .allSatisfy(text -> assertThat(text).contains("not readable and left out"))
        .anySatisfy(text -> assertThat(text).contains("cut.json"))
        .anySatisfy(text -> assertThat(text).contains("SPLENDID"));
  }

  @Test
  void a_damaged_file_is_put_aside_when_its_commit_is_measured_again() throws IOException {
    write("abc", "{");
    history().keep(result("abc", "exponent", -0.5), MONDAY);

    Past past = history().read();
    assertThat(past.results()).hasSize(1);
    assertThat(past.unread()).singleElement().asString().contains("abc.json.damaged");
    assertThat(folder.resolve("history/abc.json.damaged")).hasContent("{");
  }

  @Test
  void a_commit_names_no_place_outside_the_folder() {
    history().keep(result("../../etc/x", "exponent", -0.5), MONDAY);

    assertThat(folder.resolve("history").toFile().list()).containsExactly(".._.._etc_x.json");
  }

  @Test
  void without_a_folder_there_is_no_past() {
    assertThat(history().read()).isEqualTo(Past.none());
  }

  private void write(String commit, String content) throws IOException {
    Files.createDirectories(folder.resolve("history"));
    Files.writeString(folder.resolve("history").resolve(commit + ".json"), content);
  }
}
