package mitosis.claims.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** The classes whose tests run on a system. */
  private static final List<Class<?>> ON_SYSTEMS =
      ReflectionSupport.findAllClassesInPackage(
          "mitosis.claims",
          type ->
              type.getPackageName().equals("mitosis.claims")
                  && AnnotationSupport.isAnnotated(type, On.class),
          name -> true);

  private static List<Method> tests(Class<?> onSystem) {
    return ReflectionSupport.findMethods(onSystem, method -> true, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .filter(method -> Claim.Tested.by(method).isPresent())
        .toList();
  }

  private static Claim.Tested tested(Method test) {
    return Claim.Tested.by(test).orElseThrow();
  }

  private static String system(Class<?> onSystem) {
    return AnnotationSupport.findAnnotation(onSystem, On.class).orElseThrow().value();
  }

  private static List<String> systems() {
    return Stream.concat(Systems.names().stream(), Stream.of(Options.SUBJECT)).toList();
  }

  @Test
  void each_expected_quantity_of_each_system_has_its_test_and_no_other_has() {
    for (String system : systems()) {
      Set<String> tested =
          ON_SYSTEMS.stream()
              .filter(each -> system(each).equals(system))
              .flatMap(each -> tests(each).stream())
              .map(ClaimsAreDeclaredTest::tested)
              .map(each -> each.claim() + " " + each.quantity())
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> expected =
          Expectations.read(Path.of("expected"), system).at(Scale.QUICK).stream()
              .map(expectation -> expectation.claim() + " " + expectation.quantity().name())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(tested).as(system).isEqualTo(expected);
    }
  }

  @Test
  void each_test_has_the_tags_of_its_claim_and_its_system() {
    for (Class<?> onSystem : ON_SYSTEMS) {
      assertThat(tags(onSystem)).contains("claim", system(onSystem), "full");
      for (Method test : tests(onSystem)) {
        assertThat(tags(test)).containsExactly(tested(test).claim().name());
      }
    }
  }

  /** Reports show the name of a test without its class. */
  @Test
  void no_two_quantities_are_tested_under_one_name() {
    Map<String, Set<Claim.Tested>> byName =
        ON_SYSTEMS.stream()
            .flatMap(each -> tests(each).stream())
            .collect(
                Collectors.groupingBy(
                    Method::getName,
                    Collectors.mapping(ClaimsAreDeclaredTest::tested, Collectors.toSet())));

    assertThat(byName).allSatisfy((name, quantities) -> assertThat(quantities).hasSize(1));
  }

  private static Set<String> tags(AnnotatedElement tagged) {
    return AnnotationSupport.findRepeatableAnnotations(tagged, Tag.class).stream()
        .map(Tag::value)
        .collect(Collectors.toSet());
  }
}
