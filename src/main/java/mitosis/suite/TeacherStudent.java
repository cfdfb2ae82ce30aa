package mitosis.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining.OnlineRecipe;

/**
 * Two-layer students of K neurons that learn a two-layer teacher from noisy labels of Gaussian
 * inputs, each seen once: the setting of the theory that both papers compare with (P21 §4; P22 §4).
 * It needs no data and no engine.
 *
 * <p>The scaling is that of {@link OnlineRecipe}, in which the published statement is at stake.
 *
 * @param name of the system, as that of its file
 * @param order its place among systems in reports
 * @param inputs D
 * @param teachers neurons M of the teacher
 * @param noise σ in the labels
 * @param rate α
 * @param snapshots students that are kept of each training
 * @param full students at full scale
 * @param extended students at extended scale
 * @param quick students at quick scale
 * @param smoke students of a smoke run
 */
record TeacherStudent(
    @JsonProperty("system") String name,
    int order,
    int inputs,
    int teachers,
    double noise,
    double rate,
    int snapshots,
    Lessons full,
    Lessons extended,
    Lessons quick,
    Lessons smoke)
    implements TestedSystem {

  /** The system's name. */
  static final String NAME = "teacher-student";

  /**
   * What a scale makes larger.
   *
   * @param widths K, increasing
   * @param seeds how many
   * @param time t, how long is trained
   */
  record Lessons(List<Integer> widths, int seeds, double time) {}

  private Lessons lessons(Scale scale) {
    return switch (scale) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case EXTENDED -> extended;
      case FULL -> full;
    };
  }

  @Override
  public int seeds(Scale scale) {
    return lessons(scale).seeds();
  }

  @Override
  public SortedSet<Integer> widths(Scale scale, Datasets datasets) {
    return widths(scale);
  }

  private SortedSet<Integer> widths(Scale scale) {
    return new TreeSet<>(lessons(scale).widths());
  }

  /**
   * The students of these seeds.
   *
   * @param chosen some of the widths; empty for all
   * @param runs where they are stored
   */
  Students students(Scale scale, List<Integer> seeds, Set<Integer> chosen, OnlineRuns runs) {
    SortedSet<Integer> widths = widths(scale);
    if (!chosen.isEmpty()) {
      widths.retainAll(chosen);
    }
    return new Students(
        new OnlineRecipe(
            inputs, teachers, widths.last(), noise, rate, lessons(scale).time(), snapshots),
        widths,
        seeds,
        runs);
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return Optional.empty();
  }

  @Override
  public String departure(Scale scale) {
    return ("The papers give no recipe, they cite theory. Here: %d inputs, %d orthogonal teacher neurons, labels with noise of"
            + " deviation %s, students of %d to %d neurons, rate %s for outputs divided by K, %,.0f samples per neuron and input,"
            + " %d seeds; in double precision, without DJL.")
        .formatted(
            inputs,
            teachers,
            noise,
            widths(scale).first(),
            widths(scale).last(),
            rate,
            lessons(scale).time(),
            seeds(scale));
  }
}
