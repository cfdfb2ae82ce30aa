package mitosis.suite;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitosis.analysis.TeacherOverlaps;
import mitosis.evidence.Student;
import mitosis.evidence.StudentCurve;
import mitosis.train.OnlineRecipe;
import mitosis.train.OnlineRun;
import mitosis.train.OnlineTraining;

/**
 * The students of one run, and what is measured on them. Nothing is trained before it is asked for,
 * and nothing twice; seeds and widths are trained side by side on all cores, with the same bits on
 * any number of them.
 */
public final class Students {

  private final OnlineRecipe recipe;
  private final SortedSet<Integer> widths;
  private final List<Integer> seeds;
  private final Map<String, Lesson[][]> trained = new HashMap<>();

  /**
   * @param recipe of the widest student
   * @param widths K
   * @param seeds of trainings
   */
  Students(OnlineRecipe recipe, SortedSet<Integer> widths, List<Integer> seeds) {
    this.recipe = recipe;
    this.widths = Collections.unmodifiableSortedSet(new TreeSet<>(widths));
    this.seeds = List.copyOf(seeds);
  }

  /** A student at the two ends of its training. */
  private record Lesson(Student before, Student after) {

    static Lesson of(OnlineRun run) {
      return new Lesson(
          Student.meanOf(List.of(TeacherOverlaps.between(run.before(), run.teacher()))),
          Student.meanOf(
              run.snapshots().stream()
                  .map(student -> TeacherOverlaps.between(student, run.teacher()))
                  .toList()));
    }
  }

  /** K of the students, increasing. */
  public SortedSet<Integer> widths() {
    return widths;
  }

  /** Seeds of trainings. */
  public List<Integer> seeds() {
    return seeds;
  }

  /** How the widest student is trained. */
  public OnlineRecipe recipe() {
    return recipe;
  }

  /** Students of a teacher whose labels are noisy. */
  public StudentCurve withNoise() {
    return curve(noisy(), Lesson::after);
  }

  /** The same students before training. */
  public StudentCurve beforeTraining() {
    return curve(noisy(), Lesson::before);
  }

  private Lesson[][] noisy() {
    return train("noise", recipe::withWidth);
  }

  /** Students of the same teacher without noise, who see the same inputs. */
  public StudentCurve withoutNoise() {
    return curve(train("no noise", recipe.withNoise(0)::withWidth), Lesson::after);
  }

  /**
   * Students of the noisy teacher whose rate grows with their width from that of the narrowest, so
   * that a neuron of a wide one takes steps as large as of a narrow one.
   */
  public StudentCurve withRateGrowing() {
    double perNeuron = recipe.rate() / widths.first();
    return curve(
        train("rate grows", width -> recipe.withWidth(width).withRate(perNeuron * width)),
        Lesson::after);
  }

  private synchronized Lesson[][] train(String name, IntFunction<OnlineRecipe> ofWidth) {
    return trained.computeIfAbsent(
        name,
        key -> {
          int[] all = widths.stream().mapToInt(Integer::intValue).toArray();
          Lesson[][] lessons = new Lesson[seeds.size()][all.length];
          IntStream.range(0, seeds.size() * all.length)
              .parallel()
              .forEach(
                  task -> {
                    int seed = task / all.length;
                    int k = task % all.length;
                    lessons[seed][k] =
                        Lesson.of(OnlineTraining.run(ofWidth.apply(all[k]), seeds.get(seed)));
                  });
          return lessons;
        });
  }

  private StudentCurve curve(Lesson[][] lessons, Function<Lesson, Student> which) {
    return new StudentCurve(
        recipe.teachers(),
        List.copyOf(widths),
        Arrays.stream(lessons).map(seed -> Arrays.stream(seed).map(which).toList()).toList());
  }
}
