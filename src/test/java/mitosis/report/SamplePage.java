package mitosis.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectations;
import mitosis.claim.Verdict;
import mitosis.report.History.Past;

/** A first page with all that one may have: six systems, all verdicts, long and hostile texts. */
final class SamplePage {

  static final String HOSTILE = "<script>alert(\"1\")</script> & <b>'bold'</b>";

  private static final List<String> SYSTEMS =
      List.of(
          "pmnist-fc5",
          "pmnist-fc5-free",
          "cifar10-wr28",
          "cifar100-wr28",
          "cifar10-densenet40",
          "imagenet-resnet50");

  private SamplePage() {}

  static ClaimMatrix matrix() {
    List<ClaimResult> results = new ArrayList<>();
    List<PastResult> past = new ArrayList<>();
    for (int s = 0; s < SYSTEMS.size(); s++) {
      for (ClaimId claim : List.of(ClaimId.C01, ClaimId.C02, ClaimId.C06, ClaimId.C10)) {
        for (int q = 0; q <= claim.ordinal() % 3; q++) {
          Verdict verdict = Verdict.values()[(s + claim.ordinal() + q) % 4];
          ClaimResult result =
              SampleResults.on(
                  SYSTEMS.get(s),
                  claim,
                  claim.name().toLowerCase(Locale.ROOT) + "_a_quantity_" + q,
                  verdict,
                  -0.31 - 0.01 * s,
                  verdict
                      + ": x\nmissing: "
                      + HOSTILE
                      + " in /a/very/long/path/without/any/space/that/a/line/could/be/broken/at.npz"
                      + "\nto get it: mvn verify -Pgpu");
          results.add(result);
          for (int run = 0; run < 7 * s; run++) {
            past.add(PastResult.of(result, Instant.ofEpochSecond(run)));
          }
        }
      }
    }
    return ClaimMatrix.of(
        results,
        SYSTEMS.stream().map(system -> Expectations.read(Path.of("expected"), system)).toList(),
        new Past(past, List.of("reports/history/" + HOSTILE + ".json: not readable")));
  }

  static String text() {
    return ClaimsPage.text(
        matrix(),
        Stream.of("first", "second").map(s -> s + ": `-Dx` and " + HOSTILE).toList(),
        SamplePower.table());
  }
}
