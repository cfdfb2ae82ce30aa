package mitosis.data;

import java.nio.file.Path;

/** A folder that is named on the command line of the unit tests. */
public final class GivenFolder {

  private GivenFolder() {}

  /**
   * @param option the name of a system property, which names a folder from where Maven was called
   * @param preset the folder in the suite's own that is meant where the option is not given
   */
  public static Path of(String option, String preset) {
    String given = System.getProperty(option);
    return given == null ? BaseFolder.SUITE.resolve(preset) : BaseFolder.CALLER.resolve(given);
  }
}
