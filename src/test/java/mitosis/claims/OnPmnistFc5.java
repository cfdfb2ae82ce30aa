package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.PmnistFc5;
import org.junit.jupiter.api.Tag;

/** Claims on {@code pmnist-fc5}, which runs at every scale. */
@On(PmnistFc5.NAME)
@Tag("claim")
@Tag(PmnistFc5.NAME)
@Tag("smoke")
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnPmnistFc5 {}
