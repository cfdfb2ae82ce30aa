package mitosis.train;

/** Is told how trainings get on; may be called from several threads at once. */
public interface Progress {

  /**
   * Trainings are about to begin.
   *
   * @param recipes how many
   * @param cost their cost in all, in multiply-adds
   */
  void begin(int recipes, double cost);

  /**
   * An epoch is done.
   *
   * @param recipe of the training
   * @param record of the epoch
   */
  void epoch(Recipe recipe, EpochRecord record);

  /** Something a person should know, such as a damaged run that is trained again. */
  void warning(String text);

  /** A training is done. */
  void done(Recipe recipe);

  /** All trainings are done, or were given up. */
  void end();
}
