package mitosis.claims;

import java.util.Optional;
import mitosis.suite.Options;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Leaves out claims and systems that {@code -Dclaims} and {@code -Dsystems} do not name. */
public final class Selection implements PostDiscoveryFilter {

  private final Options options = Options.ofSystemProperties();

  @Override
  public FilterResult apply(TestDescriptor test) {
    Optional<MethodSource> method =
        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    Optional<Claim> claim =
        method.flatMap(
            source -> AnnotationSupport.findAnnotation(source.getJavaMethod(), Claim.class));
    Optional<On> on =
        method.flatMap(source -> AnnotationSupport.findAnnotation(source.getJavaClass(), On.class));
    boolean chosen =
        claim.map(c -> options.claims().contains(c.value())).orElse(true)
            && on.map(system -> options.systems().contains(system.value())).orElse(true);
    return FilterResult.includedIf(chosen);
  }
}
