package mitosis.claims;

import mitosis.claims.support.Check;
import mitosis.claims.support.Claim.C17;
import mitosis.claims.support.On;
import mitosis.evidence.Copying;
import mitosis.suite.StudentControls;
import mitosis.suite.StudentFigures;
import mitosis.suite.Students;

/** That a wide student copies its teacher's neurons, and errs the less for it (P21 §4; P22 §4). */
final class C17TeacherStudentClaims {

  private C17TeacherStudentClaims() {}

  @On.TeacherStudent
  static class OnStudents {

    @C17("copied_part")
    void the_neurons_of_a_wide_student_are_near_copies_of_teacher_neurons(
        Check check, Students students, StudentControls controls, StudentFigures figures) {
      check
          .measuredOnStudents(Copying.copiedPart(), Students::withNoise)
          .rejects("the students before training", students::beforeTraining)
          .rejects("independent mixtures of the teacher's neurons", controls::mixtures)
          .accepts("planted copies with independent errors", controls::independentCopies)
          .shownAs(figures::errorAgainstCopies)
          .isWithinTheBand();
    }

    @C17("correlation_of_copies")
    void copies_of_one_teacher_neuron_err_almost_independently(
        Check check, StudentControls controls, StudentFigures figures) {
      check
          .measuredOnStudents(Copying.correlationOfCopies(), Students::withNoise)
          .rejects("planted copies that err alike", controls::copiesThatErrAlike)
          .rejects("planted copies that err in part alike", controls::copiesThatErrInPartAlike)
          .accepts("planted copies with independent errors", controls::independentCopies)
          .shownAs(figures::correlationOfCopies)
          .isWithinTheBand();
    }

    @C17("error_exponent_in_copies")
    void the_error_of_a_student_is_inverse_to_the_number_of_copies_of_a_teacher_neuron(
        Check check, Students students, StudentControls controls, StudentFigures figures) {
      check
          .measuredOnStudents(Copying.errorAgainstCopies(), Students::withNoise)
          .rejectsTrained("students whose rate grows with their width", students::withRateGrowing)
          .rejects("planted copies that err alike", controls::copiesThatErrAlike)
          .rejects("planted copies, error as n^-1/2", controls::copiesThatGrowWorse)
          .rejects("planted copies, error as n^-2", controls::copiesThatGrowBetter)
          .accepts("planted copies with independent errors", controls::independentCopies)
          .shownAs(figures::errorAgainstCopies)
          .isWithinTheBand();
    }

    @C17("root_error_exponent_in_width")
    void the_root_of_the_error_of_a_student_falls_as_the_inverse_square_root_of_its_width(
        Check check, Students students, StudentControls controls, StudentFigures figures) {
      check
          .measuredOnStudents(Copying.rootErrorAgainstWidth(), Students::withNoise)
          .rejectsTrained("students whose rate grows with their width", students::withRateGrowing)
          .rejects("planted copies, root error as n^-1/4", controls::copiesThatGrowWorse)
          .rejects("planted copies, root error as n^-1", controls::copiesThatGrowBetter)
          .accepts("planted copies with independent errors", controls::independentCopies)
          .shownAs(figures::errorAgainstWidth)
          .isWithinTheBand();
    }

    @C17("error_without_noise")
    void without_noise_in_the_labels_the_error_of_students_goes_to_zero_at_any_width(
        Check check, Students students, StudentControls controls, StudentFigures figures) {
      check
          .measuredOnStudents(
              Copying.largestErrorRatio(), e -> new Copying.Pair(e.withoutNoise(), e.withNoise()))
          .rejects(
              "the students before training",
              () -> new Copying.Pair(students.beforeTraining(), students.withNoise()))
          .rejects(
              "planted noisy copies beside themselves",
              () -> new Copying.Pair(controls.independentCopies(), controls.independentCopies()))
          .accepts(
              "planted copies without errors beside noisy ones",
              () -> new Copying.Pair(controls.cleanCopies(), controls.independentCopies()))
          .shownAs(figures::errorAgainstWidth)
          .isWithinTheBand();
    }
  }
}
