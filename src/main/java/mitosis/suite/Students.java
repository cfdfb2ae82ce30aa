package mitosis.suite;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.TeacherOverlaps;
import mitosis.evidence.StudentCurve;
import mitosis.evidence.StudentCurve.Student;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.OnlineTraining.OnlineRun;

/**
 * The students of one run, and what is measured on them. Nothing is trained before it is asked for,
 * and nothing twice; seeds and widths are trained side by side on all cores, with the same bits on
 * any number of them.
 */
public final class Students {

  private static final Comparator<Training> LONGEST_FIRST =
      Comparator.comparingLong(
              (Training training) -> training.recipe().steps() * training.recipe().width())
          .reversed();

  private final OnlineRecipe recipe;
  private final SortedSet<Integer> widths;
  private final List<Integer> seeds;
  private final OnlineRuns runs;
  private final Map<Training, FutureTask<Lesson>> lessons = new ConcurrentHashMap<>();

  /**
   * @param recipe of the widest student
   * @param widths K
   * @param seeds of trainings
   * @param runs where they are stored
   */
  Students(OnlineRecipe recipe, SortedSet<Integer> widths, List<Integer> seeds, OnlineRuns runs) {
    this.recipe = recipe;
    this.widths = Collections.unmodifiableSortedSet(new TreeSet<>(widths));
    this.seeds = List.copyOf(seeds);
    this.runs = runs;
  }

  /** What is trained as one run. */
  private record Training(OnlineRecipe recipe, int seed) {}

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

  /** What says every bit of them: how they are trained, of which widths and seeds. */
  List<String> fingerprint() {
    return List.of(recipe.toString(), "widths " + widths, "seeds " + seeds);
  }

  /** How the widest student is trained. */
  public OnlineRecipe recipe() {
    return recipe;
  }

  /** Students of a teacher whose labels are noisy. */
  public StudentCurve withNoise() {
    return curve(this::noisy, Lesson::after);
  }

  /** The same students before training. */
  public StudentCurve beforeTraining() {
    return curve(this::noisy, Lesson::before);
  }

  private OnlineRecipe noisy(int width) {
    return recipe.withWidth(width);
  }

  /** Students of the same teacher without noise, who see the same inputs. */
  public StudentCurve withoutNoise() {
    return curve(this::clean, Lesson::after);
  }

  private OnlineRecipe clean(int width) {
    return recipe.withNoise(0).withWidth(width);
  }

  /**
   * Students of the noisy teacher whose rate grows with their width from that of the narrowest, so
   * that a neuron of a wide one takes steps as large as of a narrow one.
   */
  public StudentCurve withRateGrowing() {
    return curve(this::growing, Lesson::after);
  }

  private OnlineRecipe growing(int width) {
    return recipe.withWidth(width).withRate(recipe.rate() / widths.first() * width);
  }

  /** How the students of each width of a curve are trained. */
  private interface Recipes {
    OnlineRecipe of(int width);
  }

  /** Whether a student is one of these, of whatever seed. */
  boolean areTrainedBy(OnlineRecipe other) {
    return widths.contains(other.width())
        && Stream.<Recipes>of(this::noisy, this::clean, this::growing)
            .anyMatch(recipes -> recipes.of(other.width()).equals(other));
  }

  /** The trainings whose errors make up a curve over widths, seed by seed at every width. */
  private List<Training> trainings(Recipes recipes) {
    return seeds.stream()
        .flatMap(seed -> widths.stream().map(width -> new Training(recipes.of(width), seed)))
        .toList();
  }

  /**
   * Trains all students that are not stored, on the calling thread alone: on a core that would
   * idle. Who asks for a curve meanwhile helps to train it.
   */
  void train() {
    Stream.<Recipes>of(this::noisy, this::clean, this::growing)
        .flatMap(recipes -> trainings(recipes).stream())
        .sorted(LONGEST_FIRST)
        .forEach(training -> lesson(training).run());
  }

  /** To run it again, or while another thread runs it, does nothing. */
  private FutureTask<Lesson> lesson(Training training) {
    return lessons.computeIfAbsent(
        training, key -> new FutureTask<>(() -> Lesson.of(runs.of(key.recipe(), key.seed()))));
  }

  private StudentCurve curve(Recipes recipes, Function<Lesson, Student> which) {
    List<Training> trainings = trainings(recipes);
    Queue<Training> queue =
        new ConcurrentLinkedQueue<>(trainings.stream().sorted(LONGEST_FIRST).toList());
    IntStream.range(0, Runtime.getRuntime().availableProcessors())
        .parallel()
        .forEach(
            core -> {
              for (Training next = queue.poll(); next != null; next = queue.poll()) {
                lesson(next).run();
              }
            });
    int count = widths.size();
    return new StudentCurve(
        recipe.teachers(),
        List.copyOf(widths),
        IntStream.range(0, seeds.size())
            .mapToObj(
                seed ->
                    trainings.subList(seed * count, (seed + 1) * count).stream()
                        .map(training -> which.apply(finished(lesson(training))))
                        .toList())
            .toList());
  }

  private static Lesson finished(FutureTask<Lesson> lesson) {
    try {
      return lesson.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a student's training failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while training students", e);
    }
  }
}
