package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code cifar10-wr28}, which runs at every scale, if its data is there. */
@On("cifar10-wr28")
@Tag("claim")
@Tag("cifar10-wr28")
@Tag("smoke")
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnCifar10Wr28 {}
