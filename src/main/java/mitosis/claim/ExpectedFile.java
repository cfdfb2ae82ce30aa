package mitosis.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A YAML file of the folder {@code expected}, bound to records.
 *
 * <p>What {@link StrictBinding} refuses is refused with the place where it stands, and so is a
 * field without a value.
 *
 * @param name the file's name in messages, e.g. {@code expected/claims.yaml}
 * @param text its content
 * @param content the same as records
 */
record ExpectedFile<T>(String name, String text, T content) {

  private static final YAMLMapper STRICT =
      StrictBinding.of(YAMLMapper.builder())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /**
   * Reads a file.
   *
   * @param folder the folder {@code expected}
   * @param name the file's name in it, which may have folders
   * @param type what it is bound to
   * @throws IllegalArgumentException if the content is refused; the message names file, line, field
   *     and what is allowed
   * @throws UncheckedIOException if the file cannot be read
   */
  static <T> ExpectedFile<T> read(Path folder, String name, TypeReference<T> type) {
    String shown = folder.getFileName() + "/" + name;
    String text;
    try {
      text = Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(shown + " cannot be read", e);
    }
    try {
      requireValues(shown, text);
      return new ExpectedFile<>(shown, text, STRICT.readValue(text, type));
    } catch (JsonMappingException e) {
      List<String> path = StrictBinding.path(e);
      // A key that no enum has is told of with the path of its map, but with its own location.
      int line =
          e instanceof InvalidFormatException ? lineOf(e) : line(text, path).orElse(lineOf(e));
      throw new IllegalArgumentException(place(shown, line, path) + ": " + StrictBinding.why(e), e);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          place(shown, lineOf(e), List.of())
              + ": not readable as YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is thrown if the file does not agree with another one.
   *
   * @param why what is wrong, and what to do
   * @param path where it stands, field by field
   */
  IllegalArgumentException refused(String why, Object... path) {
    List<String> names = Arrays.stream(path).map(String::valueOf).toList();
    return new IllegalArgumentException(
        place(name, line(text, names).orElse(1), names) + ": " + why);
  }

  /** Jackson takes a field without a value for one that is not there, if it may be missing. */
  private static void requireValues(String name, String text) throws IOException {
    try (JsonParser parser = STRICT.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NULL) {
          String path = parser.getParsingContext().pathAsPointer().toString();
          throw new IllegalArgumentException(
              place(
                      name,
                      parser.currentTokenLocation().getLineNr(),
                      Arrays.asList(path.substring(1).split("/")))
                  + ": is empty; give a value, or leave the field out if it may be");
        }
      }
    }
  }

  private static String place(String file, int line, List<String> path) {
    return file + ", line " + line + (path.isEmpty() ? "" : ", " + String.join(".", path));
  }

  private static int lineOf(JacksonException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }

  /** The line of a field, or of the innermost field around it that the file has. */
  private static Optional<Integer> line(String text, List<String> path) {
    Optional<Integer> line = Optional.empty();
    int depth = 0;
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth < path.size()
            && parser
                .getParsingContext()
                .pathAsPointer()
                .toString()
                .equals("/" + String.join("/", path.subList(0, depth + 1)))) {
          line = Optional.of(parser.currentTokenLocation().getLineNr());
          depth++;
        }
      }
    } catch (IOException e) {
      // The file is refused for another reason, and its rest is not readable.
      return line;
    }
    return line;
  }
}
