package mitosis.evidence;

/** Whether networks fit their training set (claim C05). */
public final class Interpolation {

  private Interpolation() {}

  /** The share of the training set that the full layers misread, mean over seeds. */
  public static Measurement<Subject> fullTrainingError() {
    return subject ->
        Resampling.ofSeeds(subject.seeds())
            .estimate((seeds, images) -> subject.fullTrainError(seeds));
  }
}
