package mitosis.data;

import java.nio.file.Path;
import java.util.List;

/** Where the batches of one form of a dataset may lie. */
sealed interface BatchSource permits BatchFolder, BatchArchive {

  /** The form in which they are there. */
  CifarForm form();

  /** The folder or the archive itself. */
  Path path();

  /** Those of the batches that are not there, as far as can be told without reading. */
  List<Batch> lacking(List<Batch> batches);

  /**
   * Reads batches, in any order, and checks what they hold, then whether it is what was published.
   *
   * @param remedy ends the message if something is wrong
   * @throws DataException if one of them is missing, damaged, or not the published one
   */
  void read(List<WantedBatch> wanted, String remedy);
}
