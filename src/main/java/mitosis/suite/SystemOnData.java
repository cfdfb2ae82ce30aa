package mitosis.suite;

import java.util.List;
import java.util.Set;
import mitosis.claim.Scale;
import mitosis.data.Datasets;

/** A system whose networks learn a dataset, by recipes whose runs are stored. */
public interface SystemOnData extends TestedSystem {

  /** The name of the dataset that the system is about. */
  String dataset(Scale scale);

  /** Number of classes that the papers' dataset has. */
  int classes();

  /**
   * The name of made-up data that stand in for it in a smoke run where it is not there; the dataset
   * itself if it comes with the suite.
   */
  String standIn();

  /**
   * What is trained for these seeds.
   *
   * @param dataset what it is trained on, {@link #dataset} or {@link #standIn}
   * @param datasets what is known of it
   */
  Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets);

  @Override
  default Set<Integer> widths(Scale scale, Datasets datasets) {
    return study(scale, List.of(0), standIn(), datasets).regularised().keySet();
  }
}
