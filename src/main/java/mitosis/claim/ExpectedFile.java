package mitosis.claim;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A YAML file of the folder {@code expected}, bound to records.
 *
 * <p>Jackson is lenient unless told otherwise. Here a field that is unknown, stands twice, is
 * missing (unless its component is an {@link Optional}) or empty is refused, and so is a value of
 * another type than the component's: no text becomes a number, no number a text, and no number is
 * infinite. What the constructors of records throw as {@link IllegalArgumentException} is refused
 * with the place where it stands.
 *
 * @param name the file's name in messages, e.g. {@code expected/claims.yaml}
 * @param text its content
 * @param content the same as records
 */
record ExpectedFile<T>(String name, String text, T content) {

  private static final YAMLMapper STRICT =
      YAMLMapper.builder(new YAMLFactory())
          .addModule(new Jdk8Module())
          .addModule(scalars())
          .annotationIntrospector(new RequiredUnlessOptional())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
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
      List<String> path =
          e.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? String.valueOf(step.getIndex())
                          : step.getFieldName())
              .toList();
      // A key that no enum has is told of with the path of its map, but with its own location.
      int line =
          e instanceof InvalidFormatException ? lineOf(e) : line(text, path).orElse(lineOf(e));
      throw new IllegalArgumentException(place(shown, line, path) + ": " + why(e), e);
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

  private static String why(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown; use only "
          + unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .collect(Collectors.toCollection(TreeSet::new));
    }
    if (e instanceof InvalidFormatException format) {
      return "'%s' is %s".formatted(format.getValue(), wanted(format.getTargetType()));
    }
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return e.getCause().getMessage();
    }
    return e.getOriginalMessage().startsWith("Missing required creator property")
        ? "is missing; add it"
        : e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return "none of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> STRICT.convertValue(constant, String.class))
              .toList();
    }
    if (type == String.class) {
      return "no text; give one, in quotes if it looks like a number";
    }
    if (type == Boolean.class) {
      return "neither true nor false";
    }
    return type == Integer.class ? "no whole number" : "no finite number";
  }

  /** Values as they are written: Jackson's own readers turn texts into numbers and back. */
  private static SimpleModule scalars() {
    Scalar<Double> number =
        new Scalar<>(
            Double.class,
            JsonParser::getDoubleValue,
            JsonToken.VALUE_NUMBER_FLOAT,
            JsonToken.VALUE_NUMBER_INT);
    Scalar<Integer> count =
        new Scalar<>(Integer.class, JsonParser::getIntValue, JsonToken.VALUE_NUMBER_INT);
    return new SimpleModule()
        .addDeserializer(
            String.class,
            // A folded block ends with a line break that no sentence wants.
            new Scalar<>(String.class, parser -> parser.getText().strip(), JsonToken.VALUE_STRING))
        .addDeserializer(Double.class, number)
        .addDeserializer(double.class, number)
        .addDeserializer(Integer.class, count)
        .addDeserializer(int.class, count)
        .addDeserializer(
            Boolean.class,
            new Scalar<>(
                Boolean.class,
                JsonParser::getBooleanValue,
                JsonToken.VALUE_TRUE,
                JsonToken.VALUE_FALSE));
  }

  /** How a value is taken from where the parser stands. */
  private interface Reading<T> {
    T of(JsonParser parser) throws IOException;
  }

  /** A text that is not blank, a finite number, a whole number, or true or false. */
  private static final class Scalar<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Reading<T> reading;
    private final JsonToken[] tokens;

    Scalar(Class<T> type, Reading<T> reading, JsonToken... tokens) {
      super(type);
      this.reading = reading;
      this.tokens = tokens;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (Arrays.stream(tokens).anyMatch(parser::hasToken)) {
        T value = reading.of(parser);
        if (!value.equals("") && !(value instanceof Double number && !Double.isFinite(number))) {
          return value;
        }
      }
      throw InvalidFormatException.from(parser, "refused", parser.getText(), handledType());
    }
  }

  /** Every component of a record has to be given, unless it is an {@link Optional}. */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return member.getRawType() != Optional.class;
    }
  }
}
