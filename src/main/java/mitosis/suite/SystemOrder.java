package mitosis.suite;

import java.util.List;
import mitosis.data.Datasets;
import mitosis.train.RunStore;
import mitosis.train.SystemProbe;

/** In which order a run takes its systems. */
public final class SystemOrder {

  private SystemOrder() {}

  /**
   * Those that bring most verdicts for what their missing networks cost first: whenever the time
   * for training is over, most is decided.
   *
   * @return names of the chosen systems that learn a dataset
   */
  public static List<String> of(Options options) {
    Datasets datasets = new Datasets(options.dataDir());
    RunStore store =
        RunStore.open(
            options.runsDir(), Hardware.of(options, new SystemProbe()).execution(), datasets);
    return TrainingPlan.of(options, store, datasets, ClaimSession.EXPECTED).stream()
        .map(plan -> plan.system().name())
        .toList();
  }
}
