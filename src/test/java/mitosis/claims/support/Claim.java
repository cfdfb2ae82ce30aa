package mitosis.claims.support;

import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import mitosis.claim.ClaimId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Makes an annotation that marks the tests of a claim: {@code @C06("held_out_r2")} stands on a
 * method and makes it a test with the tag C06, which decides claim C06 by the quantity {@code
 * held_out_r2} of {@code expected/claims.yaml}. There is one such annotation for each claim, with
 * the quantity's name as its value.
 */
@Test
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface Claim {
  /** The claim that the annotated annotation stands for. */
  ClaimId value();

  /**
   * What a test decides.
   *
   * @param claim the claim
   * @param quantity the name of its quantity
   */
  record Tested(ClaimId claim, String quantity) {

    /** What a test decides; empty if it is no test of a claim. */
    static Optional<Tested> by(Method test) {
      return Arrays.stream(test.getAnnotations())
          .filter(each -> each.annotationType().isAnnotationPresent(Claim.class))
          .findFirst()
          .map(Tested::named);
    }

    private static Tested named(Annotation annotation) {
      Class<? extends Annotation> type = annotation.annotationType();
      try {
        String quantity = (String) type.getMethod("value").invoke(annotation);
        return new Tested(type.getAnnotation(Claim.class).value(), quantity);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "@%s: names no quantity; give it a value of type String".formatted(type.getName()), e);
      }
    }
  }

  /** Decides C01 by the named quantity. */
  @Claim(ClaimId.C01)
  @Tag("C01")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C01 {
    String value();
  }

  /** Decides C02 by the named quantity. */
  @Claim(ClaimId.C02)
  @Tag("C02")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C02 {
    String value();
  }

  /** Decides C03 by the named quantity. */
  @Claim(ClaimId.C03)
  @Tag("C03")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C03 {
    String value();
  }

  /** Decides C04 by the named quantity. */
  @Claim(ClaimId.C04)
  @Tag("C04")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C04 {
    String value();
  }

  /** Decides C05 by the named quantity. */
  @Claim(ClaimId.C05)
  @Tag("C05")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C05 {
    String value();
  }

  /** Decides C06 by the named quantity. */
  @Claim(ClaimId.C06)
  @Tag("C06")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C06 {
    String value();
  }

  /** Decides C07 by the named quantity. */
  @Claim(ClaimId.C07)
  @Tag("C07")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C07 {
    String value();
  }

  /** Decides C08 by the named quantity. */
  @Claim(ClaimId.C08)
  @Tag("C08")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C08 {
    String value();
  }

  /** Decides C09 by the named quantity. */
  @Claim(ClaimId.C09)
  @Tag("C09")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C09 {
    String value();
  }

  /** Decides C10 by the named quantity. */
  @Claim(ClaimId.C10)
  @Tag("C10")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C10 {
    String value();
  }

  /** Decides C11 by the named quantity. */
  @Claim(ClaimId.C11)
  @Tag("C11")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C11 {
    String value();
  }

  /** Decides C12 by the named quantity. */
  @Claim(ClaimId.C12)
  @Tag("C12")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C12 {
    String value();
  }

  /** Decides C13 by the named quantity. */
  @Claim(ClaimId.C13)
  @Tag("C13")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C13 {
    String value();
  }

  /** Decides C14 by the named quantity. */
  @Claim(ClaimId.C14)
  @Tag("C14")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C14 {
    String value();
  }

  /** Decides C15 by the named quantity. */
  @Claim(ClaimId.C15)
  @Tag("C15")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C15 {
    String value();
  }

  /** Decides C16 by the named quantity. */
  @Claim(ClaimId.C16)
  @Tag("C16")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C16 {
    String value();
  }

  /** Decides C17 by the named quantity. */
  @Claim(ClaimId.C17)
  @Tag("C17")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C17 {
    String value();
  }

  /** Decides C18 by the named quantity. */
  @Claim(ClaimId.C18)
  @Tag("C18")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C18 {
    String value();
  }

  /** Decides C19 by the named quantity. */
  @Claim(ClaimId.C19)
  @Tag("C19")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C19 {
    String value();
  }

  /** Decides C20 by the named quantity. */
  @Claim(ClaimId.C20)
  @Tag("C20")
  @Retention(RetentionPolicy.RUNTIME)
  @interface C20 {
    String value();
  }
}
