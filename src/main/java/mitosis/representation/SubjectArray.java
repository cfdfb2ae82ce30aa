package mitosis.representation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The arrays that describe a network which a user brings. */
public enum SubjectArray {
  /** N x W floats: N test images, one a row, seen by W neurons. */
  FEATURES_TEST,
  /** N' x W floats: the same for training images. */
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
