package mitosis.suite;

import java.nio.file.Path;
import java.util.Optional;

/** The place where what one test measures is kept from run to run. */
public interface KeptMeasurement {

  /** Where it is, or would be. */
  Path file();

  /**
   * What was measured before of the same networks by the same code.
   *
   * @return nothing if there is none that can be used; a damaged one is named on standard output
   */
  Optional<Measured> read();

  /**
   * Keeps what was measured.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  void write(Measured measured);
}
