package mitosis.representation;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a folder of files that {@code torch.save} wrote, one tensor in each, named as {@link
 * TorchName} says. Other files may lie there too, but not those of two networks.
 *
 * @param path the folder
 */
record TorchFolder(Path path) implements SubjectSource {

  @Override
  public NamedArrays arrays() {
    Map<SubjectArray, Path> files = new EnumMap<>(SubjectArray.class);
    String network = "";
    Path named = null;
    for (Path file : new Folder(path).files()) {
      Optional<TorchName> found = TorchName.of(file);
      if (found.isEmpty()) {
        continue;
      }
      TorchName name = found.get();
      Path other = files.put(name.array(), file);
      if (other != null) {
        throw refusal("holds %s twice, in %s and %s", name.array().key(), other, file);
      }
      if (!name.network().isEmpty()) {
        if (named != null && !name.network().equals(network)) {
          throw refusal("holds files of two %s, %s and %s", "networks", named, file);
        }
        network = name.network();
        named = file;
      }
    }
    Map<SubjectArray, StoredArray> arrays = new EnumMap<>(SubjectArray.class);
    files.forEach((array, file) -> arrays.put(array, TorchFile.read(file)));
    return new NamedArrays(path, arrays, files.values());
  }

  private IllegalArgumentException refusal(String what, String of, Path one, Path other) {
    return new IllegalArgumentException(
        (path + " " + what + "; move one of them away")
            .formatted(of, one.getFileName(), other.getFileName()));
  }
}
