package mitosis.claim;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The content of {@code expected/<system>.yaml}: which claims and quantities are tested on a
 * system, and what differs there from {@code claims.yaml}.
 *
 * @param system the system's name, which is also the file's
 * @param like another system; what differs there, differs here too, unless this file says otherwise
 * @param points points of the papers' figures
 * @param claims what is tested
 * @param observations Markdown for the tables of findings
 */
record SystemFile(
    String system,
    Optional<String> like,
    Optional<Map<PublishedCurve, PublishedPoints>> points,
    Map<ClaimId, ClaimEntry> claims,
    Optional<String> observations) {

  static ExpectedFile<SystemFile> read(Path folder, String system) {
    Path path = folder.resolve(system + ".yaml");
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          path + ": no such file; write it, or name a system that has one in " + folder);
    }
    ExpectedFile<SystemFile> file =
        ExpectedFile.read(folder, system + ".yaml", new TypeReference<SystemFile>() {});
    if (!file.content().system.equals(system)) {
      throw file.refused(
          "'%s' is not %s, as the file's name says; make them agree"
              .formatted(file.content().system, system),
          "system");
    }
    return file;
  }

  /** Whether a quantity of a claim is tested on the system. */
  boolean tests(ClaimId claim, String quantity) {
    return claims.containsKey(claim) && claims.get(claim).quantities().containsKey(quantity);
  }
}
