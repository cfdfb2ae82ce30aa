package mitosis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import mitosis.claim.ClaimResult;
import mitosis.data.DurableFile;

/**
 * The results of all runs, in a folder with one file a commit: {@code COMMIT.json}. What a commit
 * measures again takes the place of what it measured before.
 *
 * <p>A file is replaced as a whole, so that a crash leaves the old one. One process at a time may
 * write. A file that cannot be read is named and left out: old results are no reason to stop a run.
 */
public final class History {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final String ENDING = ".json";

  /** What a damaged file is called once its commit is measured again. */
  private static final String DAMAGED = ".damaged";

  private final Path folder;

  /**
   * @param folder where the files are; need not exist yet
   */
  public History(Path folder) {
    this.folder = folder;
  }

  /**
   * What was found before.
   *
   * @param results all results, oldest first
   * @param unread what is wrong with files that could not be read, one sentence each
   */
  public record Past(List<PastResult> results, List<String> unread) {

    /** Keeps copies. */
    public Past {
      results = List.copyOf(results);
      unread = List.copyOf(unread);
    }

    /** Nothing at all. */
    static Past none() {
      return new Past(List.of(), List.of());
    }

    /** The results of a result's quantity under its conditions, oldest first. */
    List<PastResult> of(ClaimResult result) {
      PastResult like = PastResult.of(result, Instant.EPOCH);
      return results.stream().filter(like::repeats).toList();
    }
  }

  /**
   * Adds a result to its commit's file, in place of an older one of the same quantity, system,
   * scale and conditions.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public synchronized void keep(ClaimResult result, Instant time) {
    PastResult kept = PastResult.of(result, time);
    Path file = folder.resolve(kept.commit().replaceAll("[^\\w.+-]", "_") + ENDING);
    try {
      Files.createDirectories(folder);
      List<PastResult> results = new ArrayList<>();
      if (Files.exists(file)) {
        try {
          results.addAll(read(file));
        } catch (IllegalArgumentException e) {
          Files.move(
              file,
              file.resolveSibling(file.getFileName() + DAMAGED),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      results.removeIf(kept::repeats);
      results.add(kept);
      DurableFile.write(file, JSON.writeValueAsBytes(document(kept.commit(), results)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** All that was kept. */
  public synchronized Past read() {
    List<PastResult> results = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (name.endsWith(ENDING)) {
            try {
              results.addAll(read(file));
            } catch (IllegalArgumentException e) {
              unread.add(e.getMessage());
            }
          } else if (name.endsWith(ENDING + DAMAGED)) {
            unread.add(file + ": was not readable and is left out; mend it or delete it");
          }
        }
      } catch (IOException e) {
        unread.add(folder + ": not readable: " + e.getMessage());
      }
    }
    // The order in which a folder lists its files is not the same everywhere.
    unread.sort(Comparator.naturalOrder());
    results.sort(
        Comparator.comparing(PastResult::time)
            .thenComparing(PastResult::commit)
            .thenComparing(PastResult::claim)
            .thenComparing(PastResult::system)
            .thenComparing(PastResult::quantity));
    return new Past(results, unread);
  }

  private static ObjectNode document(String commit, List<PastResult> results) {
    ObjectNode root = JSON.createObjectNode().put("commit", commit);
    ArrayNode entries = root.putArray("results");
    results.forEach(result -> entries.add(PastResult.write(result)));
    return root;
  }

  private static List<PastResult> read(Path file) {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      if (!root.path("commit").isTextual() || !root.path("results").isArray()) {
        throw new IllegalArgumentException("it has no commit or no list of results");
      }
      List<PastResult> results = new ArrayList<>();
      for (JsonNode entry : root.get("results")) {
        results.add(PastResult.read(entry, root.get("commit").asText()));
      }
      return results;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file
              + ": not readable and left out, mend it or delete it: "
              + e.getMessage().lines().findFirst().orElse(""),
          e);
    }
  }
}
