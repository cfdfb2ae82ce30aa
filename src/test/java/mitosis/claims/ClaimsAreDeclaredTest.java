package mitosis.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.suite.Options;
import mitosis.suite.Systems;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** That what is expected is tested, and what is tested is expected. */
class ClaimsAreDeclaredTest {

  private static final List<Class<?>> FAMILIES =
      List.of(
          ScalingClaims.class,
          InterpolationNeededClaims.class,
          InterpolationClaims.class,
          ReconstructionClaims.class,
          ResidualClaims.class,
          TwoPhasesClaims.class,
          VariancePeakClaims.class,
          WeightDecayClaims.class,
          WholeNetworkClaims.class,
          DepthClaims.class,
          ObjectiveClaims.class,
          DoseResponseClaims.class,
          WideOrEnsembleClaims.class,
          DimensionClaims.class,
          CloneCountClaims.class,
          SignatureClaims.class,
          TeacherStudentClaims.class);

  private static List<Method> tests(Class<?> onSystem) {
    return ReflectionSupport.findMethods(onSystem, method -> true, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .filter(method -> method.isAnnotationPresent(Claim.class))
        .toList();
  }

  private static String system(Class<?> onSystem) {
    return AnnotationSupport.findAnnotation(onSystem, On.class).orElseThrow().value();
  }

  private static List<String> systems() {
    return Stream.concat(Systems.names().stream(), Stream.of(Options.SUBJECT)).toList();
  }

  @Test
  void everyExpectedQuantityHasItsTestAndNoOther() {
    for (String system : systems()) {
      Set<String> tested =
          FAMILIES.stream()
              .flatMap(family -> Arrays.stream(family.getDeclaredClasses()))
              .filter(each -> AnnotationSupport.isAnnotated(each, On.class))
              .filter(each -> system(each).equals(system))
              .flatMap(each -> tests(each).stream())
              .map(test -> test.getAnnotation(Claim.class))
              .map(claim -> claim.value() + " " + claim.quantity())
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> expected =
          Expectations.read(Path.of("expected"), system).at(Scale.QUICK).stream()
              .map(expectation -> expectation.claim() + " " + expectation.quantity().name())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(tested).as(system).isEqualTo(expected);
    }
  }

  @Test
  void everyTestCarriesTheTagsOfItsClaimAndSystem() {
    for (Class<?> family : FAMILIES) {
      for (Class<?> onSystem : family.getDeclaredClasses()) {
        if (AnnotationSupport.isAnnotated(onSystem, On.class)) {
          assertThat(tags(onSystem)).contains("claim", system(onSystem), "full");
          for (Method test : tests(onSystem)) {
            assertThat(test.getAnnotation(Tag.class).value())
                .isEqualTo(test.getAnnotation(Claim.class).value().name());
          }
        }
      }
    }
  }

  private static Set<String> tags(Class<?> type) {
    return AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
        .map(Tag::value)
        .collect(Collectors.toSet());
  }
}
