package mitosis.claims.support;

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
    Optional<Claim.Tested> tested =
        method.flatMap(source -> Claim.Tested.by(source.getJavaMethod()));
    Optional<On> on =
        method.flatMap(source -> AnnotationSupport.findAnnotation(source.getJavaClass(), On.class));
    boolean chosen =
        tested.map(each -> options.claims().contains(each.claim())).orElse(true)
            && on.map(system -> options.systems().contains(system.value())).orElse(true);
    return FilterResult.includedIf(chosen);
  }
}
