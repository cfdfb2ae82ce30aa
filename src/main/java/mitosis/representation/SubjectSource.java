package mitosis.representation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import mitosis.representation.NamedArrays.SubjectArray;
import mitosis.representation.StoredBytes.ZipEntryBytes;
import mitosis.representation.SubjectSource.TorchFolder.TorchName;

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
public sealed interface SubjectSource {

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
   *     its arrays aren't those of a network (see {@link ExternalNetwork}); the message names file,
   *     array, place and value
   * @throws java.io.UncheckedIOException if a file can't be read
   */
  static ExternalNetwork read(Path path) {
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

  /**
   * The arrays of a network that a file holds.
   *
   * @param names of everything that it holds
   * @throws IllegalArgumentException if none of it is an array of a network
   */
  private static NamedArrays known(
      Path file, Map<SubjectArray, StoredArray> arrays, Stream<String> names) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no array of a network, only %s; they are named %s"
              .formatted(file, names.limit(10).toList(), SubjectArray.keys()));
    }
    return new NamedArrays(file, arrays, List.of(file));
  }

  /** The network that a file in a folder belongs to; nothing for a file of something else. */
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

  /** A folder that a user named. */
  record Folder(Path path) {

    /**
     * The files in it, not in folders below, in the order of their names.
     *
     * @throws UncheckedIOException if it can't be listed
     */
    List<Path> files() {
      try (Stream<Path> files = Files.list(path)) {
        return files.filter(Files::isRegularFile).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(path + " can't be listed", e);
      }
    }

    /** A file's extension in lower case, without the dot; empty if it has none. */
    static String extension(Path file) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** A file's name up to its extension. */
    static String stem(Path file) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      return dot < 0 ? name : name.substring(0, dot);
    }
  }

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

  /**
   * A network in a {@code .npz} file, as {@code numpy.savez} and {@code numpy.savez_compressed}
   * write it: a zip of {@code .npy} files. Arrays of other names are left alone.
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
        return known(path, arrays, entries.stream().map(ZipEntry::getName));
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

  /**
   * A representation in a {@code .safetensors} file. Arrays of other names are left alone.
   *
   * @param path the file
   */
  record SafetensorsFile(Path path) implements SubjectSource {

    @Override
    public NamedArrays arrays() {
      SafetensorsHeader header = SafetensorsHeader.read(path);
      Map<SubjectArray, StoredArray> arrays = new EnumMap<>(SubjectArray.class);
      for (SafetensorsHeader.Entry entry : header.entries()) {
        SubjectArray.of(entry.name()).ifPresent(name -> arrays.put(name, header.array(entry)));
      }
      return known(path, arrays, header.entries().stream().map(SafetensorsHeader.Entry::name));
    }
  }

  /**
   * A network as a folder of files that {@code torch.save} wrote, one tensor in each, named as
   * {@link TorchName} says. Other files may lie there too, but not those of two networks.
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

    /**
     * Which array the name of a {@code .pt} file says that it holds, and of which network. The
     * names are those of {@link SubjectSource}, and those of the files that the authors published
     * with P22 (as {@code analysis_repr.py} in their repository {@code redundant_representation}
     * loads them), for example
     *
     * <pre>
     * features_wide_resnet28_512_ep200_wd0.0005_label_smoothing0.0_seed12_test.pt
     * cifar10_labels_training_set.pt
     * weights_wide_resnet28_512_ep200_wd0.0005_label_smoothing0.0_seed12.pt
     * </pre>
     *
     * @param array what it holds
     * @param network which network's, as the name says it; empty if it doesn't, or if it is labels,
     *     which belong to the data
     */
    record TorchName(SubjectArray array, String network) {

      private static final String SET = "_(?<set>test|train)(?:ing)?(?:_set)?";

      private static final Pattern FEATURES = Pattern.compile("features(?<network>_.*?)??" + SET);

      private static final Pattern LABELS = Pattern.compile("(?:.*_)?labels(?:_.*?)??" + SET);

      private static final Pattern WEIGHT =
          Pattern.compile("(?:readout_)?weights?(?<network>_.*)?");

      private static final Pattern BIAS =
          Pattern.compile("(?:readout_)?bias(?:es)?(?<network>_.*)?");

      private static final Pattern ENSEMBLE =
          Pattern.compile("ensemble_logits(?:_.*?)??_test(?:_set)?");

      /** What a file holds, if its name says that it is one of the arrays of a network. */
      static Optional<TorchName> of(Path file) {
        String extension = Folder.extension(file);
        if (!extension.equals("pt") && !extension.equals("pth")) {
          return Optional.empty();
        }
        String stem = Folder.stem(file);
        Matcher features = FEATURES.matcher(stem);
        if (features.matches()) {
          boolean test = features.group("set").equals("test");
          return found(
              test ? SubjectArray.FEATURES_TEST : SubjectArray.FEATURES_TRAIN,
              features.group("network"));
        }
        Matcher labels = LABELS.matcher(stem);
        if (labels.matches()) {
          boolean test = labels.group("set").equals("test");
          return found(test ? SubjectArray.LABELS_TEST : SubjectArray.LABELS_TRAIN, null);
        }
        Matcher weight = WEIGHT.matcher(stem);
        if (weight.matches()) {
          return found(SubjectArray.READOUT_WEIGHT, weight.group("network"));
        }
        Matcher bias = BIAS.matcher(stem);
        if (bias.matches()) {
          return found(SubjectArray.READOUT_BIAS, bias.group("network"));
        }
        return ENSEMBLE.matcher(stem).matches()
            ? found(SubjectArray.ENSEMBLE_LOGITS_TEST, null)
            : Optional.empty();
      }

      private static Optional<TorchName> found(SubjectArray array, String network) {
        return Optional.of(new TorchName(array, network == null ? "" : network.substring(1)));
      }
    }
  }
}
