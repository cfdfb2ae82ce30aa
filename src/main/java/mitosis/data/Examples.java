package mitosis.data;

/** Labelled inputs of one split of a dataset, held in memory or read as they are needed. */
public sealed interface Examples permits Vectors, Images, ImageFiles {

  /** Number of examples, at least 1. */
  int count();

  /** One label per example: −1 or +1 for a task of one output, else 0 to K−1. */
  int[] labels();

  /**
   * The first so many of them.
   *
   * @param count from 1 to {@link #count()}
   */
  Examples first(int count);
}
