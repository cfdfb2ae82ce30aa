package mitosis.evidence;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import mitosis.analysis.TeacherOverlaps;

/**
 * What claim C17 looks at in a student.
 *
 * @param error generalisation error, ½ mean square, without the noise of the labels
 * @param copies near-copies of a teacher neuron, the mean over teacher neurons
 * @param correlation how much copies of a teacher neuron err alike; nothing where there are no two
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
