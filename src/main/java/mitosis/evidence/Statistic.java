package mitosis.evidence;

import mitosis.analysis.ImageWeights;

/** A number that depends on which seeds were trained and which test images were drawn. */
@FunctionalInterface
public interface Statistic {

  /**
   * @param seeds which of the trained seeds to take, at least one, by position
   * @param images how often each test image, or block of them, counts
   */
  double of(int[] seeds, ImageWeights images);
}
