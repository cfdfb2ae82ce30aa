package mitosis.power;

import java.util.SplittableRandom;
import mitosis.claim.Estimate;

/** Makes up a subject and has a check's measurement made on it. */
@FunctionalInterface
interface Planting {

  /**
   * @param truth what the subject's true value is to be
   * @param seeds its number of networks
   * @param random what else it is like
   * @throws mitosis.evidence.Unmeasurable if the check says that it cannot be told
   */
  Estimate measured(double truth, int seeds, SplittableRandom random);
}
