package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.WideResNetOnCifar;
import org.junit.jupiter.api.Tag;

/** Claims on {@code cifar100-wr28}, which runs on a GPU. */
@On(WideResNetOnCifar.HUNDRED)
@Tag("claim")
@Tag(WideResNetOnCifar.HUNDRED)
@Tag("smoke")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnCifar100Wr28 {}
