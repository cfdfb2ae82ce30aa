package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.PmnistFc5Free;
import org.junit.jupiter.api.Tag;

/** Claims on {@code pmnist-fc5-free}, which is too slow for the quick scale. */
@On(PmnistFc5Free.NAME)
@Tag("claim")
@Tag(PmnistFc5Free.NAME)
@Tag("smoke")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnPmnistFc5Free {}
