package mitosis.power;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import mitosis.claim.ClaimId;
import mitosis.evidence.Copying;
import mitosis.evidence.StudentCurve;
import mitosis.evidence.StudentCurve.Student;

/**
 * Of students: claim C17 on teacher-student. What is measured of each student is made up, with the
 * deviation between students that trained ones have: the intervals of the default run, whose
 * half-width is t·s/√4.
 */
final class StudentScenarios {

  private static final List<Integer> WIDTHS = List.of(4, 8, 16, 32, 64);
  private static final int TEACHERS = 2;

  /** Interval 0.885 ± 0.082. */
  private static final double SPREAD_OF_PART = 0.05;

  /** Interval 0.049 ± 0.040. */
  private static final double SPREAD_OF_CORRELATION = 0.025;

  /**
   * Of the logarithm of an error: intervals -0.457 ± 0.029 and -0.957 ± 0.054 of exponents over
   * five widths.
   */
  private static final double SPREAD_OF_ERROR = 0.08;

  /** The same of one without noise, divided by one with it: interval 0.0033 ± 0.0004. */
  private static final double SPREAD_WITHOUT_NOISE = 0.1;

  private static final String ERRORS =
      "errors of each student, which differ by 8 % between students";

  private StudentScenarios() {}

  static List<PowerScenario> quick(PowerScenario.On on) {
    return List.of(
        on.ask(
            ClaimId.C17,
            "copied_part",
            0,
            "part of each widest student's neurons that are copies, which differ by 0.05",
            (truth, seeds, random) ->
                Copying.copiedPart()
                    .of(
                        curve(
                            seeds,
                            width ->
                                width
                                    / (double) TEACHERS
                                    * (truth + SPREAD_OF_PART * random.nextGaussian()),
                            width -> 1,
                            width -> 0)),
            0.5,
            0.6,
            0.7,
            0.8,
            0.85,
            0.9,
            0.95),
        on.ask(
            ClaimId.C17,
            "correlation_of_copies",
            0,
            "correlation of copies in each widest student, which differ by 0.025",
            (truth, seeds, random) ->
                Copying.correlationOfCopies()
                    .of(
                        curve(
                            seeds,
                            width -> width,
                            width -> 1,
                            width -> truth + SPREAD_OF_CORRELATION * random.nextGaussian())),
            -0.2,
            -0.05,
            0,
            0.05,
            0.08,
            0.13,
            0.2,
            0.33),
        on.ask(
            ClaimId.C17,
            "error_exponent_in_copies",
            0,
            ERRORS,
            (truth, seeds, random) ->
                Copying.errorAgainstCopies()
                    .of(
                        curve(
                            seeds,
                            width -> width / (double) TEACHERS,
                            width -> error(width, truth, random),
                            width -> 0)),
            -2,
            -1.35,
            -1.25,
            -1.15,
            -1,
            -0.85,
            -0.75,
            -0.5),
        on.ask(
            ClaimId.C17,
            "root_error_exponent_in_width",
            0,
            ERRORS,
            (truth, seeds, random) ->
                Copying.rootErrorAgainstWidth()
                    .of(
                        curve(
                            seeds,
                            width -> width / (double) TEACHERS,
                            width -> error(width, 2 * truth, random),
                            width -> 0)),
            -1,
            -0.7,
            -0.6,
            -0.5,
            -0.4,
            -0.3,
            -0.25),
        on.ask(
            ClaimId.C17,
            "error_without_noise",
            0,
            ERRORS
                + ", and by 10 % without noise; the ratio at the widest is twice that of the others",
            (truth, seeds, random) ->
                Copying.largestErrorRatio()
                    .of(
                        new Copying.Pair(
                            curve(
                                seeds,
                                width -> 1,
                                width ->
                                    truth
                                        / width
                                        * (width == 64 ? 1 : 0.5)
                                        * Noise.factor(SPREAD_WITHOUT_NOISE, random),
                                width -> 0),
                            curve(
                                seeds, width -> 1, width -> error(width, -1, random), width -> 0))),
            0.003,
            0.02,
            0.04,
            0.065,
            0.1,
            0.5));
  }

  /** That of a student of 4 neurons is 1/4. */
  private static double error(int width, double exponent, SplittableRandom random) {
    return Math.pow(width / 4.0, exponent) / 4 * Noise.factor(SPREAD_OF_ERROR, random);
  }

  private static StudentCurve curve(
      int seeds,
      IntToDoubleFunction copies,
      IntToDoubleFunction error,
      IntToDoubleFunction correlation) {
    List<List<Student>> students = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      students.add(
          WIDTHS.stream()
              .map(
                  width ->
                      new Student(
                          error.applyAsDouble(width),
                          copies.applyAsDouble(width),
                          OptionalDouble.of(correlation.applyAsDouble(width))))
              .toList());
    }
    return new StudentCurve(TEACHERS, WIDTHS, students);
  }
}
