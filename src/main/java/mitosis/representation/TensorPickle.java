package mitosis.representation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import mitosis.data.TamePickle;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;

/**
 * Reads what {@code torch.save} pickles of tensors, and nothing else. It may name the few functions
 * and types that tensors need.
 */
final class TensorPickle extends TamePickle {

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

  /** What may be called. */
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

  /** Of a pickle that may be whole, but isn't only of tensors. */
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
    return new Storage((ElementType) parts[1], (String) parts[2], whole(parts[4], Long.MAX_VALUE));
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
