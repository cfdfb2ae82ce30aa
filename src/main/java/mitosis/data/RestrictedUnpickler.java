package mitosis.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads a pickle of a known kind, and nothing else.
 *
 * <p>A pickle is a program that may name any function and have it called. Here it gets no function,
 * but a mark in its place, for the few names that its kind needs. Opcodes that it doesn't need are
 * refused, among them all by which the library would look up its own constructors or call methods
 * by name.
 */
public abstract class RestrictedUnpickler extends Unpickler {

  private static final Set<Short> NUMBERS_AND_LISTS =
      Set.of(
          Opcodes.PROTO,
          Opcodes.STOP,
          Opcodes.MARK,
          Opcodes.NONE,
          Opcodes.NEWTRUE,
          Opcodes.NEWFALSE,
          Opcodes.BININT,
          Opcodes.BININT1,
          Opcodes.BININT2,
          Opcodes.TUPLE,
          Opcodes.TUPLE1,
          Opcodes.TUPLE2,
          Opcodes.TUPLE3,
          Opcodes.EMPTY_LIST,
          Opcodes.APPEND,
          Opcodes.APPENDS,
          Opcodes.BINPUT,
          Opcodes.LONG_BINPUT,
          Opcodes.BINGET,
          Opcodes.LONG_BINGET);

  private final Set<Short> harmless;

  /**
   * @param harmless opcodes of values that its kind needs besides numbers, lists and tuples
   */
  protected RestrictedUnpickler(Set<Short> harmless) {
    this.harmless = Set.copyOf(harmless);
  }

  @Override
  protected final Object dispatch(short opcode) throws IOException {
    if (NUMBERS_AND_LISTS.contains(opcode) || harmless.contains(opcode)) {
      return super.dispatch(opcode);
    }
    switch (opcode) {
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<String, Object>());
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        put((String) stack.pop(), value);
      }
      case Opcodes.SETITEMS -> {
        List<Object> items = stack.pop_all_since_marker();
        for (int i = 0; i < items.size(); i += 2) {
          put((String) items.get(i), items.get(i + 1));
        }
      }
      case Opcodes.GLOBAL -> {
        String module = PickleUtils.readline(input);
        stack.add(global(module + "." + PickleUtils.readline(input)));
      }
      case Opcodes.REDUCE -> {
        Object[] arguments = (Object[]) stack.pop();
        stack.add(call(stack.pop(), arguments));
      }
      default -> other(opcode);
    }
    return NO_RETURN_VALUE;
  }

  private void put(String key, Object value) {
    @SuppressWarnings("unchecked")
    Map<String, Object> map = (Map<String, Object>) stack.peek();
    map.put(key, value);
  }

  /**
   * What stands for a function or type of Python's.
   *
   * @param name with its module
   * @throws IOException if its kind of pickle needs none of that name; or an unchecked exception
   */
  protected abstract Object global(String name) throws IOException;

  /**
   * What a call makes.
   *
   * @param function as {@link #global} gave it
   * @throws IOException if that is none, or is called otherwise; or an unchecked exception
   */
  protected abstract Object call(Object function, Object[] arguments) throws IOException;

  /**
   * Does what an opcode says that stands for neither values nor calls.
   *
   * @throws IOException if its kind of pickle does not need it; or an unchecked exception
   */
  protected abstract void other(short opcode) throws IOException;
}
