package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import mitosis.data.Dataset;
import mitosis.data.Examples.Vectors;
import mitosis.representation.ExternalNetwork.Computation;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that PyTorch 1.13.1 made, with what it says they give: {@code fixtures/torch}. */
@Tag("convolution")
class TorchScriptFileTest {

  private static final Path PROGRAMS = Path.of("fixtures/torch");

  private static final Dataset IMAGES = ScatteredImages.dataset(ScatteredImages.SIDE, 3);

  @TempDir private Path folder;

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(PROGRAMS.resolve("programs.json").toFile());
  }

  private static SubjectNetwork program(String name) {
    return SubjectNetwork.at(PROGRAMS.resolve(name)).orElseThrow();
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(
      SubjectNetwork program, Dataset dataset) {
    return assertThatIllegalArgumentException()
        .isThrownBy(() -> program.requireFits(dataset, Device.cpu()))
        .withMessageStartingWith(program.path().toString());
  }

  /** The scripted one was saved while training: it must be told to take running statistics. */
  @ParameterizedTest
  @ValueSource(strings = {"scripted.pt", "traced.pt"})
  void showsWhatGoesIntoTheLastLinearLayer(String name) throws IOException {
    ExternalNetwork brought = program(name).on(IMAGES, Device.cpu());

    JsonNode features = expected().get("features");
    assertThat(brought.test().activities()).hasDimensions(8, 130);
    for (int image = 0; image < features.size(); image++) {
      for (int neuron = 0; neuron < 8; neuron++) {
        assertThat((double) brought.test().activities()[neuron][image])
            .as("neuron %d on image %d", neuron, image)
            .isCloseTo(features.get(image).get(neuron).asDouble(), within(1e-6));
      }
    }
    assertThat(brought.train().orElseThrow().activities()).hasDimensions(8, 110);
    assertThat(brought.test().labels()).startsWith(0, 1, 2, 0);
  }

  @Test
  void readsTheReadoutBeforeItIsReplaced() throws IOException {
    ExternalNetwork brought = program("scripted.pt").on(IMAGES, Device.cpu());

    Readout readout = brought.readout().orElseThrow();
    JsonNode expected = expected();
    double[][] logits = readout.logits(brought.test());
    for (int k = 0; k < 3; k++) {
      assertThat(readout.biases()[k]).isEqualTo((float) expected.get("bias").get(k).asDouble());
      for (int j = 0; j < 8; j++) {
        assertThat(readout.weights()[k][j])
            .isEqualTo((float) expected.get("weight").get(k).get(j).asDouble());
      }
      for (int image = 0; image < expected.get("logits").size(); image++) {
        assertThat(logits[k][image])
            .isCloseTo(expected.get("logits").get(image).get(k).asDouble(), within(1e-6));
      }
    }
  }

  @Test
  void saysWhatItWasAndWhatItWasShown() {
    ExternalNetwork brought = program("traced.pt").on(IMAGES, Device.cpu());

    assertThat(brought.name()).isEqualTo("traced");
    assertThat(brought.computation())
        .hasValue(
            new Computation("TorchScript, read out by fc.weight (3, 8)", "scattered", "made+up"));
    assertThat(brought.sha256()).containsOnlyKeys("traced.pt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frozen.pt | is a program without parameters",
        "softmax.pt | does not make its logits by its last linear layer fc.weight alone",
        "traced-while-training.pt | depend on the rest of the batch",
        "two-outputs.pt | one float32 array of logits (32, outputs) is needed"
      })
  void refusesProgramsOfWhichNoRepresentationCanBeHad(String name, String message) {
    assertRefused(program(name), IMAGES).withMessageContaining(message);
  }

  @Test
  void refusesAnotherNumberOfClasses() {
    assertRefused(program("traced.pt"), ScatteredImages.dataset(ScatteredImages.SIDE, 4))
        .withMessageContaining("has 3 outputs")
        .withMessageContaining("scattered takes 4");
  }

  @Test
  void refusesDataThatTheProgramDoesNotTake() {
    Vectors vectors = new Vectors(new float[240], 2, new int[120]);
    assertRefused(program("traced.pt"), new Dataset("pairs", vectors, vectors, "made+up"))
        .withMessageContaining("can't be run on a batch of (32, 2)");
  }

  @Test
  void refusesAWeightThatIsNotFinite() throws IOException {
    Path file = folder.resolve("nan.pt");
    copyWithNaN(PROGRAMS.resolve("traced.pt"), "archive/data/0", 17, file);

    assertRefused(SubjectNetwork.at(file).orElseThrow(), IMAGES)
        .withMessageContaining("holds NaN in trunk.conv.weight (8, 3, 3, 3), at [17]");
  }

  private static void copyWithNaN(Path from, String changed, int place, Path to)
      throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry old = in.getNextEntry(); old != null; old = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        if (old.getName().equals(changed)) {
          ByteBuffer.wrap(content)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putFloat(Float.BYTES * place, Float.NaN);
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(old.getName());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
      }
    }
  }

  @Test
  void isNoProgramIfItIsCutShortOrATensor() throws IOException {
    byte[] bytes = Files.readAllBytes(PROGRAMS.resolve("traced.pt"));
    Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(bytes, bytes.length / 2));

    for (Path path : new Path[] {cut, PROGRAMS.resolve("rows.pt")}) {
      assertThat(SubjectNetwork.at(path)).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SubjectSource.at(path))
          .withMessageContaining("is not a program that torch.jit saved, or is damaged");
    }
  }
}
