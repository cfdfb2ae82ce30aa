package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mitosis.claim.Interval;

/** Series as comma-separated values (RFC 4180), one line a point, full precision. */
public final class Csv {

  private static final String LINE_END = "\r\n";

  private Csv() {}

  /**
   * The series under the header {@code series,x,y,low,high}; {@code low} and {@code high} are empty
   * where a point has no interval. All points are written, also those that a logarithmic axis
   * leaves out.
   */
  public static String text(List<Series> series) {
    StringBuilder csv = new StringBuilder("series,x,y,low,high").append(LINE_END);
    for (Series one : series) {
      for (Point point : one.points()) {
        csv.append(quoted(one.name()))
            .append(',')
            .append(point.x())
            .append(',')
            .append(point.y())
            .append(',')
            .append(point.interval().map(Interval::low).map(String::valueOf).orElse(""))
            .append(',')
            .append(point.interval().map(Interval::high).map(String::valueOf).orElse(""))
            .append(LINE_END);
      }
    }
    return csv.toString();
  }

  /**
   * Writes {@link #text} to a file in UTF-8.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(Path file, List<Series> series) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text(series));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
