package mitosis.evidence;

/**
 * How many random chunks of each size are measured on one network: as many as in P22 (500 for
 * errors, 100 for reconstructions) where that takes minutes, fewer for very wide layers.
 *
 * @param errors chunks for errors, 10 to 500
 * @param reconstructions chunks for reconstructions, 10 to 100
 * @param leftOut chunks for the same without a group of images, 4 to 20
 * @param groups groups of images that are left out in turn, 8 or 20
 */
public record Workload(int errors, int reconstructions, int leftOut, int groups) {

  private static final int FEWEST = 10;
  private static final int GROUPS = 20;
  private static final int FEW_GROUPS = 8;

  /** Multiply-adds that take about five minutes on two cores. */
  private static final double AFFORDABLE = 5e12;

  /**
   * @param width W
   * @param outputs K
   * @param images of both sets
   */
  static Workload of(int width, int outputs, int images) {
    double ofErrors = 0.5 * width * outputs * images;
    // One factorisation of all images, and for each half one and two triangular products.
    double ofReconstruction = 2.0 * Math.pow(width, 3);
    int reconstructions = affordable(100, ofReconstruction);
    int leftOut = Math.max(4, reconstructions / 5);
    boolean heavy = GROUPS * leftOut * ofReconstruction > AFFORDABLE;
    return new Workload(
        affordable(500, ofErrors), reconstructions, leftOut, heavy ? FEW_GROUPS : GROUPS);
  }

  private static int affordable(int most, double each) {
    return (int) Math.max(FEWEST, Math.min(most, AFFORDABLE / each));
  }
}
