package mitosis.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.suite.Options;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;

class CheapestSystemFirstTest {

  @OnCifar10Wr28
  static class Dear {}

  @OnPmnistFc5
  static class Cheap {}

  @OnPmnistFc5
  static class CheapToo {}

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

  /** Wide-ResNets on images cost a thousand times what pMNIST's networks do. */
  @Test
  void classesOfCheapSystemsComeFirstAndElseStayInOrder() {
    List<Described> classes =
        new ArrayList<>(
            List.of(
                new Described(Dear.class),
                new Described(CheapToo.class),
                new Described(CheapestSystemFirstTest.class),
                new Described(Cheap.class)));

    Options options = Options.of(Map.of("systems", "pmnist-fc5,cifar10-wr28")::get);
    new CheapestSystemFirst(options).orderClasses(new Context(classes));

    assertThat(classes)
        .extracting(Described::type)
        .containsExactly(CheapestSystemFirstTest.class, CheapToo.class, Cheap.class, Dear.class);
  }
}
