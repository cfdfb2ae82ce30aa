package mitosis.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of the papers' recipe a run follows. */
public enum Scale {
  /** A few steps of every system, to see that all runs; decides nothing. */
  SMOKE,
  /** Minutes on two cores. */
  QUICK,
  /** Hours on two cores. */
  EXTENDED,
  /** The papers' recipe, on a GPU. */
  FULL;

  /**
   * The name in files and on the command line: {@code smoke}, {@code quick}, {@code extended} or
   * {@code full}.
   */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@code smoke}, {@code quick}, {@code extended} or {@code full}.
   *
   * @throws IllegalArgumentException if the text is none of them; the message lists them
   */
  public static Scale parse(String text) {
    return Choice.parse(values(), "scale", text, Scale::word);
  }
}
