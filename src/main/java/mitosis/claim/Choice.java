package mitosis.claim;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one of a fixed set of words, and says which there are when it is none of them. */
final class Choice {

  private Choice() {}

  static <T> T parse(T[] allowed, String what, String text, Function<T, String> word) {
    return Arrays.stream(allowed)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown "
                        + what
                        + " '"
                        + text
                        + "'; use one of "
                        + Arrays.stream(allowed).map(word).collect(Collectors.joining(", "))));
  }
}
