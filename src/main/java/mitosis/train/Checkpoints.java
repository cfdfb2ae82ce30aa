package mitosis.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Keeps the state of a training from time to time. */
final class Checkpoints {

  /** Writes a state down. */
  interface Keeper {
    void keep() throws IOException;
  }

  private final Duration every;
  private final Keeper keeper;
  private long last = System.nanoTime();

  /**
   * @param every the time from one to the next
   * @param keeper writes the state down
   */
  Checkpoints(Duration every, Keeper keeper) {
    this.every = every;
    this.keeper = keeper;
  }

  /**
   * Keeps the state if the last one is too old.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  void keepIfDue() {
    if (System.nanoTime() - last < every.toNanos()) {
      return;
    }
    try {
      keeper.keep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = System.nanoTime();
  }
}
