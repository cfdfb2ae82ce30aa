package mitosis.analysis;

import mitosis.analysis.CriticalWidths.CloneThresholds;

/** Numbers by which tests tell clones, whatever the claims are held against today. */
public final class SampleThresholds {

  /** A training error of 0.001, R² of 0.99, correlations of 0.03 and a slope of -0.65. */
  public static final CloneThresholds THRESHOLDS = new CloneThresholds(1e-3, 0.99, 0.03, -0.65);

  private SampleThresholds() {}
}
