package mitosis.representation;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * A network as a folder of {@code .npy} files, one for each array and named like it; see {@link
 * SubjectSource}. Other files may lie there too.
 *
 * @param path the folder
 */
public record RepresentationFolder(Path path) implements SubjectSource {

  @Override
  public NamedArrays arrays() {
    Map<SubjectArray, Path> files = new EnumMap<>(SubjectArray.class);
    for (Path file : new Folder(path).files()) {
      if (Folder.extension(file).equals("npy")) {
        SubjectArray.of(Folder.stem(file)).ifPresent(array -> files.put(array, file));
      }
    }
    Map<SubjectArray, StoredArray> arrays = new EnumMap<>(SubjectArray.class);
    files.forEach((array, file) -> arrays.put(array, NpyFile.read(file)));
    return new NamedArrays(path, arrays, files.values());
  }

  /**
   * Reads a representation, with training images and readout, named like the folder.
   *
   * @throws IllegalArgumentException if an array is missing or isn't readable, or if the arrays
   *     don't make a representation; the message names the file, the place and the value
   */
  public Representation read() {
    return new SubjectReader(arrays()).read().representation();
  }
}
