package mitosis.suite;

import java.util.List;
import java.util.Optional;
import mitosis.claim.Scale;

/** A dataset, a family of networks of growing width, and how they are trained at each scale. */
public interface TestedSystem {

  /** As in claims, files and options, such as {@code pmnist-fc5}. */
  String name();

  /** The dataset's name. */
  String dataset();

  /** How many seeds a run takes unless it is told. */
  int seeds(Scale scale);

  /** What is trained for these seeds. */
  Study study(Scale scale, List<Integer> seeds);

  /**
   * Why the system is not trained at a scale, or nothing if it is.
   *
   * @return what it would take, for the report
   */
  Optional<String> tooSlowAt(Scale scale);

  /** How the scale's recipe departs from the papers', in words for the report. */
  String departure(Scale scale);
}
