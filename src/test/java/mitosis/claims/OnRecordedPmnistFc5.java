package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.RecordedPmnistFc5;
import org.junit.jupiter.api.Tag;

/** Claims on {@code pmnist-fc5-recorded}, whose networks are the same at every scale. */
@On(RecordedPmnistFc5.NAME)
@Tag("claim")
@Tag(RecordedPmnistFc5.NAME)
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnRecordedPmnistFc5 {}
