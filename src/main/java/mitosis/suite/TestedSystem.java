package mitosis.suite;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mitosis.claim.Scale;
import mitosis.data.Datasets;

/**
 * A task, a family of networks of growing width, and how they are trained at each scale: what a
 * file under {@code mitosis/systems} says.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainedSystem.class, name = "trained"),
  @JsonSubTypes.Type(value = RecordedSystem.class, name = "recorded"),
  @JsonSubTypes.Type(value = TeacherStudent.class, name = "teacher-student")
})
public interface TestedSystem {

  /** As in claims, files and options, such as {@code pmnist-fc5}. */
  String name();

  /** Its place among systems in lists and reports. */
  int order();

  /** How many seeds a run takes unless it is told. */
  int seeds(Scale scale);

  /**
   * The widths of the networks at a scale, increasing.
   *
   * @param datasets what is known of data
   */
  Set<Integer> widths(Scale scale, Datasets datasets);

  /**
   * Why the system is not trained at a scale, or nothing if it is.
   *
   * @return what it would take, for the report
   */
  Optional<String> tooSlowAt(Scale scale);

  /**
   * Whether its networks were trained once and come with the suite, so that neither their seeds nor
   * their widths are a choice.
   */
  default boolean isRecorded() {
    return false;
  }

  /** Whether its data comes with the suite, or it needs none. */
  default boolean comesWithTheSuite() {
    return true;
  }

  /**
   * What to do about a quantity that does not exist for its networks.
   *
   * @param remedy what helps where networks are trained as the run says
   */
  default String remedy(String remedy) {
    return remedy;
  }

  /** How the scale's recipe departs from the papers', in words for the report. */
  String departure(Scale scale);

  /**
   * Why nothing can be decided of a system in a run.
   *
   * @param reason for the report
   * @param remedy what to do about it
   */
  record Untestable(String reason, String remedy) {}

  /** A system whose networks learn a dataset, by recipes whose runs are stored. */
  interface SystemOnData extends TestedSystem {

    /** The name of the dataset that the system is about. */
    String dataset(Scale scale);

    /** Number of classes that the papers' dataset has. */
    int classes();

    /**
     * The name of made-up data that stand in for it in a smoke run where it is not there; the
     * dataset itself if it comes with the suite.
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
}
