package mitosis.analysis;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Where the fall as w^-½ begins: the size from which on no local slope of the excess error is
 * steeper than a limit (P22 §3, figure 3: below w* the error falls faster). It says where the steep
 * fall ends, not that an exponent of −½ follows, which is another claim's to find.
 *
 * @param limit the slope d log(excess) / d log(w) that must be exceeded, negative
 */
public record ScalingStart(double limit) {

  /**
   * @throws IllegalArgumentException if the limit is not negative or not finite
   */
  public ScalingStart {
    if (!(limit < 0 && limit >= -Double.MAX_VALUE)) {
      throw new IllegalArgumentException("limit of slopes is %s, not negative".formatted(limit));
    }
  }

  /**
   * Finds it. The slope between two sizes is taken for that at their geometric mean, and between
   * those for linear in log w, so that with many sizes this is where the slope is at the limit.
   *
   * @param sizes S increasing sizes, at least two
   * @param errors S errors
   * @param errInf err∞
   * @return the first size if all slopes exceed the limit; nothing if the last one does not, or is
   *     not known because an error is not above err∞
   * @throws IllegalArgumentException as {@link PowerLaw#localSlopes}
   */
  public OptionalDouble of(int[] sizes, double[] errors, double errInf) {
    List<OptionalDouble> slopes = PowerLaw.localSlopes(sizes, errors, errInf);
    int first = slopes.size();
    while (first > 0 && exceeds(slopes.get(first - 1))) {
      first--;
    }
    if (first == slopes.size()) {
      return OptionalDouble.empty();
    }
    if (first == 0 || slopes.get(first - 1).isEmpty()) {
      return OptionalDouble.of(sizes[first]);
    }
    double steep = slopes.get(first - 1).getAsDouble();
    double shallow = slopes.get(first).getAsDouble();
    double share = (limit - steep) / (shallow - steep);
    double from = Math.sqrt((double) sizes[first - 1] * sizes[first]);
    double to = Math.sqrt((double) sizes[first] * sizes[first + 1]);
    return OptionalDouble.of(from * Math.pow(to / from, share));
  }

  private boolean exceeds(OptionalDouble slope) {
    return slope.isPresent() && slope.getAsDouble() > limit;
  }
}
