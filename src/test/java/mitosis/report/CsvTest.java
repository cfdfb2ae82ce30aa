package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mitosis.claim.Interval;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {

  private static final List<Series> SERIES =
      List.of(
          Series.of(
              "full, \"wide\"",
              Series.Style.LINE,
              new double[] {2},
              new double[] {0.1},
              new double[] {0.05},
              new double[] {0.2}),
          Series.of("chunks", Series.Style.POINTS, new double[] {4}, new double[] {-1e-5}));

  @Test
  void every_point_is_a_line() {
    assertThat(Csv.text(SERIES))
        .isEqualTo(
            "series,x,y,low,high\r\n"
                + "\"full, \"\"wide\"\"\",2.0,0.1,0.05,0.2\r\n"
                + "chunks,4.0,-1.0E-5,,\r\n");
  }

  @Test
  void each_seed_has_a_column_of_its_own_behind_the_interval() {
    Series seeds =
        new Series(
            "chunks",
            Series.Style.LINE_AND_POINTS,
            List.of(
                new Point(4, 0.2, Optional.of(new Interval(0.1, 0.3)), List.of(0.15, 0.25)),
                new Point(8, 0.1, Optional.empty(), List.of())));

    assertThat(Csv.text(List.of(seeds)))
        .isEqualTo(
            "series,x,y,low,high,seed 0,seed 1\r\n"
                + "chunks,4.0,0.2,0.1,0.3,0.15,0.25\r\n"
                + "chunks,8.0,0.1,,,,\r\n");
  }

  @Test
  void a_file_holds_the_same(@TempDir Path folder) {
    Path file = folder.resolve("new/curve.csv");
    Csv.write(file, Csv.text(SERIES));

    assertThat(file).hasContent(Csv.text(SERIES));
  }
}
