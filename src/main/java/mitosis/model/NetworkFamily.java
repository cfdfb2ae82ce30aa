package mitosis.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of network of any depth and width, known by the names of its arrays. What its depth and
 * width are, their number and shapes say; the size of the images they don't.
 */
public enum NetworkFamily {
  /** The authors' Wide-ResNet. */
  WIDE_RESNET("a Wide-ResNet", "group0.0.conv1.weight") {
    @Override
    public Architecture network(StateDict arrays, int side) {
      return new WideResNet(
          6 * arrays.count("group0\\.\\d+\\.conv1\\.weight") + 4,
          arrays.extent("conv0.weight", 0),
          List.of(
              arrays.extent("group0.0.conv2.weight", 0),
              arrays.extent("group1.0.conv2.weight", 0),
              arrays.extent("group2.0.conv2.weight", 0)),
          arrays.extent("fc.weight", 1),
          arrays.extent("fc.weight", 0),
          side);
    }
  },
  /** DenseNet-BC of three blocks, as the authors and torchvision name its layers. */
  DENSENET("a DenseNet-BC", "features.denseblock1.denselayer1.conv1.weight") {
    @Override
    public Architecture network(StateDict arrays, int side) {
      return new DenseNet(
          arrays.count("features\\.denseblock1\\.denselayer\\d+\\.conv1\\.weight"),
          arrays.extent("features.conv0.weight", 0),
          arrays.extent("features.denseblock1.denselayer1.conv2.weight", 0),
          arrays.extent("classifier.weight", 0),
          side);
    }
  },
  /** torchvision's ResNet of bottleneck blocks. */
  RESNET("a ResNet", "layer1.0.conv1.weight") {
    @Override
    public Architecture network(StateDict arrays, int side) {
      List<Integer> blocks = new ArrayList<>();
      for (int found = 1; found > 0; ) {
        found = arrays.count("layer%d\\.\\d+\\.conv1\\.weight".formatted(blocks.size() + 1));
        if (found > 0) {
          blocks.add(found);
        }
      }
      return new ResNet(
          blocks,
          arrays.extent("conv1.weight", 0),
          arrays.extent("layer1.0.conv2.weight", 0),
          arrays.extent("fc.weight", 0),
          side);
    }
  },
  /** The authors' fully connected network. */
  FULLY_CONNECTED("a fully connected network", "body.0.weight") {
    @Override
    public Architecture network(StateDict arrays, int side) {
      boolean batchNorm = arrays.count("body\\.\\d+\\.running_mean") > 0;
      int layers = arrays.count("body\\.\\d+\\.weight");
      return new FullyConnected(
          arrays.extent("body.0.weight", 1),
          batchNorm ? Math.max(1, layers / 2) : layers,
          arrays.extent("body.0.weight", 0),
          batchNorm);
    }
  };

  private final String title;
  private final String telltale;

  NetworkFamily(String title, String telltale) {
    this.title = title;
    this.telltale = telltale;
  }

  /**
   * The family that has an array of such a name.
   *
   * @param names of all arrays of a network
   */
  public static Optional<NetworkFamily> of(Set<String> names) {
    return Arrays.stream(values()).filter(each -> names.contains(each.telltale)).findFirst();
  }

  /** All families by their telltale names, for messages. */
  public static String known() {
    return Arrays.stream(values())
        .map(each -> "%s (%s)".formatted(each.title, each.telltale))
        .collect(Collectors.joining(", "));
  }

  /** Whether its networks look at images, else at vectors. */
  public boolean takesImages() {
    return this != FULLY_CONNECTED;
  }

  /** The name with an article, such as {@code a ResNet}. */
  public String title() {
    return title;
  }

  /**
   * The network whose deciding arrays have these shapes; other arrays are not looked at.
   *
   * @param side pixels along an edge of the images; of no meaning where it takes none
   * @throws IllegalArgumentException if one of them is missing, or there is no such network
   */
  public abstract Architecture network(StateDict arrays, int side);

  /**
   * The network that all these arrays are of.
   *
   * @param arrays names and shapes
   * @param side pixels along an edge of the images; of no meaning where it takes none
   * @throws IllegalArgumentException if arrays are missing, foreign or misshapen
   */
  public Architecture fitted(StateDict arrays, int side) {
    Architecture network = network(arrays, side);
    arrays.requireFits(network);
    return network;
  }

  /**
   * The names and shapes of a network's arrays, as PyTorch's {@code state_dict} has them. Whole
   * numbers, such as {@code num_batches_tracked}, are not among them.
   *
   * @param shapes extents by name
   */
  public record StateDict(Map<String, List<Integer>> shapes) {

    /** How many of a kind of misfits are listed; the rest is counted. */
    private static final int LISTED = 3;

    /** Keeps a copy, in the same order. */
    public StateDict {
      shapes = new LinkedHashMap<>(shapes);
    }

    /** All that a network needs. */
    static StateDict of(Architecture network) {
      Map<String, List<Integer>> shapes = new LinkedHashMap<>();
      network.parameters().forEach(each -> shapes.put(each.name(), each.shape()));
      network.runningStatistics().forEach(each -> shapes.put(each.name(), each.shape()));
      return new StateDict(shapes);
    }

    /**
     * One extent of one array.
     *
     * @throws IllegalArgumentException if there is no such array, or it has fewer dimensions
     */
    int extent(String name, int dimension) {
      List<Integer> shape = shapes.get(name);
      if (shape == null) {
        throw new IllegalArgumentException(
            "has no %s, whose shape says how large the network is".formatted(name));
      }
      if (shape.size() <= dimension) {
        throw new IllegalArgumentException(
            "has %s of shape %s, where dimension %d says how large the network is"
                .formatted(name, shape, dimension + 1));
      }
      return shape.get(dimension);
    }

    /** How many arrays have a name that matches. */
    int count(String regex) {
      Pattern pattern = Pattern.compile(regex);
      return (int) shapes.keySet().stream().filter(name -> pattern.matcher(name).matches()).count();
    }

    /**
     * @throws IllegalArgumentException if arrays are missing, foreign, or of another shape than the
     *     network's; lists the first three of each kind
     */
    public void requireFits(Architecture network) {
      Map<String, List<Integer>> needed = of(network).shapes();
      List<String> missing = new ArrayList<>();
      List<String> misshapen = new ArrayList<>();
      needed.forEach(
          (name, shape) -> {
            List<Integer> found = shapes.get(name);
            if (found == null) {
              missing.add(name);
            } else if (!found.equals(shape)) {
              misshapen.add("%s %s instead of %s".formatted(name, found, shape));
            }
          });
      List<String> unexpected =
          shapes.keySet().stream().filter(name -> !needed.containsKey(name)).toList();
      List<String> misfits = new ArrayList<>();
      list(misfits, "missing", missing);
      list(misfits, "unexpected", unexpected);
      list(misfits, "of another shape", misshapen);
      if (!misfits.isEmpty()) {
        throw new IllegalArgumentException(
            "does not fit %s: %s".formatted(network, String.join("; ", misfits)));
      }
    }

    private static void list(List<String> misfits, String kind, List<String> all) {
      if (!all.isEmpty()) {
        String more = all.size() > LISTED ? " and %d more".formatted(all.size() - LISTED) : "";
        misfits.add(
            kind + ": " + String.join(", ", all.subList(0, Math.min(LISTED, all.size()))) + more);
      }
    }
  }
}
