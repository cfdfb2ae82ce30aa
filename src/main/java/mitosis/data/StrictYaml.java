package mitosis.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads YAML that people write by hand into records, whose components are fields {@code
 * in_snake_case}. Nothing is guessed: every field must be there but those that are {@link
 * Optional}, none may be there that the record does not have, none twice and none without a value;
 * a number in quotes, a whole number with a fraction and a number for a text are refused, as is
 * what a record's constructor refuses.
 *
 * <p>Jackson looks for what is missing in an object before it looks at names that it does not know:
 * a required field of which the name is misspelt is said to be missing, at the object's first line.
 */
public final class StrictYaml {

  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalDouble.class);

  private static final ObjectMapper MAPPER = mapper();

  private StrictYaml() {}

  private static ObjectMapper mapper() {
    YAMLMapper mapper =
        YAMLMapper.builder()
            .addModule(new Jdk8Module())
            .annotationIntrospector(new RequiredUnlessOptional())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    for (CoercionInputShape shape : CoercionInputShape.values()) {
      mapper.coercionConfigDefaults().setCoercion(shape, CoercionAction.Fail);
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    // A whole number is a number: 0.1 and 1 are both learning rates.
    mapper
        .coercionConfigFor(LogicalType.Float)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert);
    return mapper;
  }

  /** What is not optional must be there, without an annotation at each component that says so. */
  private static final class RequiredUnlessOptional extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !OPTIONAL.contains(member.getRawType());
    }
  }

  /**
   * Reads a text.
   *
   * @param file its name, for messages
   * @param text what the file holds
   * @param type a record, or an interface of several that a field tells apart
   * @throws IllegalArgumentException if the text is refused; names the file, the line, the field,
   *     what is wrong and what is allowed
   */
  public static <T> T read(String file, String text, Class<T> type) {
    try {
      requireValues(file, text);
      return MAPPER.readValue(text, type);
    } catch (JsonMappingException e) {
      String field =
          e.getPath().stream()
              .map(each -> each.getFieldName() == null ? "" + each.getIndex() : each.getFieldName())
              .collect(Collectors.joining("."));
      int line =
          field.isEmpty() && e.getLocation() != null
              ? e.getLocation().getLineNr()
              : line(text, field).orElse(1);
      throw new IllegalArgumentException(
          "%s, line %d%s: %s"
              .formatted(file, line, field.isEmpty() ? "" : ", field " + field, reason(e)),
          e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s, line %d: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a text of " + file, e);
    }
  }

  /** Jackson takes a field without a value for one that is absent, where that is allowed. */
  private static void requireValues(String file, String text) throws IOException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NULL) {
          throw new IllegalArgumentException(
              "%s, line %d, field %s: has no value; give one, or leave the field out"
                  .formatted(file, parser.currentTokenLocation().getLineNr(), field(parser)));
        }
      }
    }
  }

  /**
   * The line of a field, or of the object that lacks it. Jackson itself names the line on which the
   * object ends.
   */
  private static OptionalInt line(String text, String field) {
    OptionalInt line = OptionalInt.empty();
    try (JsonParser parser = MAPPER.createParser(text)) {
      String parent = field.contains(".") ? field.substring(0, field.lastIndexOf('.')) : "";
      while (parser.nextToken() != null) {
        String here = field(parser);
        if (here.equals(field)) {
          return OptionalInt.of(parser.currentTokenLocation().getLineNr());
        }
        if (here.equals(parent) && line.isEmpty()) {
          line = OptionalInt.of(parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      // What is not YAML from some line on has fields up to it.
    }
    return line;
  }

  /** Where a parser is, as names and indices joined by points. */
  private static String field(JsonParser parser) {
    String path = parser.getParsingContext().pathAsPointer().toString();
    return path.isEmpty() ? "" : path.substring(1).replace('/', '.');
  }

  private static String reason(JsonProcessingException refused) {
    if (refused instanceof UnrecognizedPropertyException unknown) {
      return "there is no such field; allowed are " + words(unknown.getKnownPropertyIds());
    }
    if (refused instanceof MismatchedInputException
        && refused.getOriginalMessage().startsWith("Missing required")) {
      return "is missing; add it, or mend the name of the field that is meant to be it";
    }
    Throwable cause = refused.getCause();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? cause.getMessage()
        : refused.getOriginalMessage();
  }

  private static String words(Collection<Object> names) {
    return names.stream()
        .map(String::valueOf)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }
}
