package mitosis.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a dataset comes from. */
interface DatasetSource {

  /** Whether a name in a recipe, without counts of examples, means this source. */
  boolean isNamed(String name);

  /** What a reader may type, for messages. */
  String pattern();

  /**
   * Reads it.
   *
   * @param dataDir the folder that holds the data
   * @param first the first so many training examples; all if empty
   * @throws DataException if a file is missing or damaged
   */
  Dataset load(String name, Path dataDir, OptionalInt first);

  /**
   * Checks what {@link #load} would read, in less time.
   *
   * @throws DataException if a file is missing or damaged
   */
  void check(String name, Path dataDir, OptionalInt first);

  /** What {@link Dataset#fingerprint()} will be, without loading the data. */
  String fingerprint(String name, Path dataDir, OptionalInt first);

  /** What is not there and how to get it, or nothing if all is there. */
  Optional<String> missing(String name, Path dataDir, OptionalInt first);

  /**
   * Downloads what is missing, where it can be had without asking its owner.
   *
   * @throws DataException if it cannot be had
   */
  default void fetch(String name, Path dataDir, OptionalInt first, Download.Progress progress) {
    missing(name, dataDir, first)
        .ifPresent(
            what -> {
              throw new DataException(what);
            });
  }

  /** Number of classes. */
  int classes(String name, Path dataDir);

  /** Pixels along an edge of its images as networks see them; 1 if it has none. */
  int side(String name, Path dataDir);

  /** Number of training examples, if they are there. */
  int trainingExamples(String name, Path dataDir, OptionalInt first);
}
