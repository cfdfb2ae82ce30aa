package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mitosis.claim.ClaimId;
import mitosis.claim.Control;
import mitosis.claim.Estimate;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Interval;
import mitosis.claim.Judgement.SideNote;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;
import mitosis.suite.ClaimContext.KeptMeasurement;
import mitosis.suite.KeptMeasurements.ComputingPlatform;
import mitosis.suite.KeptMeasurements.MeasurementKey;
import mitosis.train.Execution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptMeasurementsTest {

  private static final Expectation EXPECTATION =
      Expectations.read(Path.of("expected"), "pmnist-fc5")
          .of(ClaimId.C06, "held_out_r2", Scale.QUICK);

  private static final String CODE = "c0de".repeat(16);

  @TempDir Path runs;

  private static MeasurementKey key(String code, String... networks) {
    return new MeasurementKey(
        MeasurementKey.FORMAT,
        "Claims#a_chunk_rebuilds_the_layer",
        "quick",
        List.of(networks),
        "expected",
        code,
        new ComputingPlatform("17", "a processor", List.of("math.jar"), Map.of("OMP_X", "1")));
  }

  private KeptMeasurement place(MeasurementKey key) {
    return new KeptMeasurements(runs, false).of(EXPECTATION, key);
  }

  private static final Measured NUMBER =
      Measured.of(
          new Estimate(0.995, new Interval(0.99, Double.POSITIVE_INFINITY), 0.95),
          List.of(
              Control.mustReject("Gaussian layer", Control.Origin.MADE_UP, Verdict.NOT_REPRODUCED)),
          List.of(new SideNote("live neurons", "81")));

  /** Values of which a decimal form might lose a bit, a sign, or that they are no numbers. */
  private static Figure figure() {
    double[] x = {0.1 + 0.2, Double.MIN_VALUE, 1 / 3.0, -0.0};
    double[] y = {Double.MAX_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, Math.nextUp(1)};
    return Figure.of("a figure", Axis.log2("w"), Axis.log10AndZero("error"))
        .with(Series.of("a curve", Series.Style.LINE, x, y))
        .with(
            new Series(
                "a point",
                Series.Style.PUBLISHED,
                List.of(
                    new Point(
                        1,
                        2,
                        Optional.of(new Interval(1.5, 1e300)),
                        List.of(Math.nextUp(2.0), Double.NaN)))))
        .with(Region.beyond(48, "beyond w*"))
        .with(new ReferenceLine("edge", -0.35, 1, 1, 1, 2, true))
        .with(new VerticalMarker(48, "w* = 48"))
        .withIntervals("95 % interval over seeds")
        .withNote("a note");
  }

  @Test
  void what_was_kept_is_read_to_the_bit() {
    Measured whole =
        NUMBER.shownAs(
            List.of(Optional.of(figure()), Optional.empty()),
            Map.of("arm", "epoch,\"x\"\r\n0,1\r\n"));

    place(key(CODE, "a run")).write(whole);

    // Records compare doubles as Double.equals does: bit for bit, but for kinds of NaN.
    assertThat(place(key(CODE, "a run")).read()).contains(whole);
  }

  @Test
  void that_a_quantity_does_not_exist_is_kept_too() {
    Measured missing = Measured.missing("a critical width", "train it longer");

    place(key(CODE, "a run")).write(missing);

    assertThat(place(key(CODE, "a run")).read()).contains(missing);
  }

  @Test
  void nothing_is_read_of_other_networks_or_of_other_code() {
    place(key(CODE, "a run")).write(NUMBER);

    assertThat(place(key(CODE, "another run")).read()).isEmpty();
    assertThat(place(key("beef".repeat(16), "a run")).read()).isEmpty();
  }

  @Test
  void nothing_is_read_where_all_is_to_be_measured_again() {
    place(key(CODE, "a run")).write(NUMBER);

    assertThat(new KeptMeasurements(runs, true).of(EXPECTATION, key(CODE, "a run")).read())
        .isEmpty();
  }

  @Test
  void a_file_of_which_any_byte_was_changed_is_not_read_but_replaced() throws IOException {
    KeptMeasurement place = place(key(CODE, "a run"));
    place.write(NUMBER);
    byte[] whole = Files.readAllBytes(place.file());
    for (int at : new int[] {0, 10, 71, 72, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(place.file(), damaged);
      assertThat(place.read()).as("byte " + at).isEmpty();
    }
    Files.writeString(place.file(), "");
    assertThat(place.read()).isEmpty();

    place.write(NUMBER);

    assertThat(place.read()).contains(NUMBER);
  }

  @Test
  void what_is_kept_can_be_read_by_a_person() throws IOException {
    KeptMeasurement place = place(key(CODE, "a run"));
    place.write(NUMBER);

    assertThat(Files.readString(place.file(), StandardCharsets.UTF_8))
        .contains("\"a run\"", "\"value\" : 0.995", "\"high\" : \"Infinity\"", "Gaussian layer");
  }

  @Test
  void what_other_code_measured_of_the_system_goes_when_something_is_kept_anew()
      throws IOException {
    KeptMeasurement old = place(key("beef".repeat(16), "a run"));
    old.write(NUMBER);
    place(key(CODE, "a run")).write(NUMBER);
    place(key(CODE, "another run")).write(NUMBER);

    assertThat(old.file()).doesNotExist();
    try (Stream<Path> files = Files.list(old.file().getParent())) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void variables_that_choose_kernels_or_threads_count_and_no_others() {
    assertThat(
            ComputingPlatform.choosing(
                Map.of(
                    "OPENBLAS_CORETYPE", "Haswell",
                    "OMP_NUM_THREADS", "1",
                    "TORCH_CPP_LOG_LEVEL", "ERROR",
                    "HOME", "/root")))
        .containsOnly(Map.entry("OPENBLAS_CORETYPE", "Haswell"), Map.entry("OMP_NUM_THREADS", "1"));
  }

  @Test
  void libraries_are_named_with_their_versions() {
    assertThat(ComputingPlatform.current().libraries())
        .hasSize(1 + 5)
        .startsWith(Execution.onCpu().engine())
        .allMatch(file -> file.matches("PyTorch \\d.*, DJL \\d.*|[\\w.-]+-\\d.*\\.jar"));
  }
}
