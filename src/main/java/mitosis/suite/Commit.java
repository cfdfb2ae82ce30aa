package mitosis.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import mitosis.claim.RecordedPower;

/** The commit of the working tree that is running. */
public final class Commit {

  private static final String UNKNOWN = "unknown";

  private Commit() {}

  /**
   * Its abbreviated hash, with {@code +} if files were changed since; {@code unknown} without git.
   */
  public static String current() {
    String hash = git("rev-parse", "--short=12", "HEAD");
    if (hash.isEmpty()) {
      return UNKNOWN;
    }
    // Counts that are being added up change no result.
    String changed =
        git(
            "status",
            "--porcelain",
            "--untracked-files=no",
            "--",
            ".",
            ":(exclude)expected/" + RecordedPower.FILE);
    return changed.isEmpty() ? hash : hash + "+";
  }

  private static String git(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
