package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mitosis.claim.Scale;
import mitosis.data.Digits;
import mitosis.train.Recipe;
import mitosis.train.Run.EpochRecord;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private static final Recipe RECIPE =
      Systems.onData("pmnist-fc5")
          .study(Scale.QUICK, List.of(0, 1, 2), "pmnist", Digits.DATASETS)
          .widest();

  private static final EpochRecord EPOCH =
      new EpochRecord(7, 0.02, new double[] {1, 1, 1}, new double[] {0.1, 0.2, 0.3});

  private static String shown(boolean overwriting) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLine line =
        new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), overwriting);
    line.begin(1, 1e12);
    Thread.sleep(300);
    line.epoch(RECIPE, EPOCH);
    line.done(RECIPE);
    line.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onATerminalOneLineIsWrittenOver() throws InterruptedException {
    assertThat(shown(true))
        .startsWith("\r[0/1 done] pmnist-fc5 W=256 3 seeds  epoch 7/160  training error 0.2000  ")
        .contains(" left")
        .contains("\rtrained 1 of 1 networks in ");
  }

  @Test
  void elsewhereThereAreFewLines() throws InterruptedException {
    assertThat(shown(false).lines()).hasSize(2).first().isEqualTo("training 1 networks");
  }
}
