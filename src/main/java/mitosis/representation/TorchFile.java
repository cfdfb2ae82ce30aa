package mitosis.representation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import mitosis.data.RestrictedUnpickler;
import mitosis.representation.StoredBytes.ZipEntryBytes;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;

/**
 * A tensor in the format of {@code torch.save} since PyTorch 1.6, alone or as the only one of a
 * list or dict: a zip of a pickle, which says what the tensor is, and of the numbers. The pickle is
 * read by {@link TensorPickle}, which runs nothing.
 */
final class TorchFile {

  /** A pickle that says what one tensor is takes some hundred bytes. */
  private static final int LONGEST_PICKLE = 1 << 20;

  /** How files of {@code torch.save} before 1.6 start: a pickle of a number. */
  private static final byte[] BEFORE_ZIP = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Path path;
  private final ZipFile zip;
  private final String root;

  private TorchFile(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
    this.root = root();
  }

  /**
   * Reads what the file says of its tensor; the numbers are read when they are asked for.
   *
   * @throws IllegalArgumentException if it isn't such a file, holds none or several tensors, names
   *     anything that a tensor doesn't need, or if its tensor doesn't lie within the numbers; the
   *     message names the file
   * @throws UncheckedIOException if the file can't be read
   */
  static StoredArray read(Path path) {
    try {
      requireZip(path);
      try (ZipFile zip = new ZipFile(path.toFile())) {
        return new TorchFile(path, zip).tensor();
      }
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          "%s is damaged or cut short: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  private static void requireZip(Path path) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(BEFORE_ZIP.length);
    }
    if (Arrays.equals(start, BEFORE_ZIP)) {
      throw new IllegalArgumentException(
          path
              + " is in the format of PyTorch before 1.6; save it again with a newer one: torch.save(torch.load(file), file)");
    }
    if (!Arrays.equals(Arrays.copyOf(start, ZIP.length), ZIP)) {
      throw new IllegalArgumentException(path + " is not a file of torch.save");
    }
  }

