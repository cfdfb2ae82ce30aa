package mitosis.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mitosis.claim.ClaimResult;
import mitosis.claim.ClaimResultJson;
import mitosis.data.DurableFile;

/**
 * The file {@code claims.json}: a list of results, one for each test, sorted by claim, system,
 * scale and test.
 *
 * <p>It is written test by test and replaced as a whole each time, so that a crash leaves the
 * results of all tests before it. One process at a time may write it.
 */
public final class ClaimsJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final Comparator<ClaimResult> ORDER =
      Comparator.comparing(ClaimResult::claim)
          .thenComparing(ClaimResult::system)
          .thenComparing(ClaimResult::scale)
          .thenComparing(ClaimResult::test);

  private final Path file;

  /**
   * @param file where the results are; need not exist yet
   */
  public ClaimsJson(Path file) {
    this.file = file;
  }

  /**
   * Adds a result, in place of an older one of the same claim, system, scale and test.
   *
   * @throws IllegalArgumentException if what the file holds cannot be read
   * @throws UncheckedIOException if the file cannot be written
   */
  public synchronized void put(ClaimResult result) {
    List<ClaimResult> results = new ArrayList<>();
    if (Files.exists(file)) {
      results.addAll(read());
    }
    results.removeIf(other -> ORDER.compare(other, result) == 0);
    results.add(result);
    results.sort(ORDER);
    write(results);
  }

  /** Forgets all results, as at the beginning of a run. */
  public synchronized void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /**
   * The results in the file.
   *
   * @throws IllegalArgumentException if there is no such file or it is not readable; the message
   *     says what to do
   */
  public List<ClaimResult> read() {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + ": no such file; no claim left a result, run the claims first");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          file + ": not readable as JSON, delete it and run the claims again: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    if (!root.isArray()) {
      throw new IllegalArgumentException(
          file + ": not a list of results; delete it and run the claims again");
    }
    List<ClaimResult> results = new ArrayList<>();
    root.forEach(entry -> results.add(ClaimResultJson.read(entry, file.toString())));
    return List.copyOf(results);
  }

  private void write(List<ClaimResult> results) {
    ArrayNode root = JSON.createArrayNode();
    results.forEach(result -> root.add(ClaimResultJson.write(result)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      DurableFile.write(file, JSON.writeValueAsBytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
