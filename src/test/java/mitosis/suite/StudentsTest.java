package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import mitosis.analysis.TeacherOverlaps;
import mitosis.claim.Scale;
import mitosis.evidence.Copying;
import mitosis.evidence.StudentCurve;
import mitosis.evidence.StudentCurve.Student;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining;
import mitosis.train.OnlineTraining.OnlineRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudentsTest {

  @TempDir static Path runs;

  private static Students students;

  private static final List<String> WARNINGS = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void students() {
    students = stored();
  }

  private static Students stored() {
    return Systems.students()
        .students(Scale.SMOKE, List.of(0, 1, 2), Set.of(), new OnlineRuns(runs, WARNINGS::add));
  }

  @Test
  void what_one_run_trained_the_next_one_loads() throws IOException {
    StudentCurve trained = students.withNoise();
    List<Path> before = files();

    assertThat(stored().withNoise()).isEqualTo(trained);
    assertThat(files()).isEqualTo(before);
    assertThat(WARNINGS).isEmpty();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(runs)) {
      return files.sorted().toList();
    }
  }

  @Test
  void whoever_asks_gets_those_that_are_trained_in_the_background() {
    Students later = stored();
    Thread background = new Thread(later::train);
    background.start();

    assertThat(later.withoutNoise()).isEqualTo(students.withoutNoise());
    assertThat(later.withRateGrowing()).isEqualTo(students.withRateGrowing());
  }

  /** Side by side on all cores, each is the one that it would be alone. */
  @Test
  void a_student_is_that_of_its_recipe_and_seed() {
    OnlineRun alone = OnlineTraining.run(students.recipe().withWidth(8), 2);
    Student expected =
        Student.meanOf(
            alone.snapshots().stream()
                .map(student -> TeacherOverlaps.between(student, alone.teacher()))
                .toList());
    assertThat(students.withNoise().widths()).containsExactly(4, 8, 16);
    assertThat(students.withNoise().students().get(2).get(1)).isEqualTo(expected);
  }

  @Test
  void the_narrowest_keeps_its_rate_where_that_grows() {
    assertThat(students.withRateGrowing().students().get(1).get(0))
        .isEqualTo(students.withNoise().students().get(1).get(0));
    assertThat(students.withRateGrowing().students().get(1).get(2))
        .isNotEqualTo(students.withNoise().students().get(1).get(2));
  }

  @Test
  void training_makes_students_better_and_noise_worse() {
    int[] all = {0, 1, 2};
    double[] before = students.beforeTraining().errors(all);
    double[] noisy = students.withNoise().errors(all);
    double[] clean = students.withoutNoise().errors(all);
    for (int k = 0; k < noisy.length; k++) {
      assertThat(noisy[k]).isLessThan(before[k]);
      assertThat(clean[k]).isLessThan(noisy[k]);
    }
  }

  /** What each control is called after. */
  @Test
  void controls_have_the_exponents_and_correlations_that_they_are_made_for() {
    StudentControls controls = new StudentControls(students);
    assertThat(Copying.errorAgainstCopies().of(controls.independentCopies()).value())
        .isBetween(-1.1, -0.9);
    assertThat(Copying.errorAgainstCopies().of(controls.copiesThatErrAlike()).value())
        .isBetween(-0.1, 0.1);
    assertThat(Copying.errorAgainstCopies().of(controls.copiesThatGrowWorse()).value())
        .isBetween(-0.6, -0.4);
    assertThat(Copying.errorAgainstCopies().of(controls.copiesThatGrowBetter()).value())
        .isBetween(-2.1, -1.9);
    assertThat(Copying.correlationOfCopies().of(controls.copiesThatErrInPartAlike()).value())
        .isBetween(0.28, 0.38);
    assertThat(Copying.copiedPart().of(controls.independentCopies()).value()).isEqualTo(1);
    assertThat(controls.cleanCopies().errors(new int[] {0})[0]).isBetween(-1e-15, 1e-15);
  }
}
