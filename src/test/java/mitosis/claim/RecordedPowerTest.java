package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mitosis.claim.CheckPower.PowerPosition;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedPowerTest {

  private static final CheckPower.Key KEY =
      new CheckPower.Key("pmnist-fc5", Scale.QUICK, ClaimId.C01, "exponent");

  private static final Band BAND = Band.between(-0.65, -0.35);

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @TempDir Path folder;

  private static CheckPower check() {
    return new CheckPower(
        KEY,
        "outputs: of networks",
        60_000,
        BAND.toString(),
        "0123456789ab",
        List.of(
            new PowerPosition(-0.5, 8, Map.of(Verdict.REPRODUCED, 5), 0.25),
            new PowerPosition(-0.5, 4, Map.of(Verdict.REPRODUCED, 5, Verdict.UNTESTED, 1), 0.25),
            new PowerPosition(-1e-5, 4, Map.of(Verdict.NOT_REPRODUCED, 7), INFINITE)));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    RecordedPower.none().with(check()).write(folder);

    assertThat(RecordedPower.read(folder).all()).containsExactly(check());
    assertThat(RecordedPower.read(folder).of(KEY)).contains(check());
    assertThat(folder).isDirectoryContaining("glob:**/power.csv");
  }

  @Test
  void withoutAFileNothingIsKnown() {
    assertThat(RecordedPower.read(folder).all()).isEmpty();
  }

  @Test
  void trialsAddUp() {
    PowerPosition more =
        check()
            .at(-0.5, 4)
            .orElseThrow()
            .with(
                new PowerPosition(
                    -0.5, 4, Map.of(Verdict.REPRODUCED, 2, Verdict.UNDERPOWERED, 3), 0.5));

    assertThat(more.trials()).isEqualTo(11);
    assertThat(more.count(Verdict.REPRODUCED)).isEqualTo(7);
    assertThat(more.errors(BAND)).isZero();
    assertThat(more.errors(BAND.complement())).isEqualTo(7);
    assertThat(more.decided()).isEqualTo(7 / 11.0);
    // Five of 0.25 and five of 0.5, of which the harmonic mean is 1/3; one was not measured.
    assertThat(more.halfWidth()).isCloseTo(1 / 3.0, within(1e-12));
    // It has to come down to the 0.15 from the edge: (1/3 / 0.15)² = 4.9.
    assertThat(more.growthToDecide(BAND)).contains(5L);
    assertThat(check().with(more, "b").at(-0.5, 4)).contains(more);
    assertThat(check().with(more, "b").positions()).hasSize(3);
  }

  @Test
  void theGoalTakesThreeThousandTrialsWithoutAWrongVerdict() {
    Map<Verdict, Integer> right = Map.of(Verdict.REPRODUCED, 3_000);

    // 1 - 0.05^(1/n) is 0.001 at n = 2,994.2.
    assertThat(new PowerPosition(-0.5, 4, right, 0.25).reachesGoal(BAND)).isTrue();
    assertThat(
            new PowerPosition(-0.5, 4, Map.of(Verdict.REPRODUCED, 2_994), 0.25).reachesGoal(BAND))
        .isFalse();
    assertThat(new PowerPosition(-0.2, 4, right, 0.25).reachesGoal(BAND)).isFalse();
    assertThat(PowerPosition.untried(-0.5, 4).reachesGoal(BAND)).isFalse();
  }

  private AbstractThrowableAssert<?, ?> read(String from, String to) throws IOException {
    RecordedPower.none().with(check()).write(folder);
    Path file = folder.resolve(RecordedPower.FILE);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    return assertThatThrownBy(() -> RecordedPower.read(folder))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_slip_in_a_row_is_refused_by_line_column_and_value() throws IOException {
    read(",-0.5,4,", ",about,4,")
        .hasMessageContaining("power.csv, line 2: truth is 'about'; give a number");
    read(",60000,", ",-1,").hasMessageContaining("line 2: images is -1");
    read(",5,,,1,", ",-5,,,1,").hasMessageContaining("line 2: REPRODUCED is -5");
    read(",-0.5,4,", ",-0.5,1,").hasMessageContaining("line 2: seeds is 1");
    read(",-0.5,8,", ",-0.5,4,")
        .hasMessageContaining(
            "line 3: C01 exponent on pmnist-fc5 (quick) at truth -0.5 with 4 seeds once more");
    read(",UNTESTED,", ",MAYBE,")
        .hasMessageContaining("line 1: the columns are")
        .hasMessageContaining("they must be");
    read(",0.25,", ",-1.0,").hasMessageContaining("half_width is -1");
    read(",0.25,", ",wide,").hasMessageContaining("half_width is 'wide'; give a number");
    read("C01,", "C99,").hasMessageContaining("C99");
    read("quick,", "fast,").hasMessageContaining("fast");
    read("0123456789ab", "").hasMessageContaining("commit is empty; give a text");
    read("outputs: of networks\n", "outputs: of networks,more\n")
        .hasMessageContaining("line 2: has 16 values for 15 columns");
  }

  @Test
  void rows_of_one_check_that_disagree_are_refused() throws IOException {
    RecordedPower.none().with(check()).write(folder);
    Path file = folder.resolve(RecordedPower.FILE);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("60000", "10000"));

    assertThatThrownBy(() -> RecordedPower.read(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining("another band, number of images, commit or subject");
  }
}
