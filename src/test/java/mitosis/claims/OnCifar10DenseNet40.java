package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code cifar10-densenet40}, which runs on a GPU. */
@On("cifar10-densenet40")
@Tag("claim")
@Tag("cifar10-densenet40")
@Tag("smoke")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnCifar10DenseNet40 {}
