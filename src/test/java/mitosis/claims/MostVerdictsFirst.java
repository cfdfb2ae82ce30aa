package mitosis.claims;

import java.util.Comparator;
import java.util.List;
import mitosis.suite.Options;
import mitosis.suite.SystemOrder;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Checks the claims of the systems in the order of {@link SystemOrder}. */
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
    // An audit tests no system. Classes of systems that are not tested, or train nothing that is
    // stored, are not in the order: first.
    List<String> order = options.subject().isPresent() ? List.of() : SystemOrder.of(options);
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparingInt(
                (ClassDescriptor claims) ->
                    claims
                        .findAnnotation(On.class)
                        .map(on -> order.indexOf(on.value()))
                        .orElse(-1)));
  }
}
