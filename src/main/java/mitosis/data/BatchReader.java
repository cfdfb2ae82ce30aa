package mitosis.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads a batch in one of the forms in which it is published. */
interface BatchReader {

  /**
   * Reads a whole batch, up to the end of the stream, and checks all of its labels.
   *
   * @param in the batch's content
   * @param wanted gets its images
   * @throws DamagedFile if it is cut short or goes on too long, a label is out of range, or it
   *     isn't of this form at all
   * @throws IOException if the stream fails
   */
  void read(InputStream in, WantedBatch wanted) throws IOException;
}
