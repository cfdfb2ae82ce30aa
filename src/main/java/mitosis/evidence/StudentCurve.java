package mitosis.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.TeacherOverlaps;

/**
 * Students of growing width.
 *
 * @param teachers number M of teacher neurons
 * @param widths K of the students, increasing
 * @param students for each of S seeds one student of each width
 */
public record StudentCurve(int teachers, List<Integer> widths, List<List<Student>> students) {

  /**
   * @throws IllegalArgumentException if there is no seed or no width, or a seed lacks a student
   */
  public StudentCurve {
    widths = List.copyOf(widths);
    students = students.stream().map(List::copyOf).toList();
    if (widths.isEmpty() || students.isEmpty()) {
      throw new IllegalArgumentException(
          "students of %d seeds at %d widths make no curve"
              .formatted(students.size(), widths.size()));
    }
    for (int seed = 0; seed < students.size(); seed++) {
      if (students.get(seed).size() != widths.size()) {
        throw new IllegalArgumentException(
            "seed %d has %d students for the widths %s"
                .formatted(seed, students.get(seed).size(), widths));
      }
    }
  }

  /** Number of seeds S. */
  public int seeds() {
    return students.size();
  }

  /** The widest student of a seed. */
  public Student widest(int seed) {
    return students.get(seed).get(widths.size() - 1);
  }

  /** Mean error at each width over some seeds. */
  public double[] errors(int[] seeds) {
    return means(seeds, Student::error);
  }

  /** Mean number of copies at each width over some seeds. */
  public double[] copies(int[] seeds) {
    return means(seeds, Student::copies);
  }

  /**
   * Mean correlation of the errors of copies at each width over some seeds; NaN at widths where a
   * seed's student has no two copies of any teacher neuron.
   */
  public double[] correlations(int[] seeds) {
    return means(seeds, student -> student.correlation().orElse(Double.NaN));
  }

  /** Mean error at each width, with its interval over seeds. */
  public List<CurvePoint> errors() {
    return points(this::errors);
  }

  /** Mean correlation at each width, with its interval over seeds; NaN where there is none. */
  public List<CurvePoint> correlations() {
    return points(this::correlations);
  }

  private List<CurvePoint> points(Function<int[], double[]> curve) {
    return IntStream.range(0, widths.size())
        .mapToObj(k -> CurvePoint.overSeeds(seeds(), some -> curve.apply(some)[k]))
        .toList();
  }

  private double[] means(int[] seeds, ToDoubleFunction<Student> of) {
    double[] means = new double[widths.size()];
    Arrays.setAll(
        means,
        k ->
            Arrays.stream(seeds)
                .mapToDouble(seed -> of.applyAsDouble(students.get(seed).get(k)))
                .average()
                .orElseThrow());
    return means;
  }

  /**
   * What claim C17 looks at in a student.
   *
   * @param error generalisation error, ½ mean square, without the noise of the labels
   * @param copies near-copies of a teacher neuron, the mean over teacher neurons
   * @param correlation how much copies of a teacher neuron err alike; nothing where there are no
   *     two
   */
  public record Student(double error, double copies, OptionalDouble correlation) {

    /**
     * @throws IllegalArgumentException if a number is not finite
     */
    public Student {
      if (!Double.isFinite(error) || !Double.isFinite(copies)) {
        throw new IllegalArgumentException(
            "a student with error %s and %s copies is none".formatted(error, copies));
      }
    }

    /**
     * The mean over snapshots of a student, or over students drawn alike, so that wandering and
     * chance average out.
     *
     * @param snapshots at least one
     */
    public static Student meanOf(List<TeacherOverlaps> snapshots) {
      return new Student(
          mean(snapshots, TeacherOverlaps::generalisationError),
          mean(snapshots, TeacherOverlaps::copiesPerTeacherNeuron),
          snapshots.stream()
              .map(TeacherOverlaps::correlationOfCopies)
              .flatMapToDouble(OptionalDouble::stream)
              .average());
    }

    private static double mean(
        List<TeacherOverlaps> snapshots, ToDoubleFunction<TeacherOverlaps> of) {
      return snapshots.stream().mapToDouble(of).average().orElseThrow();
    }
  }
}
