package mitosis.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Recipes and what belongs to runs as JSON: fields in alphabetical order, so that equal values have
 * equal texts.
 */
final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  /** On one line. */
  static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /** Indented, for a person. */
  static byte[] pretty(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not JSON of that type
   */
  static <T> T read(String text, TypeReference<T> type) {
    try {
      return present(MAPPER.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not as expected: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not JSON of that type
   */
  static <T> T read(String text, Class<T> type) {
    try {
      return present(MAPPER.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    }
  }

  private static <T> T present(T value) {
    if (value == null) {
      throw new IllegalArgumentException("expected a value, found null");
    }
    return value;
  }
}
