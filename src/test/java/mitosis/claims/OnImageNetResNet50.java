package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code imagenet-resnet50}, which runs on a GPU. */
@On("imagenet-resnet50")
@Tag("claim")
@Tag("imagenet-resnet50")
@Tag("smoke")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnImageNetResNet50 {}
