package mitosis.train;

import mitosis.model.FullyConnected;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;

/**
 * How much memory for Java's objects a training takes. It is a limit: a process takes what it
 * needs.
 */
final class HeapNeed {

  private static final long MEBI = 1 << 20;

  /** Classes, messages, an epoch's order; a small task such as pMNIST fits as well. */
  private static final long BASIS = 512 * MEBI;

  /**
   * CIFAR's 60,000 images, 184 MB as bytes, as they are read and as they are kept; or a prefetch.
   */
  private static final long IMAGES = 1024 * MEBI;

  private static final int FLOAT = 4;

  /**
   * A checkpoint exists as numbers, as the text of a file that grows by doubling, and once more as
   * what is written.
   */
  private static final int COPIES = 4;

  private HeapNeed() {}

  /** In MiB. */
  static long megabytes(Recipe recipe) {
    long parameters =
        recipe.network().parameters().stream().mapToLong(Parameter::size).sum()
            * (1 + recipe.optimiser().memory().size());
    long statistics =
        recipe.network().runningStatistics().stream().mapToLong(RunningStatistic::size).sum();
    long checkpoint = FLOAT * recipe.seeds().size() * (parameters + statistics);
    // A fully connected network's activities lie on the heap, those of others in the engine.
    long data =
        recipe.network() instanceof FullyConnected
            ? FLOAT * recipe.network().activations() * recipe.batch()
            : IMAGES;
    return (BASIS + data + COPIES * checkpoint) / MEBI;
  }
}
