package mitosis.analysis;

import java.util.Arrays;

/**
 * Which points may be among the two nearest of one point, when squared distances are only known to
 * lie between two bounds. A point is one unless two others are nearer for certain: unless its lower
 * bound is above the second smallest upper bound. What is left in the end does not depend on the
 * order in which points were offered.
 */
final class NearestCandidates {

  private static final int INITIALLY = 8;

  private double least = Double.POSITIVE_INFINITY;
  private double second = Double.POSITIVE_INFINITY;
  private int count;
  private int[] points = new int[INITIALLY];
  private double[] lowerBounds = new double[INITIALLY];

  /** Points with a lower bound above this need not be offered. */
  double limit() {
    return second;
  }

  void offer(int point, double lowerBound, double upperBound) {
    if (lowerBound > second) {
      return;
    }
    if (upperBound < least) {
      second = least;
      least = upperBound;
    } else if (upperBound < second) {
      second = upperBound;
    }
    if (count == points.length) {
      dropTheFar();
      if (2 * count > points.length) {
        points = Arrays.copyOf(points, 2 * points.length);
        lowerBounds = Arrays.copyOf(lowerBounds, points.length);
      }
    }
    points[count] = point;
    lowerBounds[count++] = lowerBound;
  }

  /** The candidates among all points that were offered, in no particular order. */
  int[] remaining() {
    dropTheFar();
    return Arrays.copyOf(points, count);
  }

  private void dropTheFar() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (lowerBounds[i] <= second) {
        points[kept] = points[i];
        lowerBounds[kept++] = lowerBounds[i];
      }
    }
    count = kept;
  }
}
