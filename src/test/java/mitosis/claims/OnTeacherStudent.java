package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Claims on {@code teacher-student}, which needs no data. */
@On("teacher-student")
@Tag("claim")
@Tag("teacher-student")
@Tag("smoke")
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnTeacherStudent {}
