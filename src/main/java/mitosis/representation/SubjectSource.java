package mitosis.representation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files in which a user brings a network: what its last hidden layer makes of images, their labels
 * and the readout. The arrays are
 *
 * <pre>
 * features_test   N x W        features_train  N' x W       floats, one image a row
 * labels_test     N            labels_train    N'           whole numbers
 * readout_weight  K x W or W   readout_bias    K or single  numbers
 * ensemble_logits_test         N x K or N                   numbers
 * </pre>
 *
 * of which the two of the test set must be there. They lie in a folder of {@code .npy} files, in a
 * {@code .npz} file, in a {@code .safetensors} file, or in a folder of PyTorch's {@code .pt} files.
 */
public sealed interface SubjectSource
    permits RepresentationFolder, NpzFile, SafetensorsFile, TorchFolder {

  /**
   * What the files say of their arrays; the numbers are read when they are asked for.
   *
   * @throws IllegalArgumentException if no known array is there, or a known one isn't readable; the
   *     message names the file
   * @throws java.io.UncheckedIOException if a file can't be read
   */
  NamedArrays arrays();

  /**
   * Reads a network, in whichever format it is.
   *
   * @param path a folder of {@code .npy} or of {@code .pt} files, a {@code .npz} or a {@code
   *     .safetensors} file
   * @throws IllegalArgumentException if there is no such path, if its format can't be told, or if
   *     its arrays aren't those of a network (see {@link BroughtNetwork}); the message names file,
   *     array, place and value
   * @throws java.io.UncheckedIOException if a file can't be read
   */
  static BroughtNetwork read(Path path) {
    return new SubjectReader(at(path).arrays()).read();
  }

  /**
   * What lies at a path, by the names of the files.
   *
   * @throws IllegalArgumentException if there is nothing, nothing known, or more than one network
   */
  static SubjectSource at(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      return inFolder(new Folder(path));
    }
    return switch (Folder.extension(path)) {
      case "npz" -> new NpzFile(path);
      case "safetensors" -> new SafetensorsFile(path);
      case "npy" ->
          throw new IllegalArgumentException(
              path + " is one array of several; name the folder that they lie in");
      case "pt", "pth" ->
          throw new IllegalArgumentException(
              path
                  + " is not a program that torch.jit saved, or is damaged. If it is one array of several, name the folder that they lie in; if it is a state_dict, save it by safetensors.torch.save_file");
      default ->
          throw new IllegalArgumentException(
              path
                  + " is not a .npz or .safetensors file, a TorchScript program, or a folder of .npy or .pt files");
    };
  }

  private static SubjectSource inFolder(Folder folder) {
    List<Path> files = folder.files();
    Map<SubjectSource, Path> firstFiles = new LinkedHashMap<>();
    for (Path file : files) {
      sourceOf(file).ifPresent(source -> firstFiles.putIfAbsent(source, file));
    }
    if (firstFiles.isEmpty()) {
      throw new IllegalArgumentException(
          files.isEmpty()
              ? "%s is an empty folder; save arrays in it, named %s, as .npy or .pt"
                  .formatted(folder.path(), SubjectArray.keys())
              : "%s holds no array of a network, only %s; they are named %s, with .npy or .pt"
                  .formatted(folder.path(), names(files), SubjectArray.keys()));
    }
    if (firstFiles.size() > 1) {
      Iterator<Path> found = firstFiles.values().iterator();
      throw new IllegalArgumentException(
          "%s holds a network in more than one format, %s and %s; move one of them away"
              .formatted(folder.path(), found.next().getFileName(), found.next().getFileName()));
    }
    return firstFiles.keySet().iterator().next();
  }

  /** What a file of a folder belongs to, if anything; other files may lie there too. */
  private static Optional<SubjectSource> sourceOf(Path file) {
    return switch (Folder.extension(file)) {
      case "npz" -> Optional.of(new NpzFile(file));
      case "safetensors" -> Optional.of(new SafetensorsFile(file));
      case "npy" ->
          SubjectArray.of(Folder.stem(file)).map(a -> new RepresentationFolder(file.getParent()));
      case "pt", "pth" -> TorchName.of(file).map(name -> new TorchFolder(file.getParent()));
      default -> Optional.empty();
    };
  }

  private static String names(List<Path> files) {
    List<String> names =
        files.stream().limit(10).map(file -> file.getFileName().toString()).toList();
    String more = files.size() > names.size() ? " and others" : "";
    return String.join(", ", names) + more;
  }
}
