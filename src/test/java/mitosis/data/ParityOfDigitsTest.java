package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import mitosis.data.Examples.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityOfDigitsTest {

  /** How often each digit occurs, as published with MNIST (LeCun et al. 1998). */
  private static final int[] T10K_COUNTS = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};

  private static final int[] TRAIN_COUNTS = {
    5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949
  };

  private final Dataset dataset = Digits.dataset();

  @Test
  void trains_on_10_000_digits_and_tests_on_60_000_by_ten_components() {
    assertThat(dataset.name()).isEqualTo("pmnist");
    assertThat(dataset.train().count()).isEqualTo(10_000);
    assertThat(dataset.test().count()).isEqualTo(60_000);
    assertThat(((Vectors) dataset.train()).dimension()).isEqualTo(10);
    assertThat(((Vectors) dataset.test()).dimension()).isEqualTo(10);
  }

  @Test
  void every_label_is_the_parity_of_its_digit() throws IOException {
    expectParity((Vectors) dataset.train(), "t10k", T10K_COUNTS);
    expectParity((Vectors) dataset.test(), "train", TRAIN_COUNTS);
  }

  private static void expectParity(Vectors examples, String file, int[] counts) throws IOException {
    byte[] digits;
    Path path = Digits.FIXTURES.resolve("mnist").resolve(file + "-labels-idx1-ubyte.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      in.skipNBytes(8);
      digits = in.readAllBytes();
    }
    int[] found = new int[10];
    for (int i = 0; i < digits.length; i++) {
      found[digits[i]]++;
      assertThat(examples.labels()[i]).isEqualTo(digits[i] % 2 == 0 ? 1 : -1);
    }
    assertThat(found).isEqualTo(counts);
  }

  @Test
  void whitened_components_are_the_same_with_variance_1_over_the_training_digits() {
    Vectors whitened = (Vectors) Digits.DATASETS.load("pmnist-whitened").train();
    Vectors plain = (Vectors) dataset.train();

    for (int c = 0; c < 10; c++) {
      double squares = 0;
      double products = 0;
      double plainSquares = 0;
      for (int i = 0; i < 10_000; i++) {
        float white = whitened.inputs()[10 * i + c];
        float grey = plain.inputs()[10 * i + c];
        squares += white * white;
        plainSquares += grey * grey;
        products += white * grey;
      }
      assertThat(squares / 9_999).isCloseTo(1, within(1e-4));
      // Parallel: the cosine between them is 1.
      assertThat(products / Math.sqrt(squares * plainSquares)).isCloseTo(1, within(1e-6));
    }
    assertThat(whitened.labels()).isEqualTo(plain.labels());
  }

  @Test
  void the_fingerprint_is_known_without_loading() {
    assertThat(Digits.DATASETS.fingerprint("pmnist")).isEqualTo(dataset.fingerprint());
    assertThat(dataset.fingerprint()).matches("[0-9a-f]{64}(\\+[0-9a-f]{64}){3}");
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Digits.DATASETS.load("mnsit"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'mnsit'", "pmnist");
    assertThatThrownBy(() -> Digits.DATASETS.fingerprint("mnsit"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'mnsit'", "pmnist");
  }

  @Test
  void a_missing_data_folder_is_named(@TempDir Path empty) {
    assertThatThrownBy(() -> ParityOfDigits.load(ParityOfDigits.NAME, empty))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(empty.resolve("mnist").toString(), "-Ddata.dir");
  }
}
