package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.ResNet50OnImageNet;
import org.junit.jupiter.api.Tag;

/** Claims on {@code imagenet-resnet50}, which runs on a GPU. */
@On(ResNet50OnImageNet.NAME)
@Tag("claim")
@Tag(ResNet50OnImageNet.NAME)
@Tag("smoke")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnImageNetResNet50 {}
