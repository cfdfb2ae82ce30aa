package mitosis.suite;

import java.util.Arrays;
import java.util.stream.IntStream;
import mitosis.evidence.StudentCurve;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Series;
import mitosis.suite.Figures.SystemFigure;

/**
 * What students gained by copying, drawn.
 *
 * @param students what is drawn
 */
public record StudentFigures(Students students) {

  /** Error against the number of copies, with and without growing rate. */
  public Figure errorAgainstCopies() {
    StudentCurve noisy = students.withNoise();
    double[] copies = noisy.copies(all(noisy));
    Figure figure =
        Figure.of(
                TeacherStudent.NAME + ": error against copies, P21 §4",
                Axis.log2("copies of a teacher neuron n"),
                Axis.log10("generalisation error"))
            .withIntervals(SystemFigure.OVER_SEEDS)
            .with(series("rate as it is", copies, noisy))
            .with(
                series(
                    "rate grows with width",
                    students.withRateGrowing().copies(all(noisy)),
                    students.withRateGrowing()));
    return law(figure, "n^{−1}", copies, noisy)
        .withNote("Single seeds are drawn at the mean number of copies of all seeds.");
  }

  /** Correlation of the errors of copies of the same teacher neuron, against width. */
  public Figure correlationOfCopies() {
    StudentCurve noisy = students.withNoise();
    return Figure.of(
            TeacherStudent.NAME + ": correlation of copies' errors, P21 §4",
            Axis.log2("width K"),
            Axis.linear("mean correlation of two copies"))
        .withIntervals(SystemFigure.OVER_SEEDS)
        .with(
            SystemFigure.curve(
                "rate as it is",
                noisy.widths().stream().mapToDouble(Integer::doubleValue).toArray(),
                noisy.correlations()));
  }

  /** Error against width, with and without noise. */
  public Figure errorAgainstWidth() {
    StudentCurve noisy = students.withNoise();
    double[] widths = noisy.widths().stream().mapToDouble(Integer::doubleValue).toArray();
    Figure figure =
        Figure.of(
                TeacherStudent.NAME + ": error against width, P21 §4",
                Axis.log2("width K"),
                Axis.log10("generalisation error"))
            .withIntervals(SystemFigure.OVER_SEEDS)
            .with(series("with noise", widths, noisy))
            .with(series("without noise", widths, students.withoutNoise()));
    return law(figure, "K^{−1}", widths, noisy);
  }

  private static Series series(String name, double[] x, StudentCurve curve) {
    return SystemFigure.curve(name, x, curve.errors());
  }

  private static Figure law(Figure figure, String label, double[] x, StudentCurve curve) {
    double from = Arrays.stream(x).min().orElseThrow();
    double to = Arrays.stream(x).max().orElseThrow();
    return x[0] == from && from > 0 && to > from
        ? figure.with(new ReferenceLine(label, -1, from, curve.errors(all(curve))[0], from, to))
        : figure;
  }

  private static int[] all(StudentCurve curve) {
    return IntStream.range(0, curve.seeds()).toArray();
  }
}
