package mitosis.claims.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.Options;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes an annotation that says on which system the claims of a class are tested. There is one such
 * annotation for each system, whose tags are the system's name and the scales at which it is tested
 * by default, so that {@code -Dgroups} can choose among them.
 */
@ExtendWith(ClaimExtension.class)
@Tag("claim")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface On {
  /** The system's name. */
  String value();

  /** Runs at every scale. */
  @On("pmnist-fc5")
  @Tag("pmnist-fc5")
  @Tag("smoke")
  @Tag("quick")
  @Tag("extended")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface PmnistFc5 {}

  /** Is too slow for the quick scale. */
  @On("pmnist-fc5-free")
  @Tag("pmnist-fc5-free")
  @Tag("smoke")
  @Tag("extended")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface PmnistFc5Free {}

  /** Has recorded networks, which are equal at every scale. */
  @On("pmnist-fc5-recorded")
  @Tag("pmnist-fc5-recorded")
  @Tag("quick")
  @Tag("extended")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface PmnistFc5Recorded {}

  /** Runs at every scale, if its data is there. */
  @On("cifar10-wr28")
  @Tag("cifar10-wr28")
  @Tag("smoke")
  @Tag("quick")
  @Tag("extended")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface Cifar10Wr28 {}

  /** Runs on a GPU. */
  @On("cifar100-wr28")
  @Tag("cifar100-wr28")
  @Tag("smoke")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface Cifar100Wr28 {}

  /** Runs on a GPU. */
  @On("cifar10-densenet40")
  @Tag("cifar10-densenet40")
  @Tag("smoke")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface Cifar10DenseNet40 {}

  /** Runs on a GPU. */
  @On("imagenet-resnet50")
  @Tag("imagenet-resnet50")
  @Tag("smoke")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface ImageNetResNet50 {}

  /** Runs at every scale, and needs no data. */
  @On("teacher-student")
  @Tag("teacher-student")
  @Tag("smoke")
  @Tag("quick")
  @Tag("extended")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface TeacherStudent {}

  /** Is the network that a user gives with {@code -Dsubject}. */
  @On(Options.SUBJECT)
  @ExtendWith(AuditExtension.class)
  @Tag(Options.SUBJECT)
  @Tag("quick")
  @Tag("extended")
  @Tag("full")
  @Retention(RetentionPolicy.RUNTIME)
  @interface ExternalNetwork {}
}
