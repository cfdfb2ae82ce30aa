package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.Interval;

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
   * The series under the header {@code series,x,y,low,high}, one line a point; {@code low} and
   * {@code high} are empty where a point has no interval. All points are written, also those that a
   * logarithmic axis leaves out.
   */
  public static String text(List<Series> series) {
    List<List<String>> rows = new ArrayList<>();
    for (Series one : series) {
      for (Point point : one.points()) {
        rows.add(
            List.of(
                one.name(),
                String.valueOf(point.x()),
                String.valueOf(point.y()),
                point.interval().map(Interval::low).map(String::valueOf).orElse(""),
                point.interval().map(Interval::high).map(String::valueOf).orElse("")));
      }
    }
    return text(List.of("series", "x", "y", "low", "high"), rows);
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
}
