package mitosis.claims.support;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.suite.ClaimSession;
import mitosis.suite.Controls;
import mitosis.suite.CourseFigures;
import mitosis.suite.Evidence;
import mitosis.suite.Figures;
import mitosis.suite.LayerFigures;
import mitosis.suite.Options;
import mitosis.suite.PlantedCourses;
import mitosis.suite.PlantedCurves;
import mitosis.suite.PlantedEnsembles;
import mitosis.suite.PlantedFamilies;
import mitosis.suite.PlantedLayers;
import mitosis.suite.PlantedLayers.PlantedSigns;
import mitosis.suite.PlantedManifolds;
import mitosis.suite.ScalingFigures;
import mitosis.suite.StudentControls;
import mitosis.suite.StudentFigures;
import mitosis.suite.Students;
import mitosis.suite.VariantFigures;
import mitosis.suite.WidthFigures;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Hands a claim's test what it needs: its check, and the evidence, controls and figures of its
 * system.
 */
final class ClaimExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ClaimExtension.class);

  private static final Set<Class<?>> PARAMETERS =
      Set.of(
          Check.class, Evidence.class, Students.class, StudentControls.class, StudentFigures.class);

  /** What was made up beside a system's networks, by family. */
  private static final Map<Class<?>, Function<Controls, Object>> CONTROLS =
      Map.of(
          PlantedLayers.class, Controls::layers,
          PlantedManifolds.class, Controls::manifolds,
          PlantedSigns.class, Controls::signs,
          PlantedCurves.class, Controls::curves,
          PlantedCourses.class, Controls::courses,
          PlantedEnsembles.class, Controls::ensembles,
          PlantedFamilies.class, Controls::families);

  /** What is drawn of a system's networks, by family. */
  private static final Map<Class<?>, Function<Figures, Object>> FIGURES =
      Map.of(
          ScalingFigures.class, Figures::scaling,
          LayerFigures.class, Figures::layers,
          WidthFigures.class, Figures::widths,
          CourseFigures.class, Figures::courses,
          VariantFigures.class, Figures::variants);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return PARAMETERS.contains(type) || CONTROLS.containsKey(type) || FIGURES.containsKey(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    ClaimSession laboratory = laboratory(test);
    String system = system(test);
    if (type == Check.class) {
      return new Check(laboratory, expectation(laboratory, system, test), name(test));
    }
    if (type == Evidence.class) {
      return laboratory.evidence(system);
    }
    if (FIGURES.containsKey(type)) {
      return FIGURES
          .get(type)
          .apply(Figures.of(system, laboratory.evidence(system), laboratory.expectations(system)));
    }
    if (type == Students.class) {
      return laboratory.students(0);
    }
    if (type == StudentControls.class) {
      return new StudentControls(laboratory.students(0));
    }
    if (type == StudentFigures.class) {
      return new StudentFigures(laboratory.students(0));
    }
    return CONTROLS.get(type).apply(laboratory.controls(system));
  }

  /** One for all tests of this process, which closes it after the last. */
  private static ClaimSession laboratory(ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            ClaimSession.class,
            type -> opened(new ClaimSession(Options.ofSystemProperties())),
            ClaimSession.class);
  }

  private static ClaimSession opened(ClaimSession laboratory) {
    AllureEnvironment.write(laboratory.environment());
    laboratory.trainAhead(PlannedSystems.names(), ClaimExtension.class);
    return laboratory;
  }

  private static String system(ExtensionContext test) {
    return AnnotationSupport.findAnnotation(test.getRequiredTestClass(), On.class)
        .orElseThrow()
        .value();
  }

  private static Expectation expectation(
      ClaimSession laboratory, String system, ExtensionContext test) {
    Claim.Tested tested = Claim.Tested.by(test.getRequiredTestMethod()).orElseThrow();
    Expectations expectations = laboratory.expectations(system);
    Expectation expectation =
        expectations.of(tested.claim(), tested.quantity(), laboratory.scale(system));
    return laboratory.isAsRecorded(system) ? expectation : expectation.unrecorded();
  }

  /** As {@code class#method}. */
  static String name(ExtensionContext test) {
    return test.getRequiredTestClass().getName() + "#" + test.getRequiredTestMethod().getName();
  }
}
