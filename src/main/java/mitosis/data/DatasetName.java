package mitosis.data;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What recipes call a dataset: the name of its source, and, where not all of it is wanted, how many
 * of its first examples are: {@code cifar10-first-5000}, {@code cifar10-first-256-test-512}.
 *
 * @param source the source's name
 * @param first the first so many training examples; all if empty
 * @param test the first so many test examples; all if empty
 */
record DatasetName(String source, OptionalInt first, OptionalInt test) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<source>.+?)(-first-(?<first>[1-9]\\d{0,8}))?(-test-(?<test>[1-9]\\d{0,8}))?");

  static DatasetName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      throw new DataException("'%s' is no name of a dataset".formatted(name));
    }
    return new DatasetName(
        matcher.group("source"), number(matcher.group("first")), number(matcher.group("test")));
  }

  private static OptionalInt number(String text) {
    return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }
}
