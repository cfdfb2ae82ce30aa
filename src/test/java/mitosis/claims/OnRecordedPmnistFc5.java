package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code pmnist-fc5-recorded}, whose networks are the same at every scale. */
@On("pmnist-fc5-recorded")
@Tag("claim")
@Tag("pmnist-fc5-recorded")
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnRecordedPmnistFc5 {}
