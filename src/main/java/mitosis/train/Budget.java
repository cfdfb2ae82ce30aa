package mitosis.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long this process may train. The clock starts with its first training, and goes on while
 * nothing is trained.
 */
public final class Budget {

  private final Optional<Duration> length;
  private final LongSupplier nanos;
  private long start;
  private boolean started;

  private Budget(Optional<Duration> length, LongSupplier nanos) {
    this.length = length;
    this.nanos = nanos;
  }

  /** No limit. */
  public static Budget none() {
    return new Budget(Optional.empty(), System::nanoTime);
  }

  /** A limit to the time, counted from the first training. */
  public static Budget of(Duration length) {
    return of(length, System::nanoTime);
  }

  /**
   * @param nanos the clock
   */
  static Budget of(Duration length, LongSupplier nanos) {
    return new Budget(Optional.of(length), nanos);
  }

  /** Starts the clock if it does not run yet. */
  synchronized void start() {
    if (!started) {
      started = true;
      start = nanos.getAsLong();
    }
  }

  /** What is left of it, at least nothing; empty where there is no end. */
  synchronized Optional<Duration> left() {
    return length.map(
        all -> {
          Duration gone = Duration.ofNanos(started ? nanos.getAsLong() - start : 0);
          return gone.compareTo(all) < 0 ? all.minus(gone) : Duration.ZERO;
        });
  }

  /** Whether nothing is left. */
  boolean isSpent() {
    return left().filter(Duration::isZero).isPresent();
  }

  /** Whether there is an end at all. */
  boolean isLimited() {
    return length.isPresent();
  }

  /** The limit as a person would say it: {@code 7 h}, {@code 1 h 30 min} or {@code 90 s}. */
  @Override
  public String toString() {
    return length.map(Budget::words).orElse("no limit");
  }

  /** A time as a person would say it, down to seconds below ten minutes. */
  public static String words(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 600) {
      return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }
    long hours = seconds / 3600;
    long minutes = (seconds % 3600 + 59) / 60;
    if (minutes == 60) {
      return hours + 1 + " h";
    }
    return hours == 0
        ? minutes + " min"
        : minutes == 0 ? hours + " h" : hours + " h " + minutes + " min";
  }

  /** Trainings that are not done because the time allowed for training was over. */
  public static final class BudgetSpent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param what was spent, after how many trainings
     * @param remedy how to get the trainings that are not done, and how long that may take
     */
    public BudgetSpent(String what, String remedy) {
      super(what);
      this.remedy = remedy;
    }

    /** How to get the trainings that are not done. */
    public String remedy() {
      return remedy;
    }
  }
}
