package mitosis.train;

/** Trainings that are not done because the time allowed for training was over. */
public final class BudgetSpent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * @param what was spent, after how many trainings
   * @param remedy how to get the others, and how long that may take
   */
  public BudgetSpent(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  /** How to get the others. */
  public String remedy() {
    return remedy;
  }
}
