package mitosis.report;

import static mitosis.analysis.SampleThresholds.THRESHOLDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mitosis.evidence.SingleNetwork;
import mitosis.report.AuditFinding.Answer;
import mitosis.representation.ExternalNetwork;
import mitosis.representation.ExternalNetwork.Computation;
import mitosis.representation.Split;
import mitosis.representation.SubjectSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditJsonTest {

  private static final Path SUBJECT = Path.of("fixtures", "subject-pmnist-w64");

  @TempDir Path folder;

  private JsonNode written(ExternalNetwork brought) throws IOException {
    Path file = folder.resolve("reports/audit.json");
    new AuditJson(
            brought,
            SingleNetwork.of(brought, THRESHOLDS),
            new AuditFinding(Answer.UNDECIDED, "undecided: a test"))
        .write(file);
    assertThat(file.getParent().toFile().list()).containsExactly("audit.json");
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void everyCurveIsThereWithSizesMeansAndIntervals() throws IOException {
    JsonNode audit = written(SubjectSource.read(SUBJECT));

    for (String curve :
        new String[] {
          "chunk_test_error",
          "chunk_train_error",
          "r2",
          "r2_heldout",
          "residual_correlation_code",
          "residual_correlation_paper",
          "residual_correlation_off_chunk",
          "noise_floor"
        }) {
      JsonNode sizes = audit.get(curve).get("sizes");
      assertThat(sizes.size()).as(curve).isGreaterThan(10);
      assertThat(audit.get(curve).get("means").size()).as(curve).isEqualTo(sizes.size());
      assertThat(audit.get(curve).get("intervals").size()).as(curve).isEqualTo(sizes.size());
    }
    assertThat(audit.get("finding").asText()).isEqualTo("undecided: a test");
    assertThat(audit.get("redundant").asText()).isEqualTo("UNDECIDED");
    // It misreads 0.003 of its training images, is too narrow, and comes without an ensemble.
    assertThat(audit.get("missing").fieldNames())
        .toIterable()
        .containsExactly(
            "critical_width_by_sign.interpolation",
            "critical_width_by_sign.independence",
            "critical_width_by_sign.scaling");
    JsonNode rebuilding = audit.get("critical_width_by_sign").get("reconstruction");
    assertThat(rebuilding.get("width_interval").get(0).asDouble())
        .isLessThan(rebuilding.get("width").asDouble());
    assertThat(rebuilding.get("clones").asDouble())
        .isCloseTo(64 / rebuilding.get("width").asDouble(), within(1e-12));
  }

  /** Against {@code expected.json}: scikit-learn's Ridge, numpy and DADApy, see fixtures. */
  @Test
  void numbersAreThoseOfOtherPrograms() throws IOException {
    JsonNode audit = written(SubjectSource.read(SUBJECT));
    JsonNode expected = new ObjectMapper().readTree(SUBJECT.resolve("expected.json").toFile());

    assertThat(audit.get("full_test_error").asDouble())
        .isEqualTo(expected.get("full_test_error").asDouble());
    assertThat(audit.get("full_train_error").asDouble())
        .isEqualTo(expected.get("full_train_error").asDouble());
    assertThat(audit.get("intrinsic_dimension").asDouble())
        .isCloseTo(expected.get("intrinsic_dimension_2nn_fraction_0.9").asDouble(), within(1e-4));
    for (int size : new int[] {2, 4, 8, 16, 32}) {
      String key = Integer.toString(size);
      within4Errors(
          audit, "chunk_test_error", size, expected.get("chunk_test_error_mean").get(key));
      within4Errors(audit, "r2", size, expected.get("chunk_r2_mean_100").get(key));
      within4Errors(
          audit,
          "residual_correlation_code",
          size,
          expected.get("mean_correlation_code_mean_100").get(key));
    }
  }

  /** Both are means over as many random chunks, so their difference has √2 of one's error. */
  private static void within4Errors(JsonNode audit, String curve, int size, JsonNode expected) {
    JsonNode sizes = audit.get(curve).get("sizes");
    int at =
        IntStream.range(0, sizes.size())
            .filter(k -> sizes.get(k).asInt() == size)
            .findFirst()
            .orElseThrow();
    double mean = audit.get(curve).get("means").get(at).asDouble();
    double error = (audit.get(curve).get("intervals").get(at).get(1).asDouble() - mean) / 1.96;
    assertThat(mean)
        .as(curve + " at " + size)
        .isCloseTo(expected.asDouble(), within(4 * Math.sqrt(2) * error));
  }

  @Test
  void whatIsMissingIsNullWithTheReason() throws IOException {
    var brought = SubjectSource.read(SUBJECT);
    JsonNode audit =
        written(
            new ExternalNetwork(
                "half",
                brought.source(),
                brought.test(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                brought.sha256(),
                Optional.empty()));

    assertThat(audit.get("chunk_test_error").isNull()).isTrue();
    assertThat(audit.get("full_train_error").isNull()).isTrue();
    assertThat(audit.get("missing").get("chunk_test_error").asText()).contains("readout_weight");
    assertThat(audit.get("missing").get("chunk_train_error").asText()).contains("features_train");
    assertThat(audit.get("r2").get("sizes").size()).isGreaterThan(10);
    assertThat(audit.get("critical_width_rule").asText()).contains("R² of 0.99");
  }

  @Test
  void saysWhatWasBrought() throws IOException {
    JsonNode source = written(SubjectSource.read(SUBJECT)).get("source");

    assertThat(source.get("path").asText()).isEqualTo(SUBJECT.toString());
    assertThat(source.get("sha256").get("labels_test.npy").asText()).startsWith("717acbe12b3d92b8");
    assertThat(source.get("representation").asText()).isEqualTo("brought by the user");
    assertThat(source.has("network")).isFalse();
  }

  @Test
  void saysWhatTheRepresentationWasComputedFrom() throws IOException {
    float[][] activities = new float[5][120];
    activities[2][7] = 1;
    JsonNode source =
        written(
                new ExternalNetwork(
                    "net",
                    Path.of("net.safetensors"),
                    new Split(activities, new int[120]),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("net.safetensors", "ab12"),
                    Optional.of(new Computation("a network", "cifar10", "c0+ff"))))
            .get("source");

    assertThat(source.get("representation").asText()).isEqualTo("computed here");
    assertThat(source.get("network").asText()).isEqualTo("a network");
    assertThat(source.get("dataset").asText()).isEqualTo("cifar10");
    assertThat(source.get("dataset_fingerprint")).map(JsonNode::asText).containsExactly("c0", "ff");
    assertThat(source.get("sha256").get("net.safetensors").asText()).isEqualTo("ab12");
  }

  /** One image alone differs, so one half of the images shows every neuron dead. */
  @Test
  void aLayerThatCannotBeRebuiltIsNullWithTheReason() throws IOException {
    float[][] activities = new float[5][120];
    activities[2][7] = 1;
    JsonNode audit =
        written(
            new ExternalNetwork(
                "dead",
                Path.of("dead"),
                new Split(activities, new int[120]),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty()));

    assertThat(audit.get("r2").isNull()).isTrue();
    assertThat(audit.get("noise_floor").isNull()).isTrue();
    assertThat(audit.get("live_neurons").isNull()).isTrue();
    assertThat(audit.get("missing").get("r2").asText())
        .isEqualTo(
            "a layer to rebuild: of features_test of dead none of the 5 neurons is live on the even-numbered images");
  }

  @Test
  void nothingIsLeftWhereTheFileCannotBeWritten() throws IOException {
    Path file = Files.createDirectory(folder.resolve("audit.json"));
    Files.createFile(file.resolve("in-the-way"));
    ExternalNetwork brought = SubjectSource.read(SUBJECT);
    AuditJson audit =
        new AuditJson(
            brought,
            SingleNetwork.of(brought, THRESHOLDS),
            new AuditFinding(Answer.UNDECIDED, "undecided: a test"));

    assertThatThrownBy(() -> audit.write(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write " + file);
    assertThat(folder.toFile().list()).containsExactly("audit.json");
  }
}
