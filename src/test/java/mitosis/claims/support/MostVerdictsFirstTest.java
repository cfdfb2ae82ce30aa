package mitosis.claims.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.suite.Options;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.AnnotationSupport;

class MostVerdictsFirstTest {

  @TempDir private Path runs;

  @On.PmnistFc5Free
  static class Dear {}

  @On.PmnistFc5
  static class Cheap {}

  @On.PmnistFc5
  static class CheapToo {}

  @On.TeacherStudent
  static class Students {}

  private record Described(Class<?> type) implements ClassDescriptor {

    @Override
    public Class<?> getTestClass() {
      return type;
    }

    @Override
    public String getDisplayName() {
      return type.getSimpleName();
    }

    @Override
    public boolean isAnnotated(Class<? extends Annotation> annotation) {
      return AnnotationSupport.isAnnotated(type, annotation);
    }

    @Override
    public <A extends Annotation> Optional<A> findAnnotation(Class<A> annotation) {
      return AnnotationSupport.findAnnotation(type, annotation);
    }

    @Override
    public <A extends Annotation> List<A> findRepeatableAnnotations(Class<A> annotation) {
      throw new UnsupportedOperationException("no such annotation is looked for");
    }
  }

  private record Context(List<Described> classes) implements ClassOrdererContext {

    @Override
    public List<? extends ClassDescriptor> getClassDescriptors() {
      return classes;
    }

    @Override
    public Optional<String> getConfigurationParameter(String key) {
      return Optional.empty();
    }
  }

  /**
   * Networks that are trained without a regulariser take longer, and one claim asks for them.
   * Students are trained beside all others.
   */
  @Test
  void classes_of_systems_that_bring_most_verdicts_come_first_and_else_stay_in_order() {
    List<Described> classes =
        new ArrayList<>(
            List.of(
                new Described(Students.class),
                new Described(Dear.class),
                new Described(CheapToo.class),
                new Described(MostVerdictsFirstTest.class),
                new Described(Cheap.class)));

    Options options =
        Options.of(
            Map.of(
                    "systems", "pmnist-fc5,pmnist-fc5-free",
                    "scale", "full",
                    "runs.dir", runs.toString())
                ::get);
    new MostVerdictsFirst(options).orderClasses(new Context(classes));

    assertThat(classes)
        .extracting(Described::type)
        .containsExactly(
            MostVerdictsFirstTest.class, CheapToo.class, Cheap.class, Dear.class, Students.class);
  }
}
