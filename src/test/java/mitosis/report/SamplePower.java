package mitosis.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mitosis.claim.CheckPower;
import mitosis.claim.CheckPower.PowerPosition;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;

/** Trials of one check of pmnist-fc5, whose band is [-0.65, -0.35], and of none of the others. */
final class SamplePower {

  private SamplePower() {}

  static RecordedPower recorded() {
    return RecordedPower.none()
        .with(
            new CheckPower(
                new CheckPower.Key("pmnist-fc5", Scale.QUICK, ClaimId.C01, "exponent"),
                "outputs " + SamplePage.HOSTILE,
                60_000,
                "[-0.65, -0.35]",
                "0123456789ab",
                List.of(
                    position(-0.5, 4, 1000, 0, 2000),
                    position(-0.5, 8, 2900, 0, 100),
                    position(-0.3, 4, 30, 2000, 970),
                    position(-0.3, 8, 30, 2500, 470),
                    position(-1, 4, 0, 3000, 0),
                    position(-0.25, 4, 0, 20, 0))));
  }

  private static PowerPosition position(
      double truth, int seeds, int reproduced, int not, int underpowered) {
    return new PowerPosition(
        truth,
        seeds,
        Map.of(
            Verdict.REPRODUCED,
            reproduced,
            Verdict.NOT_REPRODUCED,
            not,
            Verdict.UNDERPOWERED,
            underpowered),
        0.09);
  }

  static PowerTable table() {
    return PowerTable.of(
        List.of(new ClaimMatrix.Column("pmnist-fc5", Scale.QUICK)),
        List.of(Expectations.read(Path.of("expected"), "pmnist-fc5")),
        recorded());
  }
}
