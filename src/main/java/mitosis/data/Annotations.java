package mitosis.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that says which class each test image is of, a line an image: the image's name, a tab (or
 * spaces, in a file without tabs), the class's name, and possibly more, which is ignored (the boxes
 * of Tiny ImageNet).
 *
 * @param file where it stands in
 * @param entries class and line by image
 */
record Annotations(Path file, Map<String, Entry> entries) {

  /** Where the file is looked for, relative to the data set's folder: the first of them counts. */
  static final List<String> PLACES =
      List.of("val/val_annotations.txt", "val/val.txt", "val_annotations.txt", "val.txt");

  /**
   * What one line says.
   *
   * @param name the class's name
   * @param line the line's number, from 1
   */
  record Entry(String name, int line) {}

  /**
   * Reads the annotations of a data set.
   *
   * @param root the data set's folder
   * @return empty if there is no such file
   * @throws DataException if the file cannot be read, a line does not name a class, or an image
   *     stands there twice
   */
  static Optional<Annotations> find(Path root) {
    return PLACES.stream()
        .map(root::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Annotations::read);
  }

  private static Annotations read(Path file) {
    List<String> lines;
    try (Stream<String> read = Files.lines(file, StandardCharsets.UTF_8)) {
      lines = read.toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(
          "%s cannot be read as text (%s); fetch it again".formatted(file, e), e);
    }
    Map<String, Entry> entries = new HashMap<>();
    for (int k = 0; k < lines.size(); k++) {
      String line = lines.get(k);
      if (line.isBlank()) {
        continue;
      }
      String[] columns = line.split(line.contains("\t") ? "\t" : " +");
      if (columns.length < 2 || columns[0].isBlank() || columns[1].isBlank()) {
        throw new DataException(
            "%s, line %d: '%s' is not the name of an image and that of its class, separated by a tab; fetch the file again"
                .formatted(file, k + 1, line));
      }
      Entry before = entries.put(columns[0], new Entry(columns[1].strip(), k + 1));
      if (before != null) {
        throw new DataException(
            "%s, line %d: %s stands in line %d already; leave one of the two"
                .formatted(file, k + 1, columns[0], before.line()));
      }
    }
    return new Annotations(file, entries);
  }
}
