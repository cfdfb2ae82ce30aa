package mitosis.claims;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mitosis.claim.ClaimId;

/** Which claim a test decides, by which of its quantities in {@code expected/}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Claim {
  /** The claim. */
  ClaimId value();

  /** The quantity's name. */
  String quantity();
}
