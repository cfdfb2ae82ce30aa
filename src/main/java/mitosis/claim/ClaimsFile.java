package mitosis.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.Map;

/**
 * The content of {@code expected/claims.yaml}: each claim once.
 *
 * @param papers by key
 * @param claims what the papers say, what is measured of it, and what agrees with it
 */
record ClaimsFile(Map<String, PaperEntry> papers, Map<ClaimId, ClaimEntry> claims) {

  /** The file's name in {@code expected/}. */
  static final String NAME = "claims.yaml";

  /** A paper without its key, see {@link Paper}. */
  record PaperEntry(String title, String authors, int year, String link, String linkName) {}

  static ExpectedFile<ClaimsFile> read(Path folder) {
    ExpectedFile<ClaimsFile> file =
        ExpectedFile.read(folder, NAME, new TypeReference<ClaimsFile>() {});
    file.content()
        .claims
        .forEach(
            (claim, entry) ->
                entry
                    .quantities()
                    .forEach(
                        (name, quantity) -> {
                          if (quantity.notes().isPresent()) {
                            throw file.refused(
                                "is of one system; write it in that system's file",
                                "claims",
                                claim,
                                "quantities",
                                name,
                                "notes");
                          }
                        }));
    return file;
  }

  /**
   * @param key one of {@link #papers}
   */
  Paper paper(String key) {
    PaperEntry paper = papers.get(key);
    return new Paper(key, paper.title, paper.authors, paper.year, paper.link, paper.linkName);
  }
}
