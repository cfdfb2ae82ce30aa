package mitosis.suite;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/** What a process of the suite needs around it before anything of its own is read. */
final class Surroundings {

  private static final String PLAIN = "1234567890.5";

  private Surroundings() {}

  /**
   * Refuses a locale with digits or a decimal point of its own: names such as {@code layer1.0},
   * file names and numbers in reports are made of them. The build fixes the locale of all
   * processes, but {@code MAVEN_OPTS} and {@code _JAVA_OPTIONS} come after that.
   *
   * @param locale by which numbers are written
   * @throws IllegalStateException if it is one; says what to do
   */
  static void requirePlainNumbers(Locale locale) {
    String written = String.format(locale, "%d.%d", 1_234_567_890, 5);
    String decimal = String.format(locale, "%.1f", 0.5);
    if (!written.equals(PLAIN) || !decimal.equals("0.5")) {
      throw new IllegalStateException(
          "numbers are written as %s and %s in the locale %s of this process, and could not be read again; take -Duser.language and its like out of the environment variables MAVEN_OPTS and _JAVA_OPTIONS, or call Maven with -f POM rather than --file=POM, so that it finds .mvn/jvm.config"
              .formatted(written, decimal, locale.toLanguageTag()));
    }
  }

  /**
   * Refuses a folder that no class path can hold.
   *
   * @param suite the suite's own folder
   * @throws IllegalStateException if its path has the sign that separates the parts of a class path
   */
  static void requireClassPath(Path suite) {
    String path = suite.toAbsolutePath().toString();
    if (path.contains(File.pathSeparator)) {
      throw new IllegalStateException(
          "the suite lies in %s, and Java's class path is divided at each '%s', so that no class would be found there; move it to a folder without that sign"
              .formatted(path, File.pathSeparator));
    }
  }
}
