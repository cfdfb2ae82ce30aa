package mitosis.claims.support;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * The systems that the tests of this process are about. They are known once all filters have had
 * their say, and before the first test runs, so that what the last tests need can be trained while
 * the first ones measure.
 */
public final class PlannedSystems implements TestExecutionListener {

  private static volatile Set<String> planned = Set.of();

  /** Names of systems; none before tests run. */
  static Set<String> names() {
    return planned;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    planned = of(plan);
  }

  static Set<String> of(TestPlan plan) {
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .flatMap(test -> test.getSource().stream())
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .flatMap(test -> AnnotationSupport.findAnnotation(test.getJavaClass(), On.class).stream())
        .map(On::value)
        .collect(Collectors.toUnmodifiableSet());
  }
}
