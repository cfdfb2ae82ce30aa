package mitosis.suite;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import mitosis.analysis.PlantedCopies;
import mitosis.analysis.TeacherOverlaps;
import mitosis.evidence.StudentCurve;
import mitosis.evidence.StudentCurve.Student;
import mitosis.train.OnlineTraining.OnlineRecipe;

/**
 * Made-up students of which it is known whether claim C17 holds for them, of the widths and as many
 * seeds as the trained ones that they stand beside.
 */
public final class StudentControls {

  /** Small, so that an error is that of second order. */
  private static final double SMALL = 0.02;

  /** As many as snapshots of a trained student, so that chance averages out as there. */
  private static final int DRAWS = 50;

  private final OnlineRecipe recipe;
  private final List<Integer> widths;
  private final int seeds;

  /**
   * @param beside the trained students
   */
  public StudentControls(Students beside) {
    this.recipe = beside.recipe();
    this.widths = List.copyOf(beside.widths());
    this.seeds = beside.seeds().size();
  }

  /** Copies with independent errors: the student's error goes as 1/n. */
  public StudentCurve independentCopies() {
    return copies(copies -> SMALL, 0);
  }

  /** Copies without errors. */
  public StudentCurve cleanCopies() {
    return copies(copies -> 0, 0);
  }

  /** Copies that owe a third of their errors' variance to a common error. */
  public StudentCurve copiesThatErrInPartAlike() {
    return copies(copies -> SMALL, 1 / 3.0);
  }

  /** Copies that all err alike: nothing averages out. */
  public StudentCurve copiesThatErrAlike() {
    return copies(copies -> SMALL, 1);
  }

  /** Copies whose independent errors grow with their number as n^¼: the error goes as n^-½. */
  public StudentCurve copiesThatGrowWorse() {
    return copies(copies -> SMALL * Math.pow(copies, 0.25), 0);
  }

  /** Copies whose independent errors shrink with their number as n^-½: the error goes as n^-2. */
  public StudentCurve copiesThatGrowBetter() {
    return copies(copies -> SMALL * Math.pow(copies, -0.5), 0);
  }

  /** Neurons that are all different mixtures of the teacher's. */
  public StudentCurve mixtures() {
    return curve(
        (width, seed) -> PlantedCopies.mixtures(recipe.inputs(), recipe.teachers(), width, seed));
  }

  private StudentCurve copies(IntToDoubleFunction noise, double shared) {
    return curve(
        (width, seed) -> {
          int copies = width / recipe.teachers();
          return new PlantedCopies(
                  recipe.inputs(),
                  recipe.teachers(),
                  copies,
                  noise.applyAsDouble(copies),
                  shared,
                  seed)
              .overlaps();
        });
  }

  /** Draws one student. */
  private interface Planting {
    TeacherOverlaps of(int width, long seed);
  }

  private StudentCurve curve(Planting planting) {
    return new StudentCurve(
        recipe.teachers(),
        widths,
        IntStream.range(0, seeds)
            .mapToObj(
                seed ->
                    IntStream.range(0, widths.size())
                        .mapToObj(k -> mean(planting, widths.get(k), seed * widths.size() + k))
                        .toList())
            .toList());
  }

  private static Student mean(Planting planting, int width, long index) {
    return Student.meanOf(
        LongStream.range(index * DRAWS, (index + 1) * DRAWS)
            .parallel()
            .mapToObj(seed -> planting.of(width, seed))
            .toList());
  }
}
