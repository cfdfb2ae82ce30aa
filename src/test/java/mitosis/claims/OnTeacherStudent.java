package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.TeacherStudent;
import org.junit.jupiter.api.Tag;

/** Claims on {@code teacher-student}, which needs no data. */
@On(TeacherStudent.NAME)
@Tag("claim")
@Tag(TeacherStudent.NAME)
@Tag("smoke")
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnTeacherStudent {}
