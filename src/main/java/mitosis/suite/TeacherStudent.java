package mitosis.suite;

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
 * {@code teacher-student}: two-layer students of K neurons learn a two-layer teacher of two neurons
 * from noisy labels of Gaussian inputs, each seen once: the setting of the theory that both papers
 * compare with (P21 §4; P22 §4). It needs no data and no engine.
 *
 * <p>The scaling is that of {@link OnlineRecipe}, in which the published statement is at stake.
 */
public final class TeacherStudent implements TestedSystem {

  /** The system's name. */
  public static final String NAME = "teacher-student";

  /** A teacher of two neurons, so that the narrowest student has two for each of them. */
  static final int TEACHERS = 2;

  static final int INPUTS = 10;
  private static final double NOISE = 0.3;
  private static final double RATE = 1;
  private static final int SNAPSHOTS = 50;

  /** By then the error without noise is a small part of that with it, at every scale's widths. */
  private static final double TIME = 4_000;

  private static final double SMOKE_TIME = 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int seeds(Scale scale) {
    return switch (scale) {
      case SMOKE -> 3;
      case QUICK -> 4;
      case EXTENDED -> 10;
      case FULL -> 20;
    };
  }

  @Override
  public SortedSet<Integer> widths(Scale scale, Datasets datasets) {
    return widths(scale);
  }

  private static SortedSet<Integer> widths(Scale scale) {
    return new TreeSet<>(
        switch (scale) {
          case SMOKE -> List.of(4, 8, 16);
          case QUICK -> List.of(4, 8, 16, 32, 64);
          case EXTENDED -> List.of(4, 8, 16, 32, 64, 128, 256);
          case FULL -> List.of(4, 8, 16, 32, 64, 128, 256, 512);
        });
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
            INPUTS,
            TEACHERS,
            widths.last(),
            NOISE,
            RATE,
            scale == Scale.SMOKE ? SMOKE_TIME : TIME,
            SNAPSHOTS),
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
            INPUTS,
            TEACHERS,
            NOISE,
            widths(scale).first(),
            widths(scale).last(),
            RATE,
            scale == Scale.SMOKE ? SMOKE_TIME : TIME,
            seeds(scale));
  }
}
