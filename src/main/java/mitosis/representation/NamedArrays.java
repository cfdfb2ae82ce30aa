package mitosis.representation;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arrays that were found of those which describe a network.
 *
 * @param source the file or folder that the user named
 * @param arrays those found, unread
 * @param files what they lie in
 */
public record NamedArrays(
    Path source, Map<SubjectArray, StoredArray> arrays, Collection<Path> files) {

  /** Copies what it is given. */
  public NamedArrays {
    arrays = Map.copyOf(arrays);
    files = List.copyOf(files);
  }

  /** An array, if it is there. */
  public Optional<StoredArray> find(SubjectArray name) {
    return Optional.ofNullable(arrays.get(name));
  }

  /**
   * An array that must be there.
   *
   * @throws IllegalArgumentException if it isn't
   */
  public StoredArray require(SubjectArray name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no %s; export it too".formatted(source, name.key())));
  }

  /** The arrays that describe a network which a user brings. */
  public enum SubjectArray {
    /** N x W floats: N test images, one a row, seen by W neurons. */
    FEATURES_TEST,
    /** N' x W floats: N' training images, one a row, seen by W neurons. */
    FEATURES_TRAIN,
    /** N whole numbers. */
    LABELS_TEST,
    /** N' whole numbers. */
    LABELS_TRAIN,
    /** K x W numbers, or W for one output. */
    READOUT_WEIGHT,
    /** K numbers, or a single one for one output. */
    READOUT_BIAS,
    /** N x K numbers, logits averaged over an ensemble; or N for one output. */
    ENSEMBLE_LOGITS_TEST;

    /** The name in files, for example {@code features_test}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The array of a name in files, if it is one of these. */
    static Optional<SubjectArray> of(String key) {
      return Arrays.stream(values()).filter(array -> array.key().equals(key)).findFirst();
    }

    /** All names in files, for messages. */
    static String keys() {
      return Arrays.stream(values()).map(SubjectArray::key).collect(Collectors.joining(" "));
    }
  }
}
