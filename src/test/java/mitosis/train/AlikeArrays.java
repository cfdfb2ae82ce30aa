package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;

/** Arrays that two ways of training leave, equal but for what is rounded. */
final class AlikeArrays {

  private AlikeArrays() {}

  /**
   * Fails unless there are the same arrays, and every number is as expected.
   *
   * @param roundings the largest difference allowed, in units of the largest number among all
   *     arrays of its kind, such as all offsets
   */
  static void expect(Map<String, float[]> found, Map<String, float[]> expected, double roundings) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    Map<String, Double> largest = new HashMap<>();
    expected.forEach(
        (name, values) -> {
          for (float value : values) {
            largest.merge(kind(name), (double) Math.abs(value), Math::max);
          }
        });
    expected.forEach(
        (name, values) -> {
          double allowed = roundings * largest.get(kind(name));
          for (int i = 0; i < values.length; i++) {
            assertThat((double) found.get(name)[i])
                .as("%s, number %d", name, i)
                .isCloseTo(values[i], within(allowed));
          }
        });
  }

  /** Such as {@code velocity/bias} or {@code running_var}. */
  private static String kind(String name) {
    String slot = name.contains("/") ? name.substring(0, name.indexOf('/') + 1) : "";
    return slot + name.substring(name.lastIndexOf('.') + 1);
  }
}
