package mitosis.representation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A network in a {@code .npz} file, as {@code numpy.savez} and {@code numpy.savez_compressed} write
 * it: a zip of {@code .npy} files. Arrays of other names are left alone.
 *
 * @param path the file
 */
record NpzFile(Path path) implements SubjectSource {

  private static final String SUFFIX = ".npy";

  @Override
  public NamedArrays arrays() {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      Map<SubjectArray, StoredArray> arrays = new EnumMap<>(SubjectArray.class);
      Set<String> seen = new HashSet<>();
      for (ZipEntry entry : entries) {
        if (!seen.add(entry.getName())) {
          throw new IllegalArgumentException(path + " holds " + entry.getName() + " twice");
        }
        arrayOf(entry.getName()).ifPresent(array -> arrays.put(array, array(array, entry)));
      }
      if (arrays.isEmpty()) {
        throw new IllegalArgumentException(
            "%s holds no array of a network, only %s; they are named %s"
                .formatted(
                    path,
                    entries.stream().map(ZipEntry::getName).limit(10).toList(),
                    SubjectArray.keys()));
      }
      return new NamedArrays(path, arrays, List.of(path));
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          "%s is not a whole .npz file: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  private static Optional<SubjectArray> arrayOf(String entry) {
    return entry.endsWith(SUFFIX)
        ? SubjectArray.of(entry.substring(0, entry.length() - SUFFIX.length()))
        : Optional.empty();
  }

  private StoredArray array(SubjectArray array, ZipEntry entry) {
    return NpyFile.read(path + ": " + array.key(), ZipEntryBytes.of(path, entry));
  }
}