  /** The folder within the zip that all lies in; its name is of no meaning. */
  private String root() {
    for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
      String name = entries.nextElement().getName();
      if (name.equals("data.pkl") || name.matches("[^/]+/data\\.pkl")) {
        return name.substring(0, name.length() - "data.pkl".length());
      }
    }
    throw refusal("is a zip, but not of torch.save: it has no data.pkl");
  }

  private StoredArray tensor() throws IOException {
    return array(only(TensorPickle.read(path.toString(), content("data.pkl"))));
  }

  private byte[] content(String name) throws IOException {
    ZipEntry entry = zip.getEntry(root + name);
    if (entry.getSize() > LONGEST_PICKLE) {
      throw refusal(
          "has a %s of %d bytes, too long for one tensor".formatted(name, entry.getSize()));
    }
    try (InputStream in = ZipEntryBytes.of(path, entry).open()) {
      return in.readNBytes(LONGEST_PICKLE);
    }
  }

  private TensorPickle.Tensor only(Object saved) {
    Collection<?> items =
        saved instanceof Map<?, ?> map
            ? map.values()
            : saved instanceof Collection<?> list
                ? list
                : saved instanceof Object[] tuple ? Arrays.asList(tuple) : Arrays.asList(saved);
    if (items.size() == 1 && items.iterator().next() instanceof TensorPickle.Tensor tensor) {
      return tensor;
    }
    throw refusal("holds %d values, not a single tensor".formatted(items.size()));
  }

  private StoredArray array(TensorPickle.Tensor tensor) throws IOException {
    TensorPickle.Storage storage = tensor.storage();
    ZipEntry numbers = zip.getEntry(root + "data/" + storage.key());
    if (numbers == null) {
      throw refusal("has no data/%s, in which its tensor lies".formatted(storage.key()));
    }
    if (numbers.getSize() % storage.type().bytes() != 0
        || numbers.getSize() / storage.type().bytes() != storage.numbers()) {
      throw refusal(
          "has %d bytes in data/%s, where %d numbers of %d bytes should be"
              .formatted(
                  numbers.getSize(), storage.key(), storage.numbers(), storage.type().bytes()));
    }
    return StoredArray.strided(
        path.toString(),
        storage.type(),
        byteOrder(),
        tensor.offset(),
        tensor.shape(),
        tensor.strides(),
        ZipEntryBytes.of(path, numbers));
  }

  private ByteOrder byteOrder() throws IOException {
    if (zip.getEntry(root + "byteorder") == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String order = new String(content("byteorder"), StandardCharsets.US_ASCII);
    return switch (order.strip()) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw refusal("has byteorder '%s', not little or big".formatted(order));
    };
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(path + " " + what);
  }

  /**
   * Reads what {@code torch.save} pickles of tensors, and nothing else. It may name the few
   * functions and types that tensors need.
   */
  static final class TensorPickle extends RestrictedUnpickler {

    private static final Map<String, Object> GLOBALS =
        Map.ofEntries(
            Map.entry("torch._utils._rebuild_tensor_v2", Function.TENSOR),
            Map.entry("torch._utils._rebuild_parameter", Function.PARAMETER),
            Map.entry("collections.OrderedDict", Function.ORDERED_DICT),
            Map.entry("torch.HalfStorage", ElementType.F16),
            Map.entry("torch.BFloat16Storage", ElementType.BF16),
            Map.entry("torch.FloatStorage", ElementType.F32),
            Map.entry("torch.DoubleStorage", ElementType.F64),
            Map.entry("torch.CharStorage", ElementType.I8),
            Map.entry("torch.ShortStorage", ElementType.I16),
            Map.entry("torch.IntStorage", ElementType.I32),
            Map.entry("torch.LongStorage", ElementType.I64),
            Map.entry("torch.ByteStorage", ElementType.U8),
            Map.entry("torch.BoolStorage", ElementType.BOOL));

    private static final Set<Short> HARMLESS =
        Set.of(
            Opcodes.FRAME,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.EMPTY_TUPLE,
            Opcodes.MEMOIZE,
            Opcodes.BINPERSID);

    /** Functions that a pickle may call. */
    private enum Function {
      /** With storage, offset, size, stride, requires_grad, hooks and perhaps metadata. */
      TENSOR,
      /** With the tensor that is the parameter, requires_grad and hooks. */
      PARAMETER,
      /** With nothing; its items follow. */
      ORDERED_DICT
    }

    /**
     * Where numbers lie.
     *
     * @param type of each number
     * @param key the name of their file in the zip, below {@code data/}
     * @param numbers how many there are
     */
    record Storage(ElementType type, String key, long numbers) {}

    /**
     * A tensor without its numbers.
     *
     * @param storage where they lie
     * @param offset of the first of them, at least 0
     * @param shape extents, each at least 0
     * @param strides the distance between numbers along each extent, 0 to 2^31 − 1
     */
    record Tensor(Storage storage, long offset, int[] shape, long[] strides) {}

    /** A pickle that may be whole, but holds more than tensors. */
    private static final class Foreign extends IllegalArgumentException {

      private static final long serialVersionUID = 1;

      Foreign(String message) {
        super(message);
      }
    }

    private final String where;

    private TensorPickle(String where) {
      super(HARMLESS);
      this.where = where;
    }

    /**
     * Reads a pickle.
     *
     * @param where how messages call it
     * @return tensors, numbers, strings, nulls, and lists, arrays (tuples) and maps of them
     * @throws IllegalArgumentException if it needs more than tensors do, or is damaged
     */
    static Object read(String where, byte[] pickle) {
      try {
        return new TensorPickle(where).load(new ByteArrayInputStream(pickle));
      } catch (Foreign e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // The library meets a damaged pickle with whatever exception it runs into.
        throw new IllegalArgumentException(where + " holds a damaged pickle: " + e, e);
      }
    }

    @Override
    protected void other(short opcode) throws IOException {
      switch (opcode) {
        case Opcodes.BINUNICODE -> stack.add(string());
        case Opcodes.STACK_GLOBAL -> {
          String name = (String) stack.pop();
          stack.add(global(stack.pop() + "." + name));
        }
        default ->
            throw new Foreign(
                "%s holds a pickle with opcode 0x%02x, which tensors don't need; nothing was run; save the tensor alone, with torch.save(tensor, file)"
                    .formatted(where, opcode));
      }
    }

    /** The library would make room for as many bytes as the pickle says there are. */
    private String string() throws IOException {
      int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, 4));
      if (length < 0 || length > input.available()) {
        throw new IOException("a string of %d bytes is cut short".formatted(length));
      }
      return new String(input.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    protected Object global(String name) {
      Object known = GLOBALS.get(name);
      if (known == null) {
        throw new Foreign(
            "%s holds a pickle that names %s, which is none of the tensor types read here; nothing was run; save the tensor alone, with torch.save(tensor, file)"
                .formatted(where, name));
      }
      return known;
    }

    @Override
    protected Object call(Object function, Object[] arguments) {
      return switch ((Function) function) {
        case TENSOR -> tensor(arguments);
        case PARAMETER -> (Tensor) arguments[0];
        case ORDERED_DICT -> {
          if (arguments.length > 0) {
            throw new Foreign(where + " holds a dict in a form that is not read; save its tensor");
          }
          yield new LinkedHashMap<String, Object>();
        }
      };
    }

    private Tensor tensor(Object[] arguments) {
      boolean plain =
          arguments.length == 6
              || (arguments.length == 7
                  && (arguments[6] == null || ((Map<?, ?>) arguments[6]).isEmpty()));
      if (!plain) {
        // What a lazily negated tensor looks like, for one.
        throw new Foreign(
            where
                + " holds a tensor with metadata, which is not read; save its resolve_neg().clone()");
      }
      Object[] size = (Object[]) arguments[2];
      Object[] stride = (Object[]) arguments[3];
      if (size.length != stride.length) {
        throw new IllegalStateException("a tensor with %d sizes".formatted(size.length));
      }
      int[] shape = new int[size.length];
      long[] strides = new long[size.length];
      for (int dimension = 0; dimension < shape.length; dimension++) {
        shape[dimension] = (int) whole(size[dimension], Integer.MAX_VALUE);
        strides[dimension] = whole(stride[dimension], Integer.MAX_VALUE);
      }
      long offset = whole(arguments[1], Long.MAX_VALUE >> 1);
      return new Tensor((Storage) arguments[0], offset, shape, strides);
    }

    @Override
    protected Object persistentLoad(Object id) {
      Object[] parts = (Object[]) id;
      if (parts.length != 5 || !"storage".equals(parts[0])) {
        throw new IllegalStateException("a persistent id that is no storage");
      }
      // parts[3] says on which device the tensor was.
      return new Storage(
          (ElementType) parts[1], (String) parts[2], whole(parts[4], Long.MAX_VALUE));
    }

    private static long whole(Object number, long largest) {
      if (number instanceof Integer || number instanceof Long) {
        long value = ((Number) number).longValue();
        if (value >= 0 && value <= largest) {
          return value;
        }
      }
      throw new IllegalStateException("%s where a size belongs".formatted(number));
    }
  }
}
