package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.Dynamics;
import mitosis.analysis.LayerSummary.LayerValue;
import mitosis.claim.Interval;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.Series;

/** Tables as comma-separated values (RFC 4180) in UTF-8, with a header, in full precision. */
public final class Csv {

  private static final String LINE_END = "\r\n";

  private Csv() {}

  /**
   * A table.
   *
   * @param header one name a column
   * @param rows as many cells each
   * @throws IllegalArgumentException if a row has more or fewer cells than the header
   */
  static String text(List<String> header, List<List<String>> rows) {
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).size() != header.size()) {
        throw new IllegalArgumentException(
            "row %d has %d cells, but there are %d columns"
                .formatted(row, rows.get(row).size(), header.size()));
      }
    }
    return Stream.concat(Stream.of(header), rows.stream())
        .map(cells -> cells.stream().map(Csv::quoted).collect(Collectors.joining(",")))
        .map(line -> line + LINE_END)
        .collect(Collectors.joining());
  }

  /**
   * The series under the header {@code series,x,y,low,high,seed 0,seed 1,…}, one line a point. Its
   * interval is empty where a point has none, and so is each seed's own value. All points are
   * written, also those that a logarithmic axis leaves out.
   */
  public static String text(List<Series> series) {
    int seeds =
        series.stream()
            .flatMap(one -> one.points().stream())
            .mapToInt(point -> point.seeds().size())
            .max()
            .orElse(0);
    List<List<String>> rows = new ArrayList<>();
    for (Series one : series) {
      for (Point point : one.points()) {
        List<String> row = new ArrayList<>();
        row.add(one.name());
        row.add(String.valueOf(point.x()));
        row.add(String.valueOf(point.y()));
        row.add(point.interval().map(Interval::low).map(String::valueOf).orElse(""));
        row.add(point.interval().map(Interval::high).map(String::valueOf).orElse(""));
        for (int seed = 0; seed < seeds; seed++) {
          row.add(seed < point.seeds().size() ? String.valueOf(point.seeds().get(seed)) : "");
        }
        rows.add(row);
      }
    }
    List<String> header = new ArrayList<>(List.of("series", "x", "y", "low", "high"));
    IntStream.range(0, seeds).mapToObj(seed -> "seed " + seed).forEach(header::add);
    return text(header, rows);
  }

  /**
   * Writes a table to a file, replacing an older one, and makes the folder if need be.
   *
   * @param csv as {@link #text} or {@link DynamicsCsv#text} gives it
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, String csv) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, csv);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A layer's dynamics as comma-separated values in long form, for any plotting program. */
  public static final class DynamicsCsv {

    private static final List<String> HEADER =
        List.of("epoch", "quantity", "size", "mean", "deviation");

    private DynamicsCsv() {}

    /**
     * One line a value of {@link Dynamics#rows} under the header {@code
     * epoch,quantity,size,mean,deviation}. Cells are empty where a value is not of chunks of one
     * size, does not exist, or is no mean over chunks.
     */
    public static String text(Dynamics dynamics) {
      return Csv.text(HEADER, dynamics.rows().stream().map(DynamicsCsv::cells).toList());
    }

    private static List<String> cells(Dynamics.Row row) {
      LayerValue value = row.value();
      return List.of(
          String.valueOf(row.epoch()),
          value.quantity(),
          value.size().isPresent() ? String.valueOf(value.size().getAsInt()) : "",
          cell(value.mean()),
          cell(value.deviation()));
    }

    private static String cell(OptionalDouble number) {
      return number.isPresent() ? String.valueOf(number.getAsDouble()) : "";
    }
  }
}
