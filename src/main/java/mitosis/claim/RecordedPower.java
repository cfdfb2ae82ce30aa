package mitosis.claim;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import mitosis.claim.CheckPower.PowerPosition;
import mitosis.data.DurableFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * How often each check says the wrong thing, and how often it says anything: the content of {@code
 * expected/power.csv}, verdicts on synthetic subjects, each a fresh one, whose true value is known.
 * Trials are not repeated in a run of the suite; they add up in this file, over as many sittings as
 * it takes. A row has the trials at one true value with one number of networks; with another band,
 * or other subjects, they begin anew.
 */
public final class RecordedPower {

  /** The file's name in {@code expected/}. */
  public static final String FILE = "power.csv";

  private static final List<String> COLUMNS =
      Stream.of(
              Stream.of("system", "scale", "claim", "quantity", "band", "truth", "seeds"),
              Arrays.stream(Verdict.values()).map(Verdict::name),
              Stream.of("half_width", "images", "commit", "planted"))
          .flatMap(Function.identity())
          .toList();

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private static final Comparator<CheckPower.Key> ORDER =
      Comparator.comparing(CheckPower.Key::system)
          .thenComparing(CheckPower.Key::scale)
          .thenComparing(CheckPower.Key::claim)
          .thenComparing(CheckPower.Key::quantity);

  private final Map<CheckPower.Key, CheckPower> checks;

  private RecordedPower(Collection<CheckPower> checks) {
    this.checks = new LinkedHashMap<>();
    checks.stream()
        .sorted(Comparator.comparing(CheckPower::key, ORDER))
        .forEach(check -> this.checks.put(check.key(), check));
  }

  /** Nothing known. */
  public static RecordedPower none() {
    return new RecordedPower(List.of());
  }

  /** What is known of one check. */
  public Optional<CheckPower> of(CheckPower.Key key) {
    return Optional.ofNullable(checks.get(key));
  }

  /** All that is known, by system, scale, claim and quantity. */
  public List<CheckPower> all() {
    return List.copyOf(checks.values());
  }

  /** The same with one check's trials put in place of what was known of it. */
  public RecordedPower with(CheckPower check) {
    Map<CheckPower.Key, CheckPower> all = new LinkedHashMap<>(checks);
    all.put(check.key(), check);
    return new RecordedPower(all.values());
  }

  /**
   * Reads and checks the file.
   *
   * @param folder the folder {@code expected}
   * @return nothing known if there is no such file
   * @throws IllegalArgumentException if its content is refused; the message names file, line,
   *     column and value
   * @throws UncheckedIOException if it cannot be read
   */
  public static RecordedPower read(Path folder) {
    Path path = folder.resolve(FILE);
    if (!Files.exists(path)) {
      return none();
    }
    String file = folder.getFileName() + "/" + FILE;
    Map<CheckPower.Key, CheckPower> checks = new LinkedHashMap<>();
    try (CSVParser rows = CSVParser.parse(path, StandardCharsets.UTF_8, FORMAT)) {
      for (CSVRecord row : rows) {
        long line = rows.getCurrentLineNumber();
        try {
          if (line == 1) {
            requireColumns(row);
          } else {
            CheckPower check = check(row);
            checks.merge(check.key(), check, RecordedPower::both);
          }
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s, line %d: %s".formatted(file, line, e.getMessage()), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(
          file + ": not readable as CSV: " + e.getCause().getMessage(), e);
    }
    return new RecordedPower(checks.values());
  }

  private static void requireColumns(CSVRecord header) {
    if (!header.toList().equals(COLUMNS)) {
      throw new IllegalArgumentException(
          "the columns are %s; they must be %s".formatted(header.toList(), COLUMNS));
    }
  }

  /** A row as a check that was tried at one position. */
  private static CheckPower check(CSVRecord row) {
    if (row.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "has %d values for %d columns; give each, empty for none"
              .formatted(row.size(), COLUMNS.size()));
    }
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      if (!value(row, verdict.name()).isEmpty()) {
        verdicts.put(verdict, count(row, verdict.name()));
      }
    }
    double halfWidth =
        value(row, "half_width").isEmpty() ? Double.POSITIVE_INFINITY : number(row, "half_width");
    int images = count(row, "images");
    if (images < 0) {
      throw new IllegalArgumentException(
          "images is " + images + "; give a number of images, or 0 for none");
    }
    return new CheckPower(
        new CheckPower.Key(
            text(row, "system"),
            Scale.parse(text(row, "scale")),
            ClaimId.parse(text(row, "claim")),
            text(row, "quantity")),
        text(row, "planted"),
        images,
        text(row, "band"),
        text(row, "commit"),
        List.of(new PowerPosition(number(row, "truth"), count(row, "seeds"), verdicts, halfWidth)));
  }

  private static CheckPower both(CheckPower above, CheckPower row) {
    PowerPosition position = row.positions().get(0);
    if (above.at(position.truth(), position.seeds()).isPresent()) {
      throw new IllegalArgumentException(
          "%s at truth %s with %d seeds once more; add the counts up in one row"
              .formatted(row.key(), position.truth(), position.seeds()));
    }
    if (!row.isOfTheSame(above)) {
      throw new IllegalArgumentException(
          "%s has another band, number of images, commit or subject than in the rows above; trials of one check agree in them"
              .formatted(row.key()));
    }
    return above.with(position, row.commit());
  }

  private static String value(CSVRecord row, String column) {
    return row.get(COLUMNS.indexOf(column));
  }

  private static String text(CSVRecord row, String column) {
    if (value(row, column).isBlank()) {
      throw new IllegalArgumentException(column + " is empty; give a text");
    }
    return value(row, column);
  }

  private static double number(CSVRecord row, String column) {
    try {
      return new BigDecimal(value(row, column)).doubleValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%s'; give a number".formatted(column, value(row, column)), e);
    }
  }

  private static int count(CSVRecord row, String column) {
    try {
      return Integer.parseInt(value(row, column));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s is '%s'; give a whole number".formatted(column, value(row, column)), e);
    }
  }

  /**
   * Writes the file as a whole, or not at all.
   *
   * @param folder the folder {@code expected}
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Path folder) {
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      printer.printRecord(COLUMNS);
      for (CheckPower check : checks.values()) {
        for (PowerPosition position : check.positions()) {
          printer.printRecord(row(check, position));
        }
      }
      DurableFile.write(folder.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + folder.resolve(FILE), e);
    }
  }

  private static List<Object> row(CheckPower check, PowerPosition position) {
    CheckPower.Key key = check.key();
    List<Object> row =
        new ArrayList<>(
            List.of(
                key.system(),
                key.scale().word(),
                key.claim(),
                key.quantity(),
                check.band(),
                position.truth(),
                position.seeds()));
    for (Verdict verdict : Verdict.values()) {
      row.add(position.verdicts().containsKey(verdict) ? position.count(verdict) : "");
    }
    row.add(Double.isFinite(position.halfWidth()) ? position.halfWidth() : "");
    row.addAll(List.of(check.images(), check.commit(), check.planted()));
    return row;
  }
}
