package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code cifar100-wr28}, which runs on a GPU. */
@On("cifar100-wr28")
@Tag("claim")
@Tag("cifar100-wr28")
@Tag("smoke")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnCifar100Wr28 {}
