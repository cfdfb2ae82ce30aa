package mitosis.claims.support;

import java.util.Comparator;
import java.util.List;
import mitosis.suite.Options;
import mitosis.suite.SystemOrder;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Checks the claims of the systems in the order of {@link SystemOrder}, those that ask for no
 * training first, and those of students, which are trained beside all others, last.
 */
public final class MostVerdictsFirst implements ClassOrderer {

  private final Options options;

  /** For the options of this process. */
  public MostVerdictsFirst() {
    this(Options.ofSystemProperties());
  }

  /**
   * @param options which systems are tested, and how
   */
  MostVerdictsFirst(Options options) {
    this.options = options;
  }

  @Override
  public void orderClasses(ClassOrdererContext context) {
    // An audit tests no system.
    List<String> order = options.subject().isPresent() ? List.of() : SystemOrder.of(options);
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparingInt(
                (ClassDescriptor claims) ->
                    claims.findAnnotation(On.class).map(on -> position(on, order)).orElse(-1)));
  }

  /** Of systems that are not in the order, as those of students, behind all others. */
  private static int position(On on, List<String> order) {
    int position = order.indexOf(on.value());
    return position < 0 ? order.size() : position;
  }
}
