package mitosis.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Where a relative path starts. The processes that Maven starts work in the suite's own folder,
 * Maven's own process stays where the user called it, and the two differ with {@code mvn -f}. The
 * build says by system properties where both are; without them a path starts in the folder that the
 * process works in.
 */
public enum BaseFolder {

  /**
   * The suite's own: its fixtures and expectations, and what it leaves where no option says
   * otherwise.
   */
  SUITE("suite.dir"),

  /** Where the user called Maven: paths that options name. */
  CALLER("caller.dir");

  private final String property;

  BaseFolder(String property) {
    this.property = property;
  }

  /**
   * @param path absolute, or relative to this folder
   * @throws IllegalArgumentException if it has letters by which this process cannot name a file, or
   *     is no path; says what to do
   */
  public Path resolve(String path) {
    return resolve(path, System::getProperty);
  }

  /**
   * @param path absolute, or relative to this folder
   * @param properties the value of a system property by its name, or null
   * @return relative still where this folder is the one that the process works in
   * @throws IllegalArgumentException as {@link #resolve(String)}
   */
  public Path resolve(String path, UnaryOperator<String> properties) {
    try {
      String base = properties.apply(property);
      Path here = Path.of("").toAbsolutePath();
      return base == null || here.equals(here.resolve(base))
          ? Path.of(path)
          : here.resolve(base).resolve(path);
    } catch (InvalidPathException e) {
      // Java names files in the encoding of the process's locale, which no option changes.
      throw new IllegalArgumentException(
          "'%s' cannot name a file or folder where the encoding of file names is %s (%s); set the environment variable LC_ALL=C.UTF-8, or another locale in UTF-8"
              .formatted(path, System.getProperty("sun.jnu.encoding"), e.getReason()),
          e);
    }
  }
}
