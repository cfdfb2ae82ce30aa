package mitosis.representation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import mitosis.representation.StoredBytes.FileBytes;

/**
 * What a {@code .safetensors} file says of its arrays: the length of a header as eight
 * little-endian bytes, the header as JSON with type, shape and place of each array, then the
 * numbers, little-endian and row by row. The arrays must cover the file without gap or overlap, as
 * the format demands.
 */
final class SafetensorsHeader {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The format's own limit. */
  private static final int LONGEST_HEADER = 100_000_000;

  private static final String METADATA = "__metadata__";

  /**
   * An array's entry in the header.
   *
   * @param name of the array
   * @param type as the format calls it, such as {@code F32}
   * @param shape extents, each at least 0
   * @param begin its first byte, counted from behind the header
   * @param end behind its last
   */
  record Entry(String name, String type, List<Integer> shape, long begin, long end) {

    /** Whether it holds floating-point numbers; those of eight bits, which are not read, too. */
    boolean isReal() {
      return type.startsWith("F") || type.startsWith("BF");
    }
  }

  private final Path path;
  private final List<Entry> entries;
  private final FileBytes data;

  private SafetensorsHeader(Path path) throws IOException {
    this.path = path;
    FileBytes whole = FileBytes.of(path);
    byte[] header = header(whole);
    this.data = whole.from(Long.BYTES + header.length);
    this.entries = entries(header);
    requireCovered(entries, data.length());
  }

  /**
   * Reads the header of a file.
   *
   * @throws IllegalArgumentException if it isn't a whole file of that format; the message names it
   * @throws UncheckedIOException if it can't be read
   */
  static SafetensorsHeader read(Path path) {
    try {
      return new SafetensorsHeader(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  /** All arrays, in the order of the header. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  private byte[] header(FileBytes whole) throws IOException {
    try (InputStream in = whole.open()) {
      byte[] size = in.readNBytes(Long.BYTES);
      if (size.length < Long.BYTES) {
        throw refusal("is not a safetensors file: it has only %d bytes".formatted(size.length));
      }
      long length = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length < 0 || length > LONGEST_HEADER || length > whole.length() - Long.BYTES) {
        throw refusal(
            "is not a whole safetensors file: its first 8 bytes say that its header has %s bytes"
                .formatted(Long.toUnsignedString(length)));
      }
      return in.readNBytes((int) length);
    }
  }

  private List<Entry> entries(byte[] header) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(header);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s has a header that is not JSON: %s".formatted(path, e.getOriginalMessage()), e);
    }
    if (!root.isObject()) {
      throw refusal("has a header that is not a JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    root.fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue()));
              }
            });
    return entries;
  }

  private Entry entry(String name, JsonNode node) {
    JsonNode offsets = node.path("data_offsets");
    JsonNode shape = node.path("shape");
    boolean complete =
        node.path("dtype").isTextual()
            && shape.isArray()
            && offsets.size() == 2
            && offsets.get(0).canConvertToLong()
            && offsets.get(1).canConvertToLong();
    if (!complete) {
      throw refusal("has a header whose \"%s\" lacks dtype, shape or data_offsets".formatted(name));
    }
    List<Integer> extents = new ArrayList<>();
    for (JsonNode extent : shape) {
      if (!extent.canConvertToInt() || !extent.isIntegralNumber() || extent.intValue() < 0) {
        throw refusal("has a header whose \"%s\" has shape %s".formatted(name, shape));
      }
      extents.add(extent.intValue());
    }
    return new Entry(
        name,
        node.get("dtype").textValue(),
        extents,
        offsets.get(0).longValue(),
        offsets.get(1).longValue());
  }

  private void requireCovered(List<Entry> entries, long length) {
    long covered = 0;
    List<Entry> inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    for (Entry entry : inOrder) {
      if (entry.begin() != covered || entry.end() < entry.begin()) {
        throw refusal(
            "has \"%s\" at bytes %d to %d, where byte %d is next: arrays overlap or leave a gap"
                .formatted(entry.name(), entry.begin(), entry.end(), covered));
      }
      covered = entry.end();
    }
    if (covered != length) {
      throw refusal(
          "has %d bytes of data, but its header speaks of %d; it is cut short, or more was added"
              .formatted(length, covered));
    }
  }

  /**
   * An array of at most two dimensions.
   *
   * @throws IllegalArgumentException if it has more, no numbers, or a type that isn't read; the
   *     message names file and array
   */
  StoredArray array(Entry entry) {
    int[] shape = entry.shape().stream().mapToInt(Integer::intValue).toArray();
    return array(entry, path + ": " + entry.name(), shape);
  }

  /**
   * An array of any number of dimensions as rows: one for each place along its first dimension.
   *
   * @throws IllegalArgumentException if it has no numbers, or a type that isn't read; the message
   *     names file and array
   */
  StoredArray rows(Entry entry) {
    if (entry.shape().size() <= 2) {
      return array(entry);
    }
    int rows = entry.shape().get(0);
    int columns = entry.shape().stream().skip(1).reduce(1, Math::multiplyExact);
    String where =
        "%s: %s %s, taken as %d rows,".formatted(path, entry.name(), entry.shape(), rows);
    return array(entry, where, new int[] {rows, columns});
  }

  private StoredArray array(Entry entry, String where, int[] shape) {
    ElementType type =
        Arrays.stream(ElementType.values())
            .filter(each -> each.name().equals(entry.type()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s holds %s, which is not one of %s"
                            .formatted(
                                where,
                                entry.type(),
                                Arrays.stream(ElementType.values())
                                    .map(ElementType::name)
                                    .collect(Collectors.joining(" ")))));
    return StoredArray.whole(
        where,
        type,
        ByteOrder.LITTLE_ENDIAN,
        shape,
        false,
        data.stretch(entry.begin(), entry.end()));
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(path + " " + what);
  }
}
