package mitosis;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ends its process as a library does that has lost its way in its memory: the C library finds out,
 * says so and aborts. Its name keeps it out of every run that does not ask for it; {@code
 * .ci/dead-forks} does.
 */
@Order(Integer.MAX_VALUE)
@Tag("convolution")
class AbortingCase {

  @Test
  void the_c_library_ends_the_process() {
    NativeLibrary c = NativeLibrary.getInstance("c");
    Pointer block = c.getFunction("malloc").invokePointer(new Object[] {64L});
    c.getFunction("free").invokeVoid(new Object[] {block});
    c.getFunction("free").invokeVoid(new Object[] {block});
  }
}
