package mitosis.claims.support;

import mitosis.claim.Expectation;
import mitosis.suite.Audit;
import mitosis.suite.AuditControls;
import mitosis.suite.AuditFigures;
import mitosis.suite.Options;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the test of a claim on an external network its check, controls and figures. */
final class AuditExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(AuditExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == SubjectCheck.class || type == AuditControls.class || type == AuditFigures.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    Audit audit = audit(test);
    if (type == SubjectCheck.class) {
      return new SubjectCheck(audit, expectation(audit, test), ClaimExtension.name(test));
    }
    return type == AuditFigures.class ? new AuditFigures(audit.network()) : audit.controls();
  }

  /** One for all tests of this process, which closes it after the last. */
  private static Audit audit(ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Audit.class, type -> opened(), Audit.class);
  }

  private static Audit opened() {
    Audit audit = new Audit(Options.ofSystemProperties());
    AllureEnvironment.write(audit.environment());
    return audit;
  }

  private static Expectation expectation(Audit audit, ExtensionContext test) {
    Claim.Tested tested = Claim.Tested.by(test.getRequiredTestMethod()).orElseThrow();
    return audit.expectations().of(tested.claim(), tested.quantity(), audit.scale());
  }
}
