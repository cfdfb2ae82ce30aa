package mitosis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import mitosis.claim.Decimal;
import mitosis.report.Figure.Axis;

/**
 * The stretch of values that an axis shows, their places, and its ticks.
 *
 * @param axis the axis
 * @param low its first value
 * @param high its last value, above {@code low}
 * @param floor where an axis with a place for 0 stops being logarithmic: from there down to 0 it is
 *     even, over the length of a decade; of no account for other axes
 */
record AxisTicks(Axis axis, double low, double high, double floor) {

  /** Empty space beyond the outermost values, as a share of their stretch. */
  private static final double MARGIN = 0.05;

  /** More labels than this along one axis run into each other. */
  private static final int MOST_LABELS = 13;

  private static final int USUAL_STEPS = 6;

  private static final int LARGEST_FULL_POWER = 4;

  /**
   * A tick.
   *
   * @param value where it stands
   * @param label what it says; empty for a small tick
   */
  record Tick(double value, String label) {

    boolean isMajor() {
      return !label.isEmpty();
    }
  }

  /**
   * The stretch from the smallest to the largest value with a margin on both sides; values that the
   * axis has no place for don't count.
   */
  static AxisTicks covering(Axis axis, List<Double> values) {
    double floor = decadeOfSmallest(axis, values);
    double[] shown =
        values.stream()
            .filter(axis::shows)
            .mapToDouble(v -> toLine(axis, floor, v))
            .sorted()
            .toArray();
    double first = shown.length > 0 ? shown[0] : 0;
    double last = shown.length > 0 ? shown[shown.length - 1] : 1;
    if (first == last) {
      // A single value has no stretch of its own; half a unit of the axis either way shows it in
      // the middle.
      double reach = axis.spacing().isLog() || first == 0 ? 0.5 : Math.abs(first) / 2;
      first -= reach;
      last += reach;
    }
    double margin = MARGIN * (last - first);
    return new AxisTicks(
        axis, fromLine(axis, floor, first - margin), fromLine(axis, floor, last + margin), floor);
  }

  private static double decadeOfSmallest(Axis axis, List<Double> values) {
    double smallest =
        values.stream().filter(axis::shows).filter(v -> v > 0).min(Double::compare).orElse(1.0);
    return Math.pow(10, Math.floor(Math.log10(smallest)));
  }

  /** Where the value stands: 0 at {@code low}, 1 at {@code high}, beyond them outside. */
  double share(double value) {
    double start = place(low);
    return (place(value) - start) / (place(high) - start);
  }

  private double place(double value) {
    return toLine(axis, floor, value);
  }

  /** The ticks between {@code low} and {@code high}. */
  List<Tick> ticks() {
    List<Tick> all =
        switch (axis.spacing()) {
          case LINEAR -> linear();
          case LOG2 -> powersOfTwo();
          case LOG10 -> powersOfTen(place(low));
          case LOG10_AND_ZERO -> withZero(powersOfTen(Math.max(place(low), place(floor))));
        };
    return all.stream().filter(t -> t.value() >= low && t.value() <= high).toList();
  }

  private List<Tick> linear() {
    double rough = (high - low) / USUAL_STEPS;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = decade * roundStep(rough / decade);
    int decimals = Math.max(0, -(int) Math.floor(Math.log10(step)));
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step); k * step <= high; k++) {
      double value = k * step;
      ticks.add(new Tick(value, minus(String.format(Locale.ROOT, "%." + decimals + "f", value))));
    }
    return ticks;
  }

  /** The nearest of 1, 2, 5 and 10, by which people count. */
  private static double roundStep(double step) {
    return step < 1.5 ? 1 : step < 3.5 ? 2 : step < 7.5 ? 5 : 10;
  }

  private List<Tick> powersOfTwo() {
    int first = (int) Math.ceil(place(low) - 1e-9);
    int last = (int) Math.floor(place(high) + 1e-9);
    int every = Math.max(1, (int) Math.ceil((last - first + 1.0) / MOST_LABELS));
    List<Tick> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      boolean named = Math.floorMod(power, every) == 0;
      double value = Math.scalb(1.0, power);
      String label = power < 0 ? "2^{" + minus(String.valueOf(power)) + "}" : Decimal.text(value);
      ticks.add(new Tick(value, named ? label : ""));
    }
    return ticks;
  }

  private List<Tick> withZero(List<Tick> positive) {
    return Stream.concat(
            Stream.of(new Tick(0, "0")), positive.stream().filter(tick -> tick.value() >= floor))
        .toList();
  }

  /** Powers of ten; where that leaves less than two names, twos and fives too, or all digits. */
  private List<Tick> powersOfTen(double from) {
    return Stream.of(Set.of(1), Set.of(1, 2, 5), Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
        .map(digits -> powersOfTen(from, digits))
        .filter(this::namesTwo)
        .findFirst()
        .orElseGet(() -> powersOfTen(from, Set.of(1, 2, 5)));
  }

  private boolean namesTwo(List<Tick> ticks) {
    return ticks.stream()
            .filter(tick -> tick.isMajor() && tick.value() >= low && tick.value() <= high)
            .count()
        > 1;
  }

  private List<Tick> powersOfTen(double from, Set<Integer> digits) {
    // Powers of ten have whole places, but for rounding.
    int first = (int) Math.floor(from + 1e-9);
    int last = (int) Math.ceil(place(high));
    int every = Math.max(1, (int) Math.ceil((last - first + 1.0) / MOST_LABELS));
    List<Tick> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      String decade = decade(power);
      for (int digit = 1; digit < 10; digit++) {
        boolean named = digit == 1 ? Math.floorMod(power, every) == 0 : digits.contains(digit);
        String label =
            digit == 1 ? decade : power == 0 ? String.valueOf(digit) : digit + "·" + decade;
        ticks.add(new Tick(Double.parseDouble(digit + "e" + power), named ? label : ""));
      }
    }
    return ticks;
  }

  /** A power of ten: in full while that is short. */
  private static String decade(int power) {
    return power >= 0 && power <= LARGEST_FULL_POWER
        ? "1" + "0".repeat(power)
        : "10^{" + minus(String.valueOf(power)) + "}";
  }

  /** The number with a true minus sign; a hyphen is too short beside digits. */
  private static String minus(String number) {
    return number.replace('-', '\u2212');
  }

  private static double toLine(Axis axis, double floor, double value) {
    return switch (axis.spacing()) {
      case LINEAR -> value;
      case LOG10 -> Math.log10(value);
      case LOG10_AND_ZERO ->
          value < floor ? Math.log10(floor) - 1 + value / floor : Math.log10(value);
      case LOG2 -> Math.log(value) / Math.log(2);
    };
  }

  private static double fromLine(Axis axis, double floor, double place) {
    return switch (axis.spacing()) {
      case LINEAR -> place;
      case LOG10 -> Math.pow(10, place);
      case LOG10_AND_ZERO -> {
        double above = place - Math.log10(floor);
        yield above < 0 ? floor * (above + 1) : Math.pow(10, place);
      }
      case LOG2 -> Math.pow(2, place);
    };
  }
}
