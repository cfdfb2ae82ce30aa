package mitosis.representation;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitosis.representation.NamedArrays.SubjectArray;
import mitosis.representation.SubjectSource.Folder;

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

  /**
   * Which array the name of a {@code .pt} file says that it holds, and of which network. The names
   * are those of {@link SubjectSource}, and those of the files that the authors published with P22
   * (as {@code analysis_repr.py} in their repository {@code redundant_representation} loads them),
   * for example
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

    private static final Pattern WEIGHT = Pattern.compile("(?:readout_)?weights?(?<network>_.*)?");

    private static final Pattern BIAS = Pattern.compile("(?:readout_)?bias(?:es)?(?<network>_.*)?");

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
