package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuringCodeTest {

  @TempDir private Path folder;

  @Test
  void the_checksum_of_the_running_code_is_one_whichever_test_asks_for_it() {
    assertThat(MeasuringCode.sha256(MeasuringCodeTest.class))
        .matches("[0-9a-f]{64}")
        .isEqualTo(MeasuringCode.sha256(mitosis.claims.support.MostVerdictsFirst.class));
  }

  @Test
  void a_change_of_measurements_of_claims_tests_or_of_their_support_changes_the_checksum()
      throws IOException {
    Path classes = folder.resolve("classes");
    Path tests = folder.resolve("test-classes");
    List<Path> files =
        List.of(
            classes.resolve("mitosis/evidence/Measurement.class"),
            tests.resolve("mitosis/claims/C06Claims.class"),
            tests.resolve("mitosis/claims/support/Check.class"));
    for (Path file : files) {
      write(file, "compiled");
    }
    Set<String> checksums = new HashSet<>(Set.of(MeasuringCode.sha256(classes, tests)));

    for (Path file : files) {
      write(file, "changed");
      checksums.add(MeasuringCode.sha256(classes, tests));
    }

    assertThat(checksums).hasSize(4);
  }

  @Test
  void a_change_of_another_test_leaves_the_checksum_as_it_is() throws IOException {
    Path classes = folder.resolve("classes");
    Path tests = folder.resolve("test-classes");
    write(classes.resolve("mitosis/evidence/Measurement.class"), "compiled");
    write(tests.resolve("mitosis/claims/C06Claims.class"), "compiled");
    String before = MeasuringCode.sha256(classes, tests);

    write(tests.resolve("mitosis/evidence/MeasurementTest.class"), "compiled");

    assertThat(MeasuringCode.sha256(classes, tests)).isEqualTo(before);
  }

  @Test
  void classes_that_cannot_be_read_are_named() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> MeasuringCode.sha256(folder, folder))
        .withMessageContaining(folder.toString());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
