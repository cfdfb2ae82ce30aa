package mitosis.claim;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How JSON and YAML are bound to records.
 *
 * <p>Jackson is lenient unless told otherwise. Here a field that is unknown, stands twice, is
 * missing (unless its component is an {@link Optional}) is refused, and so is a value of another
 * type than the component's: no text becomes a number, no number a text, and no number is infinite.
 * What the constructors of records throw as {@link IllegalArgumentException} is refused with the
 * place where it stands.
 */
final class StrictBinding {

  private static final ObjectMapper WORDS = new ObjectMapper();

  private StrictBinding() {}

  /** A mapper that is to be built is made strict. */
  static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B of(B builder) {
    return builder
        .addModule(new Jdk8Module())
        .addModule(scalars())
        .annotationIntrospector(new RequiredUnlessOptional())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
  }

  /** Where something is refused, field by field; elements of lists by index. */
  static List<String> path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
        .toList();
  }

  /**
   * Why something is refused, and what is allowed.
   *
   * @param e what Jackson threw
   */
  static String why(JsonMappingException e) {
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
              .map(constant -> WORDS.convertValue(constant, String.class))
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
