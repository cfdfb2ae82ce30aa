package mitosis.train;

/**
 * A {@link Worker} that learns made-up vectors under pMNIST's name. The principal components of the
 * digits take each process three seconds to find; an epoch of a small network takes thirty
 * milliseconds.
 */
final class WorkerOnMadeUpVectors {

  /** As many as pMNIST has. */
  static final int EXAMPLES = 10_000;

  private WorkerOnMadeUpVectors() {}

  /**
   * @param args those of {@link Worker#main}
   */
  public static void main(String[] args) throws InterruptedException {
    Worker.serve(args, name -> Recipes.dataset(EXAMPLES));
  }
}
