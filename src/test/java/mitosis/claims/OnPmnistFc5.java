package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code pmnist-fc5}, which runs at every scale. */
@On("pmnist-fc5")
@Tag("claim")
@Tag("pmnist-fc5")
@Tag("smoke")
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnPmnistFc5 {}
