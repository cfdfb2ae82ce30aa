package mitosis.train;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mitosis.train.Run.EpochRecord;
import mitosis.train.TrainingPool.Progress;

/** Keeps what it is told. */
final class RecordedProgress implements Progress {

  private final Consumer<Recipe> onEpoch;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  RecordedProgress() {
    this(recipe -> {});
  }

  /**
   * @param onEpoch called with the recipe at the end of each epoch
   */
  RecordedProgress(Consumer<Recipe> onEpoch) {
    this.onEpoch = onEpoch;
  }

  /** All but epochs and warnings. */
  List<String> events() {
    return events;
  }

  List<String> warnings() {
    return warnings;
  }

  @Override
  public void begin(int recipes, double cost) {
    events.add("begin " + recipes);
  }

  @Override
  public void epoch(Recipe recipe, EpochRecord record) {
    onEpoch.accept(recipe);
  }

  @Override
  public void warning(String text) {
    warnings.add(text);
  }

  @Override
  public void done(Recipe recipe) {
    events.add("done " + recipe.summary());
  }

  @Override
  public void end() {
    events.add("end");
  }
}
