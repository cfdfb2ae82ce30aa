package mitosis.representation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * How users write labels: −1 and 1, or 0 and 1, under one output; 0 to K−1 under K outputs. If the
 * number of outputs isn't known, −1 and 1, or any from 0 on.
 *
 * @param outputs the number K of outputs, if it is known
 */
record LabelConvention(OptionalInt outputs) {

  /** A label that was found, for messages. */
  private record Found(StoredArray array, int image, int label) {
    @Override
    public String toString() {
      return "%s holds %d at [%d]".formatted(array.where(), label, image);
    }
  }

  /**
   * Reads labels and writes them as the rest of the suite does: −1 and 1 under one output, 0 to K−1
   * under K.
   *
   * @param arrays the labels of the sets of one network, which all keep to the same convention
   * @throws IllegalArgumentException if they don't, or if a label is out of range; the message
   *     names array, place and value
   */
  List<int[]> read(List<StoredArray> arrays) {
    List<int[]> labels = arrays.stream().map(StoredArray::integers).toList();
    int lowest = outputs.orElse(1) == 1 ? -1 : 0;
    int highest = outputs.isEmpty() ? Integer.MAX_VALUE : Math.max(outputs.getAsInt() - 1, 1);
    first(arrays, labels, label -> label < lowest || label > highest)
        .ifPresent(
            found -> {
              throw new IllegalArgumentException(found + ", but " + known());
            });
    Optional<Found> minus = first(arrays, labels, label -> label == -1);
    Optional<Found> other = first(arrays, labels, label -> label == 0 || label > 1);
    if (minus.isPresent() && other.isPresent()) {
      throw new IllegalArgumentException(
          "%s, but %s; labels are either -1 and 1, or from 0 on"
              .formatted(minus.get(), other.get()));
    }
    boolean zerosAndOnes = outputs.orElse(0) == 1 && other.isPresent();
    return zerosAndOnes ? labels.stream().map(LabelConvention::signs).toList() : labels;
  }

  private String known() {
    if (outputs.isEmpty()) {
      return "labels are -1 and 1, or from 0 on";
    }
    return outputs.getAsInt() == 1
        ? "one output knows the labels -1 and 1, or 0 and 1"
        : "%d outputs know the labels 0 to %d"
            .formatted(outputs.getAsInt(), outputs.getAsInt() - 1);
  }

  private static int[] signs(int[] zerosAndOnes) {
    return Arrays.stream(zerosAndOnes).map(label -> 2 * label - 1).toArray();
  }

  private static Optional<Found> first(
      List<StoredArray> arrays, List<int[]> labels, IntPredicate sought) {
    for (int set = 0; set < arrays.size(); set++) {
      int[] ofSet = labels.get(set);
      for (int image = 0; image < ofSet.length; image++) {
        if (sought.test(ofSet[image])) {
          return Optional.of(new Found(arrays.get(set), image, ofSet[image]));
        }
      }
    }
    return Optional.empty();
  }
}
