package mitosis.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The code that numbers, and what is drawn and tabulated of them, come from, as a checksum of its
 * compiled classes: those of every package, and those of the tests of claims, which say what is
 * measured of what. Any change of them makes another checksum, also one that changes no number.
 */
final class MeasuringCode {

  private static final String ROOT = "mitosis";
  private static final String CLAIMS = ROOT + "/claims";

  private MeasuringCode() {}

  /**
   * The checksum of the code that is running.
   *
   * @param test a class from the folder or jar of the claims' tests
   * @return SHA-256, 64 hexadecimal digits
   */
  static String sha256(Class<?> test) {
    return sha256(placeOf(MeasuringCode.class), placeOf(test));
  }

  /**
   * The checksum of compiled classes: those of all packages, and the claims' tests with what
   * supports them.
   *
   * @param classes folder or jar of the suite's classes
   * @param tests folder or jar of the claims' tests
   * @return SHA-256, 64 hexadecimal digits
   */
  static String sha256(Path classes, Path tests) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(classes, ROOT, digest);
      add(tests, CLAIMS, digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the classes that are running, from " + classes + " and " + tests, e);
    }
  }

  /** Adds a package with all below it, from a folder or jar. */
  private static void add(Path place, String folder, MessageDigest digest) throws IOException {
    if (Files.isDirectory(place)) {
      add(place.resolve(folder), digest);
      return;
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      add(jar.getPath(folder), digest);
    }
  }

  /** The folder or jar that a class was loaded from. */
  static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path to " + type, e);
    }
  }

  /** File by file, in an order that does not depend on the file system. */
  private static void add(Path folder, MessageDigest digest) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      digest.update(
          "%s %d%n"
              .formatted(folder.relativize(file), content.length)
              .getBytes(StandardCharsets.UTF_8));
      digest.update(content);
    }
  }
}
