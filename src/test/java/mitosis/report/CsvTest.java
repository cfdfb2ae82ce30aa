package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.analysis.ChunkError;
import mitosis.analysis.CriticalWidths;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.Dynamics;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.LayerSummary;
import mitosis.analysis.LayerSummary.ChunkSummary;
import mitosis.analysis.MeanOverChunks;
import mitosis.analysis.OtherChunks;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Interval;
import mitosis.report.Csv.DynamicsCsv;
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

  private static MeanOverChunks over(double mean) {
    return new MeanOverChunks(mean, mean / 4, 5);
  }

  private static final ResidualCorrelation.OffChunk OFF_CHUNK =
      new ResidualCorrelation.OffChunk(over(0.25), over(0.03125), 0.02, over(7), over(0));

  private static final LayerSummary LAYER =
      new LayerSummary(
          new ChunkError.Errors(0.05, 0.001),
          List.of(
              new ChunkSummary(
                  1,
                  over(0.4),
                  over(0.2),
                  over(0.6),
                  Optional.of(over(0.5)),
                  new ResidualCorrelation(1, over(0.1), over(1e-6), Optional.of(OFF_CHUNK)),
                  Optional.of(new OtherChunks(1, over(0.3), Optional.of(OFF_CHUNK)))),
              new ChunkSummary(
                  8,
                  over(0),
                  over(0),
                  over(1),
                  Optional.empty(),
                  new ResidualCorrelation(8, over(0), over(0), Optional.empty()),
                  Optional.empty())),
          new IntrinsicDimension(
              100,
              1,
              0,
              new IntrinsicDimension.Dimension(6.5, 0.25),
              new IntrinsicDimension.Dimension(6.75, 0.125),
              0.5),
          new CriticalWidths(8, 7, Map.of(CloneSign.RECONSTRUCTION, 5.5)));

  private static final String VALUES =
      """
      EPOCH,full_test_error,,0.05,
      EPOCH,full_train_error,,0.001,
      EPOCH,live_neurons,,7.0,
      EPOCH,dimension_fitted,,6.5,
      EPOCH,dimension_fitted_error,,0.25,
      EPOCH,dimension_likeliest,,6.75,
      EPOCH,dimension_likeliest_error,,0.125,
      EPOCH,critical_width_interpolation,,,
      EPOCH,critical_width_reconstruction,,5.5,
      EPOCH,critical_width_independence,,,
      EPOCH,critical_width_scaling,,,
      EPOCH,test_error,1,0.4,0.1
      EPOCH,train_error,1,0.2,0.05
      EPOCH,r2,1,0.6,0.15
      EPOCH,held_out_r2,1,0.5,0.125
      EPOCH,correlation_by_code,1,0.1,0.025
      EPOCH,correlation_by_paper,1,1.0E-6,2.5E-7
      EPOCH,correlation_off_chunk,1,0.25,0.0625
      EPOCH,correlation_excess_square,1,0.03125,0.0078125
      EPOCH,correlation_noise_floor,1,0.02,
      EPOCH,chunk_to_chunk_r2,1,0.3,0.075
      EPOCH,chunk_to_chunk_correlation,1,0.25,0.0625
      EPOCH,test_error,8,0.0,0.0
      EPOCH,train_error,8,0.0,0.0
      EPOCH,r2,8,1.0,0.25
      EPOCH,held_out_r2,8,,
      EPOCH,correlation_by_code,8,0.0,0.0
      EPOCH,correlation_by_paper,8,0.0,0.0
      EPOCH,correlation_off_chunk,8,,
      EPOCH,correlation_excess_square,8,,
      EPOCH,correlation_noise_floor,8,,
      EPOCH,chunk_to_chunk_r2,8,,
      EPOCH,chunk_to_chunk_correlation,8,,
      """;

  @Test
  void every_value_of_every_epoch_of_dynamics_is_a_line() {
    Dynamics dynamics =
        new Dynamics(List.of(new Dynamics.Snapshot(0, LAYER), new Dynamics.Snapshot(160, LAYER)));

    String text = DynamicsCsv.text(dynamics);

    assertThat(text)
        .isEqualTo(
            ("epoch,quantity,size,mean,deviation\n"
                    + VALUES.replace("EPOCH", "0")
                    + VALUES.replace("EPOCH", "160"))
                .replace("\n", "\r\n"));
  }

  @Test
  void a_row_with_a_cell_too_few_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Csv.text(List.of("epoch", "size"), List.of(List.of("1", "2"), List.of("3"))))
        .withMessageContaining("row 1 has 1 cells, but there are 2 columns");
  }
}
