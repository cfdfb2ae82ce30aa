package mitosis.train;

import java.time.Duration;
import java.util.Optional;

/** How fast trainings have gone so far, passed on to who else wants to know how they get on. */
final class Pace implements Progress {

  private final Progress next;
  private double worked;
  private long nanos;
  private long begun;

  Pace(Progress next) {
    this.next = next;
  }

  /**
   * How long trainings may take.
   *
   * @param cost of them, in multiply-adds
   * @return nothing as long as no epoch was trained
   */
  synchronized Optional<Duration> time(double cost) {
    return worked == 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) (nanos / 1e9 * cost / worked)));
  }

  /** How long trainings took so far. */
  synchronized double seconds() {
    return nanos / 1e9;
  }

  @Override
  public synchronized void begin(int recipes, double cost) {
    begun = System.nanoTime();
    next.begin(recipes, cost);
  }

  @Override
  public synchronized void epoch(Recipe recipe, EpochRecord record) {
    worked += TrainingPool.cost(recipe) / recipe.epochs();
    next.epoch(recipe, record);
  }

  @Override
  public void warning(String text) {
    next.warning(text);
  }

  @Override
  public void done(Recipe recipe) {
    next.done(recipe);
  }

  @Override
  public synchronized void end() {
    nanos += System.nanoTime() - begun;
    next.end();
  }
}
