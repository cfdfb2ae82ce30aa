package mitosis.suite;

import java.util.List;
import java.util.Optional;
import mitosis.claim.Scale;
import mitosis.data.Datasets;

/** A dataset, a family of networks of growing width, and how they are trained at each scale. */
public interface TestedSystem {

  /** As in claims, files and options, such as {@code pmnist-fc5}. */
  String name();

  /** The name of the dataset that the system is about. */
  String dataset(Scale scale);

  /** Number of classes that the papers' dataset has. */
  int classes();

  /**
   * The name of made-up data that stand in for it in a smoke run where it is not there; the dataset
   * itself if it comes with the suite.
   */
  String standIn();

  /** How many seeds a run takes unless it is told. */
  int seeds(Scale scale);

  /**
   * What is trained for these seeds.
   *
   * @param dataset what it is trained on, {@link #dataset} or {@link #standIn}
   * @param datasets what is known of it
   */
  Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets);

  /**
   * Why the system is not trained at a scale, or nothing if it is.
   *
   * @return what it would take, for the report
   */
  Optional<String> tooSlowAt(Scale scale);

  /** How the scale's recipe departs from the papers', in words for the report. */
  String departure(Scale scale);
}
