package mitosis.representation;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import mitosis.data.Dataset;
import mitosis.data.Examples;
import mitosis.data.Examples.Vectors;
import mitosis.model.Architecture;
import mitosis.model.NetworkFamily;
import mitosis.model.NetworkFamily.StateDict;
import mitosis.model.Weights;
import mitosis.representation.LastLayer.Trunk.LoadedNetwork;
import mitosis.representation.NamedArrays.SubjectArray;

/**
 * The weights of a network in a {@code .safetensors} file, under PyTorch's names: what {@code
 * save_file(model.state_dict(), path)} writes. Names and shapes say which network it is. Prefixes
 * that all names share, such as {@code module.}, and arrays of whole numbers, such as {@code
 * num_batches_tracked}, are left away.
 */
final class WeightsFile extends SubjectNetwork {

  private final SafetensorsHeader header;
  private final NetworkFamily family;

  /** The floating-point arrays by their names without the prefix. */
  private final Map<String, SafetensorsHeader.Entry> arrays;

  private WeightsFile(
      Path path,
      SafetensorsHeader header,
      NetworkFamily family,
      Map<String, SafetensorsHeader.Entry> arrays) {
    super(path);
    this.header = header;
    this.family = family;
    this.arrays = arrays;
  }

  /**
   * The network in a file, or nothing if the file holds arrays of a representation.
   *
   * @throws IllegalArgumentException if it holds neither
   */
  static Optional<WeightsFile> read(Path path) {
    SafetensorsHeader header = SafetensorsHeader.read(path);
    List<SafetensorsHeader.Entry> entries = header.entries();
    if (entries.stream().anyMatch(each -> SubjectArray.of(each.name()).isPresent())) {
      return Optional.empty();
    }
    Map<String, SafetensorsHeader.Entry> arrays = new LinkedHashMap<>();
    entries.stream()
        .filter(SafetensorsHeader.Entry::isReal)
        .forEach(each -> arrays.put(each.name(), each));
    Map<String, SafetensorsHeader.Entry> bare = arrays;
    while (NetworkFamily.of(bare.keySet()).isEmpty() && sharesPrefix(bare.keySet())) {
      bare = withoutPrefix(bare);
    }
    NetworkFamily family =
        NetworkFamily.of(bare.keySet())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s holds neither arrays of a representation (%s) nor the weights of a network known here, which are %s; it holds %s"
                            .formatted(
                                path,
                                SubjectArray.keys(),
                                NetworkFamily.known(),
                                entries.stream()
                                    .map(SafetensorsHeader.Entry::name)
                                    .limit(10)
                                    .toList())));
    return Optional.of(new WeightsFile(path, header, family, bare));
  }

  /** Whether all names begin with the same word and a dot. */
  private static boolean sharesPrefix(Set<String> names) {
    Set<String> first =
        names.stream()
            .map(name -> name.substring(0, name.indexOf('.') + 1))
            .collect(Collectors.toSet());
    return first.size() == 1 && !first.contains("");
  }

  private static <T> Map<String, T> withoutPrefix(Map<String, T> arrays) {
    Map<String, T> bare = new LinkedHashMap<>();
    arrays.forEach((name, array) -> bare.put(name.substring(name.indexOf('.') + 1), array));
    return bare;
  }

  @Override
  public String title() {
    return "the weights of " + family.title();
  }

  @Override
  LoadedNetwork laid(Dataset dataset, NDManager manager) {
    Architecture network = network(dataset.test());
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (String name : Weights.shapes(network, 1).keySet()) {
      weights.put(name, header.rows(arrays.get(name)).floats());
    }
    return new LoadedNetwork(
        network.toString(),
        LastLayer.trunk(network, weights, manager),
        LastLayer.readout(network, weights));
  }

  private Architecture network(Examples examples) {
    OptionalInt side = EvaluationBatches.side(examples);
    if (family.takesImages() != side.isPresent()) {
      throw refusal(
          "holds %s, which takes %s, but the system's data are %s; name the system that it was trained for"
              .formatted(
                  title(),
                  family.takesImages() ? "images" : "vectors",
                  family.takesImages() ? "vectors" : "images"));
    }
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    arrays.forEach((name, entry) -> shapes.put(name, entry.shape()));
    Architecture network;
    try {
      network = family.fitted(new StateDict(shapes), side.orElse(0));
    } catch (IllegalArgumentException e) {
      throw refusal(e.getMessage());
    }
    if (examples instanceof Vectors vectors) {
      int inputs = shapes.get(network.parameters().get(0).name()).get(1);
      if (inputs != vectors.dimension()) {
        throw refusal(
            "takes vectors of %d numbers, but the system's have %d"
                .formatted(inputs, vectors.dimension()));
      }
    }
    return network;
  }
}
