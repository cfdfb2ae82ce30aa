package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import mitosis.representation.NamedArrays.SubjectArray;
import mitosis.representation.StoredForm.Raw;
import mitosis.representation.SubjectSource.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {

  private static final Raw ARRAY = Raw.floats(i -> 0.1 * i, 100, 2);

  @TempDir private Path folder;

  private Path write(StoredForm form) throws IOException {
    return form.write(folder, Map.of("features_test", ARRAY));
  }

  @Test
  void refusesAFileCutShort() throws IOException {
    Path file = write(StoredForm.NPZ_STORED);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NpzFile(file).arrays())
        .withMessageContaining("network.npz is not a whole .npz file");
  }

  @Test
  void refusesNumbersThatWereChanged() throws IOException {
    Path file = write(StoredForm.NPZ_STORED);
    byte[] bytes = Files.readAllBytes(file);
    bytes[600] ^= 1;
    Files.write(file, bytes);
    StoredArray array = new NpzFile(file).arrays().require(SubjectArray.FEATURES_TEST);

    assertThatIllegalArgumentException()
        .isThrownBy(array::rows)
        .withMessageContaining("network.npz: features_test is damaged")
        .withMessageContaining("checksum");
  }

  @Test
  void refusesDeflatedNumbersThatWereChanged() throws IOException {
    Path file = write(StoredForm.NPZ_DEFLATED);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(file, bytes);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NpzFile(file).arrays().require(SubjectArray.FEATURES_TEST).rows())
        .withMessageContaining("network.npz");
  }

  @Test
  void refusesPythonObjects() throws IOException {
    Raw objects = new Raw("|O", new int[] {1}, new byte[8]);
    Path file = StoredForm.NPZ_STORED.write(folder, Map.of("labels_test", objects));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NpzFile(file).arrays())
        .withMessageContaining("network.npz: labels_test holds Python objects");
  }
}
