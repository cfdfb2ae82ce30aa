package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.suite.Options;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Claims on the network that a user brings with {@code -Dsubject}. */
@On(Options.SUBJECT)
@ExtendWith(AuditExtension.class)
@Tag("claim")
@Tag(Options.SUBJECT)
@Tag("quick")
@Tag("extended")
@Tag("full")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnSubject {}
