package mitosis.suite;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import mitosis.evidence.CurvePoint;
import mitosis.evidence.Subject;
import mitosis.evidence.TrainingTrajectory;
import mitosis.report.Figure;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Series;
import mitosis.suite.Figures.SystemFigure;

/** What becomes of a network in training, snapshot by snapshot. */
public final class CourseFigures {

  private static final int LEAST_SHARE = 16;

  private final SystemFigure sheet;

  CourseFigures(SystemFigure sheet) {
    this.sheet = sheet;
  }

  /** P22 Fig. 6b: correlation of the residuals, with and without weight decay. */
  public Figure correlationWithoutWeightDecay(int size) {
    TrainingCourse with = sheet.evidence().training();
    TrainingCourse without = sheet.evidence().trainingWithoutWeightDecay();
    return sheet
        .titled(
            "correlation of the residuals in training, as P22 Fig. 6b",
            Axis.linear("epoch"),
            Axis.linear("mean |ρ| off the chunk at w = " + size))
        .with(secondHalf("with weight decay", with, size))
        .with(secondHalf("without weight decay", without, size));
  }

  private static Series secondHalf(String name, TrainingCourse course, int size) {
    int[] sizes = {size};
    return SystemFigure.curve(
        name,
        course.secondHalfEpochs().toArray(),
        course.secondHalf().stream()
            .map(each -> SystemFigure.offChunk(each.reconstructions(sizes), size))
            .toList());
  }

  /** P22 Fig. 5a and 7c: correlation of the residuals off chunks of several sizes. */
  public Figure correlation() {
    TrainingTrajectory course = sheet.evidence().training().snapshots();
    int width = sheet.evidence().study().widest().width();
    int[] sizes = sizes(width - 2);
    Figure figure =
        sheet.titled(
            "correlation of the residuals in training, as P22 Fig. 5a and 7c",
            Axis.linear("epoch"),
            Axis.linear("mean |ρ| off the chunk"));
    for (int size : sizes) {
      figure =
          figure.with(
              curve(
                  named("chunks", size),
                  course,
                  networks -> SystemFigure.offChunk(networks.reconstructions(sizes), size)));
    }
    return figure;
  }

  /** P22 Fig. 5b and c: training error of the full layer and of its chunks, and test error. */
  public Figure errors() {
    TrainingTrajectory course = sheet.evidence().training().snapshots();
    Subject widest = sheet.evidence().widest();
    int[] measured = widest.trainSizes();
    Figure figure =
        sheet
            .titled(
                "errors in training, as P22 Fig. 5b and c",
                Axis.linear("epoch"),
                Axis.log10AndZero("error"))
            .withIntervals(SystemFigure.OVER_SEEDS + ", of the test error over images too")
            .with(curve("test error", course, Subject::fullTestError))
            .with(curve("training error", course, Subject::fullTrainError));
    int[] positions =
        Arrays.stream(sizes(widest.width() - 1))
            .map(size -> firstFrom(measured, size))
            .distinct()
            .toArray();
    for (int k : positions) {
      figure =
          figure.with(
              curve(
                  named("training error of chunks", measured[k]),
                  course,
                  networks -> networks.trainErrors().get(k)));
    }
    return figure;
  }

  private static int firstFrom(int[] sizes, int size) {
    return IntStream.range(0, sizes.length).filter(k -> sizes[k] >= size).findFirst().orElseThrow();
  }

  private String named(String what, int size) {
    return "%s, w = %d".formatted(what, size);
  }

  /** Of the sizes at which residual correlations are measured those from W/16 on. */
  private int[] sizes(int most) {
    int width = sheet.evidence().study().widest().width();
    return Arrays.stream(sheet.evidence().sizes().ofCorrelations())
        .filter(size -> LEAST_SHARE * size >= width && size <= most)
        .toArray();
  }

  private static Series curve(
      String name, TrainingTrajectory course, Function<Subject, CurvePoint> quantity) {
    List<TrainingTrajectory.Moment> moments = course.moments();
    return SystemFigure.curve(
        name,
        moments.stream().mapToInt(TrainingTrajectory.Moment::epoch).toArray(),
        moments.stream().map(moment -> quantity.apply(moment.networks())).toList());
  }
}
