package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import mitosis.representation.NamedArrays.SubjectArray;
import mitosis.representation.StoredForm.Raw;
import mitosis.representation.SubjectSource.RepresentationFolder;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One network in every form, and what is none. */
class SubjectSourceTest {

  private static final Path SUBJECT = Path.of("fixtures/subject-pmnist-w64");

  /** 120 test and 110 training images, five neurons, three outputs. */
  private final Map<String, Raw> network = new LinkedHashMap<>();

  @TempDir private Path folder;

  SubjectSourceTest() {
    network.put("features_test", Raw.floats(i -> i, 120, 5));
    network.put("labels_test", Raw.longs(i -> i % 3, 120));
    network.put("features_train", Raw.floats(i -> -i, 110, 5));
    network.put("labels_train", Raw.longs(i -> i % 2, 110));
    network.put("readout_weight", Raw.floats(i -> i / 8., 3, 5));
    network.put("readout_bias", Raw.floats(i -> i, 3));
  }

  private ExternalNetwork read() throws IOException {
    return SubjectSource.read(StoredForm.NPY_FOLDER.write(folder, network));
  }

  private ThrowableAssertAlternative<IllegalArgumentException> assertRefused() {
    return assertThatIllegalArgumentException().isThrownBy(this::read);
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(Path path) {
    return assertThatIllegalArgumentException().isThrownBy(() -> SubjectSource.read(path));
  }

  /** As the fixture's files hold them: 128 bytes of header, then the numbers. */
  private static Map<String, Raw> fixture() throws IOException {
    Map<String, Raw> arrays = new LinkedHashMap<>();
    for (SubjectArray array : SubjectArray.values()) {
      Path file = SUBJECT.resolve(array.key() + ".npy");
      if (Files.exists(file)) {
        byte[] bytes = Files.readAllBytes(file);
        arrays.put(
            array.key(),
            new Raw(
                array.key().startsWith("labels") ? "<i8" : "<f4",
                NpyFile.read(file).shape(),
                Arrays.copyOfRange(bytes, 128, bytes.length)));
      }
    }
    return arrays;
  }

  @ParameterizedTest
  @EnumSource
  void readsTheSameBitsFromEveryForm(StoredForm form) throws IOException {
    Representation expected = new RepresentationFolder(SUBJECT).read();

    ExternalNetwork brought = SubjectSource.read(form.write(folder, fixture()));

    assertThat(brought.test().activities()).isDeepEqualTo(expected.test().activities());
    assertThat(brought.test().labels()).isEqualTo(expected.test().labels());
    Split train = brought.train().orElseThrow();
    assertThat(train.activities()).isDeepEqualTo(expected.train().activities());
    assertThat(train.labels()).isEqualTo(expected.train().labels());
    Readout readout = brought.readout().orElseThrow();
    assertThat(readout.weights()).isDeepEqualTo(expected.readout().weights());
    assertThat(readout.biases()).isEqualTo(expected.readout().biases());
    assertThat(brought.ensembleLogits()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leavesOtherArraysAlone(StoredForm form) throws IOException {
    network.put("history", Raw.longs(i -> i, 7));

    ExternalNetwork brought = SubjectSource.read(form.write(folder, network));

    assertThat(brought.readout().orElseThrow().weights()[2]).endsWith(14 / 8.);
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnActivityThatIsNotFiniteAndNamesIt(StoredForm form) throws IOException {
    network.put("features_train", Raw.floats(i -> i == 77 * 5 + 2 ? Double.NaN : i, 110, 5));

    assertRefused(form.write(folder, network))
        .withMessageContaining("features_train")
        .withMessageContaining("holds NaN at [77, 2]");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAFormWithoutAnyKnownArray(StoredForm form) throws IOException {
    Path path = form.write(folder, Map.of("activations", Raw.floats(i -> i, 120, 5)));

    assertRefused(path)
        .withMessageContaining(path.getFileName().toString())
        .withMessageContaining("no array of a network")
        .withMessageContaining("activations")
        .withMessageContaining("features_test");
  }

  @Test
  void namesANetworkLikeItsFolderOrFile() throws IOException {
    assertThat(SubjectSource.read(SUBJECT).name()).isEqualTo("subject-pmnist-w64");
    Path file = StoredForm.NPZ_STORED.write(folder, network);
    assertThat(SubjectSource.read(file).name()).isEqualTo("network");
    assertThat(SubjectSource.read(folder).name()).isEqualTo("network");
  }

  /** sha256sum of the fixture's files. */
  @Test
  void notesTheChecksumOfEachFile() {
    assertThat(SubjectSource.read(SUBJECT).sha256())
        .hasSize(6)
        .containsEntry(
            "labels_test.npy", "717acbe12b3d92b8dac27a3fa6a57d4fa241aa3adf60065068eba67cffbd2889")
        .containsEntry(
            "readout_bias.npy", "ac8ef68d545926315de12621a82d000348f61055c905ee35044a426e4ce5ea11");
  }

  @Test
  void saysWhichPartsAreMissing() throws IOException {
    network.keySet().removeIf(name -> !name.endsWith("_test"));

    ExternalNetwork brought = read();

    assertThat(brought.train()).isEmpty();
    assertThat(brought.readout()).isEmpty();
    assertThat(brought.whyNoTrain()).hasValue(folder + " has no features_train and labels_train");
    assertThat(brought.whyNoReadout()).hasValue(folder + " has no readout_weight and readout_bias");
    assertThat(brought.whyNoEnsemble()).hasValue(folder + " has no ensemble_logits_test");
    assertThatIllegalArgumentException()
        .isThrownBy(brought::representation)
        .withMessageContaining("no features_train")
        .withMessageContaining("no readout_weight");
  }

  @Test
  void saysNothingOfPartsThatAreThere() throws IOException {
    network.put("ensemble_logits_test", Raw.floats(i -> i, 120, 3));

    ExternalNetwork brought = read();

    assertThat(brought.whyNoTrain()).isEmpty();
    assertThat(brought.whyNoReadout()).isEmpty();
    assertThat(brought.whyNoEnsemble()).isEmpty();
    assertThat(brought.representation().train().images()).isEqualTo(110);
  }

  @ParameterizedTest
  @ValueSource(strings = {"features_test", "labels_test"})
  void refusesANetworkWithoutTestImages(String name) throws IOException {
    network.remove(name);

    assertRefused().withMessageContaining("has no " + name);
  }

  @ParameterizedTest
  @CsvSource({
    "features_train, labels_train",
    "labels_train, features_train",
    "readout_weight, readout_bias",
    "readout_bias, readout_weight"
  })
  void refusesHalfAPair(String missing, String other) throws IOException {
    network.remove(missing);

    assertRefused()
        .withMessageContaining("has no " + missing)
        .withMessageContaining(other + ".npy");
  }

  @Test
  void wantsABiasOfZeroWritten() throws IOException {
    network.remove("readout_bias");

    assertRefused().withMessageContaining("a bias of zero must be given as zeros");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsAReadoutOfOneOutput(boolean flat) throws IOException {
    network.put("labels_test", Raw.longs(i -> i % 2 == 0 ? -1 : 1, 120));
    network.put("labels_train", Raw.longs(i -> 1, 110));
    network.put("readout_weight", Raw.floats(i -> i, flat ? new int[] {5} : new int[] {1, 5}));
    network.put("readout_bias", Raw.floats(i -> 7, flat ? new int[0] : new int[] {1}));
    network.put(
        "ensemble_logits_test", Raw.floats(i -> i, flat ? new int[] {120} : new int[] {120, 1}));

    ExternalNetwork brought = read();

    Readout readout = brought.readout().orElseThrow();
    assertThat(readout.weights()).isDeepEqualTo(new double[][] {{0, 1, 2, 3, 4}});
    assertThat(readout.biases()).containsExactly(7);
    assertThat(brought.test().labels()).startsWith(-1, 1, -1);
    assertThat(brought.train().orElseThrow().labels()).containsOnly(1);
    assertThat(brought.ensembleLogits().orElseThrow())
        .isDeepEqualTo(new double[][] {IntStream.range(0, 120).asDoubleStream().toArray()});
  }

  /** A training set of one class alone follows the convention of the test set. */
  @Test
  void readsZerosAndOnesAsSignsUnderOneOutput() throws IOException {
    network.put("labels_test", Raw.longs(i -> i % 2, 120));
    network.put("labels_train", Raw.longs(i -> 1, 110));
    network.put("readout_weight", Raw.floats(i -> i, 5));
    network.put("readout_bias", Raw.floats(i -> 7, 1));

    ExternalNetwork brought = read();

    assertThat(brought.test().labels()).startsWith(-1, 1, -1, 1);
    assertThat(brought.train().orElseThrow().labels()).containsOnly(1);
  }

  @Test
  void leavesZerosAndOnesUnderTwoOutputs() throws IOException {
    network.put("labels_test", Raw.longs(i -> i % 2, 120));
    network.put("readout_weight", Raw.floats(i -> i, 2, 5));
    network.put("readout_bias", Raw.floats(i -> i, 2));

    assertThat(read().test().labels()).startsWith(0, 1, 0, 1);
  }

  @Test
  void refusesTwoConventionsInOneNetwork() throws IOException {
    network.put("labels_test", Raw.longs(i -> i == 4 ? 0 : 1, 120));
    network.put("labels_train", Raw.longs(i -> i == 6 ? -1 : 1, 110));
    network.put("readout_weight", Raw.floats(i -> i, 5));
    network.put("readout_bias", Raw.floats(i -> 7, 1));

    assertRefused()
        .withMessageContaining("labels_train.npy holds -1 at [6]")
        .withMessageContaining("labels_test.npy holds 0 at [4]");
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "3, -1", "2, 2", "1, 2", "1, -2"})
  void refusesLabelsThatTheReadoutDoesNotKnow(int outputs, int label) throws IOException {
    network.put("labels_test", Raw.longs(i -> 1, 120));
    network.put("labels_train", Raw.longs(i -> i == 9 ? label : 1, 110));
    network.put("readout_weight", Raw.floats(i -> i, outputs, 5));
    network.put("readout_bias", Raw.floats(i -> i, outputs));

    assertRefused()
        .withMessageContaining("labels_train.npy holds %d at [9]".formatted(label))
        .withMessageContaining(outputs == 1 ? "-1 and 1" : "0 to " + (outputs - 1));
  }

  @Test
  void refusesNegativeLabelsWhateverReadsThem() throws IOException {
    network.keySet().removeIf(name -> name.startsWith("readout"));
    network.put("labels_test", Raw.longs(i -> i == 9 ? -2 : 1, 120));

    assertRefused().withMessageContaining("labels_test.npy holds -2 at [9]");
  }

  @Test
  void refusesLabelsThatAreNoWholeNumbers() throws IOException {
    network.put("labels_test", Raw.floats(i -> i == 9 ? 0.5 : 1, 120));

    assertRefused().withMessageContaining("labels_test.npy holds 0.5 at [9]");
  }

  /** As networks with hinge loss have them. */
  @Test
  void readsLabelsThatAreFloats() throws IOException {
    network.put("labels_test", Raw.floats(i -> 2, 120));

    assertThat(read().test().labels()).containsOnly(2);
  }

  @Test
  void readsLogitsOfAnEnsembleOutputByOutput() throws IOException {
    network.put("ensemble_logits_test", Raw.floats(i -> i, 120, 3));

    double[][] logits = read().ensembleLogits().orElseThrow();

    assertThat(logits).hasDimensions(3, 120);
    assertThat(logits[2]).startsWith(2, 5, 8);
  }

  @Test
  void refusesFewerThanAHundredImages() throws IOException {
    network.put("features_train", Raw.floats(i -> i, 99, 5));
    network.put("labels_train", Raw.longs(i -> 1, 99));

    assertRefused()
        .withMessageContaining("features_train.npy has 99 images")
        .withMessageContaining("at least 100");
  }

  @Test
  void refusesALayerTooNarrowForAChunkAndTwoNeuronsOutside() throws IOException {
    network.put("features_test", Raw.floats(i -> i, 120, 3));

    assertRefused()
        .withMessageContaining("features_test.npy has 3 neurons (its columns), but at least 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"features_test", "features_train"})
  void refusesALayerOfDeadNeurons(String name) throws IOException {
    int images = name.equals("features_test") ? 120 : 110;
    network.put(name, Raw.floats(i -> i % 5, images, 5));

    assertRefused()
        .withMessageContaining(name + ".npy holds 5 dead neurons and no other")
        .withMessageContaining("all %d images".formatted(images));
  }

  @Test
  void saysWhereFeaturesAreTransposed() throws IOException {
    network.put("features_test", Raw.floats(i -> i, 5, 120));

    assertRefused().withMessageContaining("its columns are as many, so save its transpose");
  }

  @ParameterizedTest
  @CsvSource({
    "features_test, 600, , features_test.npy has shape (600,)",
    "features_test, 5, 120, features_test.npy has 5 images",
    "features_train, 110, 6, features_train.npy has 6 neurons",
    "labels_test, 119, , labels_test.npy has 119",
    "labels_test, 120, 1, 'labels_test.npy has shape (120, 1)'",
    "readout_weight, 5, 3, readout_weight.npy has 3 neurons",
    "readout_weight, 4, 5, readout_weight.npy has 4 outputs",
    "readout_bias, 2, , readout_bias.npy has 2",
    "readout_bias, 3, 1, 'readout_bias.npy has shape (3, 1)'",
    "ensemble_logits_test, 3, 120, ensemble_logits_test.npy has 3 images",
    "ensemble_logits_test, 120, 2, ensemble_logits_test.npy has 2 outputs"
  })
  void refusesShapesThatDisagree(String name, int rows, Integer columns, String message)
      throws IOException {
    int[] shape = columns == null ? new int[] {rows} : new int[] {rows, columns};
    network.put(name, Raw.floats(i -> 1, shape));

    assertRefused().withMessageContaining(message);
  }

  @Test
  void refusesFeaturesThatAreWholeNumbers() throws IOException {
    network.put("features_test", Raw.longs(i -> 1, 120, 5));

    assertRefused().withMessageContaining("features_test.npy holds whole numbers");
  }

  @Test
  void refusesFilesCutShort() throws IOException {
    byte[] npy = network.get("features_train").npy();
    network.remove("features_train");
    Files.write(folder.resolve("features_train.npy"), Arrays.copyOf(npy, npy.length - 1));

    assertRefused()
        .withMessageContaining("features_train.npy has 2199 bytes of data")
        .withMessageContaining("cut short");
  }

  @Test
  void refusesPathsThatHoldNothing() throws IOException {
    assertRefused(folder.resolve("nowhere")).withMessageContaining("nowhere does not exist");
    assertRefused(folder).withMessageContaining(folder + " is an empty folder");
    Path text = Files.writeString(folder.resolve("notes.txt"), "none");
    assertRefused(text).withMessageContaining("notes.txt is not a .npz or .safetensors file");
    assertRefused(folder).withMessageContaining("only notes.txt");
    StoredForm.NPY_FOLDER.write(folder, network);
    assertRefused(folder.resolve("labels_test.npy")).withMessageContaining("name the folder");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NPY_FOLDER")
  void refusesTwoFormsInOneFolder(StoredForm form) throws IOException {
    StoredForm.NPY_FOLDER.write(folder, network);
    form.write(folder, network);

    assertRefused(folder)
        .withMessageContaining("more than one format")
        .withMessageContaining("features_test.npy");
  }

  @Test
  void refusesTwoNetworksInOneFolder() throws IOException {
    Files.move(StoredForm.NPZ_STORED.write(folder, network), folder.resolve("another.npz"));
    StoredForm.NPZ_STORED.write(folder, network);

    assertRefused(folder).withMessageContaining("another.npz").withMessageContaining("network.npz");
  }

  /** The names of the files that the authors published. */
  @Test
  void readsTorchFilesUnderTheAuthorsNames() throws IOException {
    String recipe = "wide_resnet28_512_ep200_wd0.0005_label_smoothing0.0_seed12";
    Map<String, Raw> published = new LinkedHashMap<>();
    published.put("features_" + recipe + "_test", network.get("features_test"));
    published.put("features_" + recipe + "_train", network.get("features_train"));
    published.put("cifar10_labels_test_set", network.get("labels_test"));
    published.put("cifar10_labels_training_set", network.get("labels_train"));
    published.put("weights_" + recipe, network.get("readout_weight"));
    published.put("bias_" + recipe, network.get("readout_bias"));
    Files.write(folder.resolve("ensamble_averages_" + recipe + ".npy"), new byte[1]);

    ExternalNetwork brought = SubjectSource.read(StoredForm.TORCH_FOLDER.write(folder, published));

    assertThat(brought.test().activities()[4]).startsWith(4, 9, 14);
    assertThat(brought.train().orElseThrow().activities()[4]).startsWith(-4, -9, -14);
    assertThat(brought.test().labels()).startsWith(0, 1, 2);
    assertThat(brought.train().orElseThrow().labels()).startsWith(0, 1, 0);
    assertThat(brought.readout().orElseThrow().weights()[1]).startsWith(5 / 8.);
    assertThat(brought.readout().orElseThrow().biases()).containsExactly(0, 1, 2);
  }

  @Test
  void refusesTorchFilesThatHoldTheSame() throws IOException {
    network.put("mnist_labels_test_set", network.get("labels_test"));

    assertRefused(StoredForm.TORCH_FOLDER.write(folder, network))
        .withMessageContaining("labels_test twice")
        .withMessageContaining("labels_test.pt")
        .withMessageContaining("mnist_labels_test_set.pt");
  }

  @Test
  void refusesTorchFilesOfTwoNetworks() throws IOException {
    network.put("features_seed1_test", network.remove("features_test"));
    network.put("weights_seed2", network.remove("readout_weight"));

    assertRefused(StoredForm.TORCH_FOLDER.write(folder, network))
        .withMessageContaining("features_seed1_test.pt")
        .withMessageContaining("weights_seed2.pt");
  }
}
