package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import mitosis.claim.Band;
import mitosis.claim.ClaimId;
import mitosis.claim.Verdict;
import org.junit.jupiter.api.Test;

class SparklineTest {

  private static List<PastResult> past(double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(
            k ->
                PastResult.of(
                    SampleResults.on(
                        "pmnist-fc5", ClaimId.C02, "exponent", Verdict.REPRODUCED, values[k], "x"),
                    Instant.ofEpochSecond(k)))
        .toList();
  }

  @Test
  void its_text_says_first_last_and_how_many() {
    Band band = Band.atMost(1);

    assertThat(Sparkline.of(past(0.25, 0.5, 0.75), band).text())
        .isEqualTo("3 runs: first 0.25, last 0.75");
    assertThat(Sparkline.of(past(0.25), band).text()).isEqualTo("1 run: 0.25");
    assertThat(Sparkline.of(past(IntStream.range(0, 34).asDoubleStream().toArray()), band).text())
        .isEqualTo("last 20 of 34 runs: first 14, last 33");
    assertThat(Sparkline.of(List.of(), band).isEmpty()).isTrue();
  }

  @Test
  void values_lie_in_the_picture_and_to_the_band_as_the_numbers_do() {
    // From 0 to 2 with 15 % more at each end: 2.3 ... -0.3 on 28 pixels, so 1 is at the middle.
    String svg = Sparkline.of(past(0, 2), Band.between(0, 1)).svg();

    assertThat(svg)
        .contains("<polyline class=\"line\" points=\"4,24.8 116,3.2\"/>")
        .contains("y=\"14\" width=\"124\" height=\"10.8\"")
        .contains("<title>2 runs: first 0, last 2</title>");
  }

  @Test
  void a_band_turned_inside_out_has_two_stripes_that_leave_the_picture() {
    String svg = Sparkline.of(past(0.5, 0.5), Band.between(0, 1).complement()).svg();

    assertThat(svg).contains("y=\"-4\"").contains("<rect", "<rect");
    assertThat(svg.split("<rect")).hasSize(3);
  }

  @Test
  void equal_values_on_the_bands_edge_still_have_a_place() {
    assertThat(Sparkline.of(past(1, 1), Band.atMost(1)).svg())
        .contains("points=\"4,14 116,14\"")
        .doesNotContain("NaN");
  }
}
