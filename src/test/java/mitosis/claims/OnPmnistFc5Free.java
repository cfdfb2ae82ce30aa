package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code pmnist-fc5-free}, which is too slow for the quick scale. */
@On("pmnist-fc5-free")
@Tag("claim")
@Tag("pmnist-fc5-free")
@Tag("smoke")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnPmnistFc5Free {}
