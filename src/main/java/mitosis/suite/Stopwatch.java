package mitosis.suite;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import mitosis.claim.ClaimResult;
import mitosis.train.KernelSpeed;

/** Takes the times of the process that tests claims, one test after the other. */
final class Stopwatch {

  private static final double NANOS = 1e9;

  private final Map<String, Double> measuring = new HashMap<>();
  private long last = System.nanoTime();
  private long waiting;
  private long results;
  private long loaded;

  /** What a test waits for is not counted as measuring. */
  void waitedSince(long start) {
    long nanos = System.nanoTime() - start;
    waiting += nanos;
    last += nanos;
  }

  /** All since the last result went into this one. */
  void result(ClaimResult result) {
    long now = System.nanoTime();
    measuring.merge(result.system(), (now - last) / NANOS, Double::sum);
    last = now;
    results++;
    loaded += result.isLoaded() ? 1 : 0;
  }

  /**
   * The times up to now.
   *
   * @param training seconds for which networks were trained
   */
  Times times(double training) {
    return new Times(
        ManagementFactory.getRuntimeMXBean().getStartTime(),
        System.currentTimeMillis(),
        training,
        waiting / NANOS,
        measuring,
        results,
        loaded,
        KernelSpeed.costOfEnvironment());
  }
}
