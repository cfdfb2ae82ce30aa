package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As where Maven is called in {@code /home/user} with {@code -f /opt/suite/pom.xml}. */
class BaseFolderTest {

  private static final Map<String, String> FOLDERS =
      Map.of("suite.dir", "/opt/suite", "caller.dir", "/home/user");

  @Test
  void the_suites_own_files_lie_in_its_own_folder() {
    assertThat(BaseFolder.SUITE.resolve("expected", FOLDERS::get))
        .isEqualTo(Path.of("/opt/suite/expected"));
  }

  @Test
  void what_a_user_names_lies_where_the_user_stands() {
    assertThat(BaseFolder.CALLER.resolve("mynet", FOLDERS::get))
        .isEqualTo(Path.of("/home/user/mynet"));
  }

  @Test
  void an_absolute_path_stays_what_it_is() {
    assertThat(BaseFolder.CALLER.resolve("/data", FOLDERS::get)).isEqualTo(Path.of("/data"));
  }

  @Test
  void a_path_stays_relative_where_the_process_works_in_that_folder() {
    Map<String, String> here = Map.of("suite.dir", Path.of("").toAbsolutePath().toString());

    assertThat(BaseFolder.SUITE.resolve("expected", here::get)).isEqualTo(Path.of("expected"));
    assertThat(BaseFolder.SUITE.resolve("expected", Map.<String, String>of()::get))
        .isEqualTo(Path.of("expected"));
  }

  /** The letter NUL is in no path, as an umlaut is in none where file names are ASCII. */
  @Test
  void a_name_that_the_encoding_of_files_lacks_is_refused_with_what_to_set() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseFolder.CALLER.resolve("my\0net", FOLDERS::get))
        .withMessageContaining("cannot name a file or folder where the encoding of file names is")
        .withMessageContaining("LC_ALL=C.UTF-8");
  }
}
