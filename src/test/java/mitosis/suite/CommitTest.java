package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {

  @TempDir private Path folder;

  @BeforeAll
  static void requireGit() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "git"))),
        "there is no git on the PATH");
  }

  @BeforeEach
  void writePom() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
  }

  private void git(String... arguments) throws Exception {
    String[] command =
        Stream.concat(
                Stream.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.org"),
                Arrays.stream(arguments))
            .toArray(String[]::new);
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void a_working_tree_has_the_abbreviated_hash_of_its_commit() throws Exception {
    git("init", "-q");
    git("add", "pom.xml");
    git("commit", "-q", "-m", "first");

    Commit commit = Commit.of(folder);

    assertThat(commit.name()).matches("[0-9a-f]{12}");
    assertThat(commit.missing()).isEmpty();
  }

  @Test
  void a_plus_says_that_files_were_changed_since() throws Exception {
    git("init", "-q");
    git("add", "pom.xml");
    git("commit", "-q", "-m", "first");
    Files.writeString(folder.resolve("pom.xml"), "<project></project>");

    assertThat(Commit.of(folder).name()).matches("[0-9a-f]{12}\\+");
  }

  @Test
  void a_folder_without_git_says_so() {
    Commit commit = Commit.of(folder);

    assertThat(commit.name()).isEqualTo("unknown");
    assertThat(commit.missing())
        .get()
        .asString()
        .startsWith("git: ")
        .contains("not a git repository");
  }

  /** Its hash would be that of something else. */
  @Test
  void a_copy_within_another_repository_is_unknown() throws Exception {
    git("init", "-q");

    Commit commit = Commit.of(folder);

    assertThat(commit.name()).isEqualTo("unknown");
    assertThat(commit.missing())
        .contains("git has no file pom.xml of " + folder.toAbsolutePath().normalize());
  }
}
