package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mitosis.representation.SubjectSource.RepresentationFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepresentationTest {

  private static final Path SUBJECT = Path.of("fixtures/subject-pmnist-w64");

  private final Readout oneRow = new Readout(new double[][] {{1, -1}}, new double[] {0.5});
  private final Readout threeRows =
      new Readout(new double[][] {{1, 0}, {0, 1}, {1, 1}}, new double[] {0, 0, -1});

  private static Split split(int... labels) {
    return new Split(new float[2][labels.length], labels);
  }

  @Test
  void readsAFolder() {
    Representation subject = new RepresentationFolder(SUBJECT).read();

    assertThat(subject.name()).isEqualTo("subject-pmnist-w64");
    assertThat(subject.width()).isEqualTo(64);
    assertThat(subject.test().images()).isEqualTo(2000);
    assertThat(subject.train().images()).isEqualTo(2000);
    // numpy: features_test.npy[0, 1], labels_test.npy[:3], readout_weight.npy[0, 0]
    assertThat(subject.test().activities()[1][0]).isEqualTo(0.22408187f);
    assertThat(subject.test().labels()).startsWith(-1, 1, -1);
    assertThat(subject.readout().weights()[0][0]).isEqualTo((double) 0.3032339f);
  }

  @Test
  void refusesAFolderThatLacksAFile(@TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepresentationFolder(folder).read())
        .withMessageContaining("has no features_test");
  }

  @Test
  void refusesAFolderWhoseFilesDoNotFit(@TempDir Path folder) throws Exception {
    try (var files = Files.list(SUBJECT)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.copy(
        SUBJECT.resolve("readout_bias.npy"),
        folder.resolve("labels_test.npy"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RepresentationFolder(folder).read())
        .withMessageContaining("features_test.npy has 2000 images")
        .withMessageContaining("labels_test.npy has 1");
  }

  @Test
  void readsOutTheFullLayer() {
    Split split = new Split(new float[][] {{1, 2}, {3, 5}}, new int[] {1, -1});

    assertThat(oneRow.logits(split)).isDeepEqualTo(new double[][] {{-1.5, -2.5}});
    assertThat(threeRows.logits(split)).isDeepEqualTo(new double[][] {{1, 2}, {3, 5}, {3, 6}});
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, -2})
  void refusesLabelsOtherThanSignsUnderOneRow(int label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Representation("net", split(1, -1), split(1, -1, label), oneRow))
        .withMessageContaining("net: label of train image 2 is " + label)
        .withMessageContaining("-1 and 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void refusesLabelsOutOfRangeUnderSeveralRows(int label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Representation("net", split(0, label), split(2), threeRows))
        .withMessageContaining("label of test image 1 is " + label)
        .withMessageContaining("0 to 2");
  }

  @Test
  void refusesAnotherWidth() {
    Split narrow = new Split(new float[1][1], new int[] {1});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Representation("net", split(1), narrow, oneRow))
        .withMessageContaining("train activities have 1 neurons, but the readout reads 2");
    assertThatIllegalArgumentException().isThrownBy(() -> oneRow.logits(narrow));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void refusesActivitiesThatAreNotFinite(float value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Split(new float[][] {{0, 0}, {0, value}}, new int[] {1, 1}))
        .withMessageContaining("neuron 1 on image 1 is " + value);
  }

  @Test
  void refusesActivitiesOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Split(new float[][] {{0}, {0, 0}}, new int[] {1}))
        .withMessageContaining("neuron 1 has activities on 2 images");
    assertThatIllegalArgumentException().isThrownBy(() -> new Split(new float[0][], new int[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> new Split(new float[1][0], new int[0]));
  }

  @Test
  void refusesReadoutsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Readout(new double[][] {{1}, {1, 2}}, new double[2]))
        .withMessageContaining("row 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Readout(new double[][] {{1}}, new double[2]))
        .withMessageContaining("2 biases");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Readout(new double[][] {{1, Double.NaN}}, new double[1]))
        .withMessageContaining("neuron 1 in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Readout(new double[][] {{1}}, new double[] {Double.NaN}))
        .withMessageContaining("bias 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Readout(new double[0][], new double[0]));
  }
}
