package mitosis.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A place in a YAML or JSON file that knows how to name itself when its content is refused.
 *
 * @param file the file's name
 * @param place the claim and quantity it belongs to, as in {@code claim C06, quantity held_out_r2};
 *     may be empty
 * @param field the path of fields below that place; may be empty
 * @param node the content; never missing, maybe JSON null
 */
record Section(String file, String place, String field, JsonNode node) {

  static Section root(String file, JsonNode node) {
    return new Section(file, "", "", node);
  }

  /** The same content, named from here on by a claim, a quantity or a test. */
  Section within(String where) {
    return new Section(file, place.isEmpty() ? where : place + ", " + where, "", node);
  }

  /** A field that must be there; its value may be null. */
  Section child(String name) {
    return optional(name).orElseThrow(() -> at(name, node).refused("is missing; add it"));
  }

  /** A field that may be left out. */
  Optional<Section> optional(String name) {
    names();
    return Optional.ofNullable(node.get(name)).map(content -> at(name, content));
  }

  /** The names of all fields, in the file's order. */
  List<String> names() {
    if (!node.isObject()) {
      throw refused("is '" + node.asText() + "'; give a block of named fields");
    }
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The elements of a list. */
  List<Section> items() {
    if (!node.isArray()) {
      throw refused("is '" + node.asText() + "'; give a list");
    }
    List<Section> items = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new Section(file, place, field + "[" + i + "]", node.get(i)));
    }
    return items;
  }

  /** Refuses every field that is not among the names, which are separated by spaces. */
  void allow(String allowed) {
    List<String> known = List.of(allowed.split(" "));
    for (String name : names()) {
      if (!known.contains(name)) {
        throw at(name, node)
            .refused("is unknown; use only " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  boolean isNull() {
    return node.isNull();
  }

  /** Text that is not blank. */
  String text() {
    if (!node.isTextual() || node.asText().isBlank()) {
      throw refused("is '" + node.asText() + "'; give a text, in quotes if it looks like a number");
    }
    // A folded YAML block ends with a line break that no sentence wants.
    return node.asText().strip();
  }

  /** A finite number. */
  double number() {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw refused("is '" + node.asText() + "'; give a finite number");
    }
    return value;
  }

  /** An edge of a band: a finite number, or {@code none} for the given infinity. */
  double edge(double none) {
    if (node.asText().equals("none")) {
      return none;
    }
    if (!node.isNumber()) {
      throw refused("is '" + node.asText() + "'; give a number, or none for no edge");
    }
    return number();
  }

  int count() {
    if (!node.isInt()) {
      throw refused("is '" + node.asText() + "'; give a whole number");
    }
    return node.intValue();
  }

  boolean flag() {
    if (!node.isBoolean()) {
      throw refused("is '" + node.asText() + "'; give true or false");
    }
    return node.booleanValue();
  }

  /** Which ends of a band are open. */
  String openEnd() {
    return parsed(
        text ->
            Choice.parse(
                new String[] {"none", "low", "high", "both"},
                "open end",
                text,
                Function.identity()));
  }

  static Band band(double low, double high, String open, boolean outside) {
    boolean both = open.equals("both");
    return new Band(low, high, both || open.equals("low"), both || open.equals("high"), outside);
  }

  /** Reads the text with a parser that throws {@link IllegalArgumentException}. */
  <T> T parsed(Function<String, T> parser) {
    String text = text();
    return checked(() -> parser.apply(text));
  }

  /** Makes a value, and adds this place to the message if it refuses its parts. */
  <T> T checked(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (Refused e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new Refused(prefix() + ": " + e.getMessage(), e);
    }
  }

  IllegalArgumentException refused(String why) {
    return new Refused(prefix() + " " + why, null);
  }

  private Section at(String name, JsonNode content) {
    return new Section(file, place, field.isEmpty() ? name : field + "." + name, content);
  }

  private String prefix() {
    return file
        + (place.isEmpty() ? "" : ": " + place)
        + (field.isEmpty() ? "" : ": field " + field);
  }

  /** Marks messages that already name their place. */
  private static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
