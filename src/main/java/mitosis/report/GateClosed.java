package mitosis.report;

import java.util.List;

/** The build must fail; the message lists why. */
public final class GateClosed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GateClosed(List<String> problems) {
    super(
        "the build fails for "
            + problems.size()
            + (problems.size() == 1 ? " reason:" : " reasons:")
            + "\n  - "
            + String.join("\n  - ", problems));
  }
}
