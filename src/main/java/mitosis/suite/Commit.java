package mitosis.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mitosis.claim.RecordedPower;
import mitosis.data.BaseFolder;

/**
 * The commit of the working tree that is running.
 *
 * @param name its abbreviated hash, with {@code +} if files were changed since; {@code unknown}
 *     where git does not say
 * @param missing why it is unknown; nothing where it is known
 */
public record Commit(String name, Optional<String> missing) {

  private static final String UNKNOWN = "unknown";
  private static final int SECONDS = 10;

  /** That of the suite's own folder. */
  public static Commit current() {
    return of(BaseFolder.SUITE.resolve(""));
  }

  /**
   * @param folder the working tree
   */
  static Commit of(Path folder) {
    Answer tracked = git(folder, "ls-files", "pom.xml");
    if (tracked.failure().isPresent()) {
      return new Commit(UNKNOWN, tracked.failure());
    }
    if (tracked.text().isEmpty()) {
      // Such as a copy that was unpacked within a repository of something else.
      return new Commit(
          UNKNOWN,
          Optional.of("git has no file pom.xml of " + folder.toAbsolutePath().normalize()));
    }
    Answer hash = git(folder, "rev-parse", "--short=12", "HEAD");
    if (hash.failure().isPresent()) {
      return new Commit(UNKNOWN, hash.failure());
    }
    // Counts that are being added up change no result.
    Answer changed =
        git(
            folder,
            "status",
            "--porcelain",
            "--untracked-files=no",
            "--",
            ".",
            ":(exclude)expected/" + RecordedPower.FILE);
    if (changed.failure().isPresent()) {
      return new Commit(UNKNOWN, changed.failure());
    }
    return new Commit(changed.text().isEmpty() ? hash.text() : hash.text() + "+", Optional.empty());
  }

  /**
   * What git says.
   *
   * @param text without space around it
   * @param failure its complaint, in one line, if it failed
   */
  private record Answer(String text, Optional<String> failure) {}

  private static Answer git(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      // Complaints are short and come where there is no other output, so that neither stream waits.
      Process process =
          new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).start();
      String text = text(process.getInputStream().readAllBytes());
      String complaint = text(process.getErrorStream().readAllBytes());
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return new Answer("", Optional.of("git does not answer"));
      }
      return new Answer(
          text,
          process.exitValue() == 0
              ? Optional.empty()
              : Optional.of("git: " + complaint.replaceAll("\\s+", " ")));
    } catch (IOException e) {
      return new Answer("", Optional.of("git cannot be started: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer("", Optional.of("interrupted while git was asked"));
    }
  }

  private static String text(byte[] output) {
    return new String(output, StandardCharsets.UTF_8).strip();
  }
}
