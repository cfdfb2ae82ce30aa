package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mitosis.analysis.Reconstruction.ChunkReconstruction;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
import mitosis.representation.Representation;
import mitosis.representation.SubjectSource.RepresentationFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A trained network of width 64, against what scikit-learn and numpy computed on it; where its
 * files come from is written in {@code fixtures/subject-pmnist-w64/expected.json}.
 */
class SubjectTest {

  private static final Path FOLDER = Path.of("fixtures/subject-pmnist-w64");
  private static final int[] SIZES = ChunkSizes.halvings(64);

  private static Representation subject;
  private static JsonNode expected;

  @BeforeAll
  static void read() throws IOException {
    subject = new RepresentationFolder(FOLDER).read();
    expected = new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
  }

  static Stream<JsonNode> chunks() throws IOException {
    JsonNode chunks =
        new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile()).get("chunks");
    return StreamSupport.stream(chunks.spliterator(), false);
  }

  private static int[] neurons(JsonNode chunk) {
    return StreamSupport.stream(chunk.get("neurons").spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void errorsOfGivenChunksAreExact(JsonNode chunk) {
    ChunkError.Errors errors = ChunkError.ofChunk(subject, neurons(chunk));

    assertThat(errors.test()).isEqualTo(chunk.get("test_error").asDouble());
    assertThat(errors.train()).isEqualTo(chunk.get("train_error").asDouble());
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void reconstructionsFromGivenChunksAreThoseOfScikitLearn(JsonNode chunk) {
    ChunkReconstruction rebuilt = Reconstruction.ofChunk(subject.test(), neurons(chunk));

    assertThat(rebuilt.size()).isEqualTo(chunk.get("size").asInt());
    assertThat(rebuilt.r2()).isCloseTo(chunk.get("r2").asDouble(), within(1e-9));
    ChunkCorrelation correlation = rebuilt.correlation();
    assertThat(correlation.byCode())
        .isCloseTo(chunk.get("mean_correlation_code").asDouble(), within(1e-9));
    assertThat(correlation.byPaper())
        .isCloseTo(chunk.get("mean_correlation_paper").asDouble(), within(1e-9));
    assertThat(correlation.offChunk().orElseThrow().absolute())
        .isCloseTo(chunk.get("mean_correlation_off_chunk").asDouble(), within(1e-9));
  }

  @Test
  void errorsOfTheFullLayerAreExact() {
    ChunkError error = ChunkError.measure(subject, SIZES, 2, 1);

    assertThat(error.full().test()).isEqualTo(expected.get("full_test_error").asDouble());
    assertThat(error.full().train()).isEqualTo(expected.get("full_train_error").asDouble());
    assertThat(error.fullTestError(ImageWeights.equal(2000)))
        .isCloseTo(error.full().test(), within(1e-9));
    assertThat(error.test().get(SIZES.length - 1))
        .isEqualTo(new MeanOverChunks(error.full().test(), 0, 2));
  }

  @Test
  void meanErrorsAgreeWithOtherRandomChunks() {
    ChunkError error = ChunkError.measure(subject, SIZES, 500, 1);

    // expected.json: means over 500 or more chunks of another generator
    for (Map.Entry<String, JsonNode> mean : entries("chunk_test_error_mean")) {
      MeanOverChunks ours = error.test().get(index(mean));
      assertThat(ours.mean())
          .as("w = " + mean.getKey())
          .isCloseTo(mean.getValue().asDouble(), within(4 * Math.sqrt(2) * ours.standardError()));
    }
  }

  @Test
  void meanReconstructionsAgreeWithOtherRandomChunks() {
    Reconstruction rebuilt = Reconstruction.measure(subject.test(), SIZES, 100, 1);

    for (Map.Entry<String, JsonNode> mean : entries("chunk_r2_mean_100")) {
      MeanOverChunks ours = rebuilt.r2At(Integer.parseInt(mean.getKey()));
      assertThat(ours.mean())
          .as("w = " + mean.getKey())
          .isCloseTo(mean.getValue().asDouble(), within(4 * Math.sqrt(2) * ours.standardError()));
    }
    for (Map.Entry<String, JsonNode> mean : entries("mean_correlation_code_mean_100")) {
      MeanOverChunks ours = rebuilt.correlations().get(index(mean)).byCode();
      assertThat(ours.mean())
          .as("w = " + mean.getKey())
          .isCloseTo(mean.getValue().asDouble(), within(4 * Math.sqrt(2) * ours.standardError()));
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> entries(String name) {
    return expected.get(name).properties();
  }

  private static int index(Map.Entry<String, JsonNode> mean) {
    return Arrays.binarySearch(SIZES, Integer.parseInt(mean.getKey()));
  }
}
