package mitosis.representation;

import static mitosis.representation.NamedArrays.SubjectArray.ENSEMBLE_LOGITS_TEST;
import static mitosis.representation.NamedArrays.SubjectArray.FEATURES_TEST;
import static mitosis.representation.NamedArrays.SubjectArray.FEATURES_TRAIN;
import static mitosis.representation.NamedArrays.SubjectArray.LABELS_TEST;
import static mitosis.representation.NamedArrays.SubjectArray.LABELS_TRAIN;
import static mitosis.representation.NamedArrays.SubjectArray.READOUT_BIAS;
import static mitosis.representation.NamedArrays.SubjectArray.READOUT_WEIGHT;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import mitosis.representation.NamedArrays.SubjectArray;
import mitosis.representation.StoredBytes.FileBytes;
import mitosis.representation.SubjectSource.Folder;

/**
 * Makes a network of the arrays that a user brings. All shapes are held against each other before
 * the first number is read, and the small arrays are read before the large ones.
 */
final class SubjectReader {

  private final NamedArrays arrays;

  SubjectReader(NamedArrays arrays) {
    this.arrays = arrays;
  }

  /**
   * @throws IllegalArgumentException if half of a pair is missing, if shapes disagree, if there are
   *     fewer images than {@link ExternalNetwork#FEWEST_IMAGES} or fewer neurons than {@link
   *     ExternalNetwork#FEWEST_NEURONS}, if no neuron is live, or if an activity, a weight or a
   *     label can't be; the message names file, array, place and value
   * @throws java.io.UncheckedIOException if a file can't be read
   */
  ExternalNetwork read() {
    arrays.require(FEATURES_TEST);
    arrays.require(LABELS_TEST);
    boolean hasTrain = hasPair(FEATURES_TRAIN, LABELS_TRAIN, "the two belong together");
    boolean hasReadout =
        hasPair(
            READOUT_WEIGHT,
            READOUT_BIAS,
            "the two belong together, and a bias of zero must be given as zeros");
    requireImages(FEATURES_TEST, LABELS_TEST);
    if (hasTrain) {
      requireImages(FEATURES_TRAIN, LABELS_TRAIN);
      requireWidth(FEATURES_TRAIN, width(FEATURES_TRAIN));
    }
    OptionalInt outputs = OptionalInt.empty();
    if (hasReadout) {
      outputs = OptionalInt.of(requireReadout());
    }
    outputs = requireEnsemble(outputs);

    List<StoredArray> labelArrays = new ArrayList<>(List.of(arrays.require(LABELS_TEST)));
    arrays.find(LABELS_TRAIN).ifPresent(labelArrays::add);
    List<int[]> labels = new LabelConvention(outputs).read(labelArrays);
    Optional<Readout> readout = hasReadout ? Optional.of(readout()) : Optional.empty();
    Optional<double[][]> ensemble = arrays.find(ENSEMBLE_LOGITS_TEST).map(SubjectReader::outputs);
    Map<String, String> sha256 = sha256();
    Split test = live(arrays.require(FEATURES_TEST), labels.get(0));
    Optional<Split> train =
        arrays.find(FEATURES_TRAIN).map(features -> live(features, labels.get(1)));
    return new ExternalNetwork(
        name(), arrays.source(), test, train, readout, ensemble, sha256, Optional.empty());
  }

  private boolean hasPair(SubjectArray one, SubjectArray other, String why) {
    Optional<StoredArray> first = arrays.find(one);
    Optional<StoredArray> second = arrays.find(other);
    if (first.isPresent() != second.isPresent()) {
      throw new IllegalArgumentException(
          "%s has no %s, but there is %s; %s"
              .formatted(
                  arrays.source(),
                  (first.isPresent() ? other : one).key(),
                  first.or(() -> second).orElseThrow().where(),
                  why));
    }
    return first.isPresent();
  }

  private void requireImages(SubjectArray features, SubjectArray labels) {
    StoredArray activities = arrays.require(features);
    StoredArray classes = arrays.require(labels);
    if (activities.shape().length != 2) {
      throw wrongShape(activities, "images x neurons");
    }
    if (!activities.isReal()) {
      throw new IllegalArgumentException(
          activities.where()
              + " holds whole numbers, but activities are floating-point numbers; convert them to float32");
    }
    if (classes.shape().length != 1) {
      throw wrongShape(classes, "images, one label each");
    }
    int images = activities.shape()[0];
    if (classes.shape()[0] != images) {
      throw new IllegalArgumentException(
          "%s has %d images (its rows), but %s has %d; %s"
              .formatted(
                  activities.where(),
                  images,
                  classes.where(),
                  classes.shape()[0],
                  classes.shape()[0] == activities.shape()[1]
                      ? "its columns are as many, so save its transpose"
                      : "export both from the same images, in the same order"));
    }
    if (images < ExternalNetwork.FEWEST_IMAGES) {
      throw new IllegalArgumentException(
          "%s has %d images, but at least %d are needed to measure anything on; export more"
              .formatted(activities.where(), images, ExternalNetwork.FEWEST_IMAGES));
    }
    if (activities.shape()[1] < ExternalNetwork.FEWEST_NEURONS) {
      throw new IllegalArgumentException(
          "%s has %d neurons (its columns), but at least %d are needed for a chunk and neurons outside it; export the last hidden layer, not the outputs"
              .formatted(
                  activities.where(), activities.shape()[1], ExternalNetwork.FEWEST_NEURONS));
    }
  }

  private int width(SubjectArray features) {
    return arrays.require(features).shape()[1];
  }

  private void requireWidth(SubjectArray name, int width) {
    if (width != width(FEATURES_TEST)) {
      throw new IllegalArgumentException(
          "%s has %d neurons, but %s has %d"
              .formatted(
                  arrays.require(name).where(),
                  width,
                  arrays.require(FEATURES_TEST).where(),
                  width(FEATURES_TEST)));
    }
  }

  /** The number of outputs. */
  private int requireReadout() {
    StoredArray weight = arrays.require(READOUT_WEIGHT);
    StoredArray bias = arrays.require(READOUT_BIAS);
    int[] shape = weight.shape();
    if (shape.length == 0) {
      throw wrongShape(weight, "outputs x neurons, or neurons for one output");
    }
    int outputs = shape.length == 2 ? shape[0] : 1;
    requireWidth(READOUT_WEIGHT, shape[shape.length - 1]);
    boolean single = bias.shape().length == 0;
    if (!single && bias.shape().length != 1) {
      throw wrongShape(bias, "outputs");
    }
    int biases = single ? 1 : bias.shape()[0];
    if (biases != outputs) {
      throw new IllegalArgumentException(
          "%s has %d outputs, but %s has %d"
              .formatted(weight.where(), outputs, bias.where(), biases));
    }
    return outputs;
  }

  /** The number of outputs, if it is known now. */
  private OptionalInt requireEnsemble(OptionalInt outputs) {
    Optional<StoredArray> found = arrays.find(ENSEMBLE_LOGITS_TEST);
    if (found.isEmpty()) {
      return outputs;
    }
    StoredArray logits = found.get();
    int[] shape = logits.shape();
    if (shape.length == 0) {
      throw wrongShape(logits, "images x outputs, or images for one output");
    }
    StoredArray features = arrays.require(FEATURES_TEST);
    if (shape[0] != features.shape()[0]) {
      throw new IllegalArgumentException(
          "%s has %d images (its rows), but %s has %d"
              .formatted(logits.where(), shape[0], features.where(), features.shape()[0]));
    }
    int columns = shape.length == 2 ? shape[1] : 1;
    if (outputs.isPresent() && outputs.getAsInt() != columns) {
      throw new IllegalArgumentException(
          "%s has %d outputs, but %s has %d"
              .formatted(
                  logits.where(),
                  columns,
                  arrays.require(READOUT_WEIGHT).where(),
                  outputs.getAsInt()));
    }
    return OptionalInt.of(columns);
  }

  private static IllegalArgumentException wrongShape(StoredArray array, String needed) {
    return new IllegalArgumentException(
        "%s has shape %s, but needs %s; reshape it"
            .formatted(array.where(), array.shapeText(), needed));
  }

  private static Split live(StoredArray features, int[] labels) {
    Split split = new Split(features.columns(), labels);
    if (!split.isLive()) {
      throw new IllegalArgumentException(
          "%s holds %d dead neurons and no other: each has the same activity on all %d images; export a trained layer, on images that differ"
              .formatted(features.where(), split.width(), split.images()));
    }
    return split;
  }

  private Readout readout() {
    StoredArray weight = arrays.require(READOUT_WEIGHT);
    double[][] rows = weight.shape().length == 2 ? weight.rows() : new double[][] {weight.vector()};
    return new Readout(rows, arrays.require(READOUT_BIAS).vector());
  }

  /** K x N of N x K, or of N for one output. */
  private static double[][] outputs(StoredArray logits) {
    if (logits.shape().length == 1) {
      return new double[][] {logits.vector()};
    }
    double[][] images = logits.rows();
    double[][] outputs = new double[images[0].length][images.length];
    for (int image = 0; image < images.length; image++) {
      for (int output = 0; output < outputs.length; output++) {
        outputs[output][image] = images[image][output];
      }
    }
    return outputs;
  }

  private Map<String, String> sha256() {
    return new TreeMap<>(
        arrays.files().parallelStream()
            .collect(Collectors.toMap(file -> file.getFileName().toString(), FileBytes::sha256)));
  }

  private String name() {
    Path source = arrays.source().toAbsolutePath().normalize();
    if (source.getFileName() == null) {
      return source.toString();
    }
    return Files.isDirectory(source) ? source.getFileName().toString() : Folder.stem(source);
  }

  /**
   * How users write labels: −1 and 1, or 0 and 1, under one output; 0 to K−1 under K outputs. If
   * the number of outputs isn't known, −1 and 1, or any from 0 on.
   *
   * @param outputs the number K of outputs, if it is known
   */
  private record LabelConvention(OptionalInt outputs) {

    /** A label that was found, for messages. */
    private record Found(StoredArray array, int image, int label) {
      @Override
      public String toString() {
        return "%s holds %d at [%d]".formatted(array.where(), label, image);
      }
    }

    /**
     * Reads labels and writes them as the rest of the suite does: −1 and 1 under one output, 0 to
     * K−1 under K.
     *
     * @param arrays the labels of the sets of one network, which all keep to the same convention
     * @throws IllegalArgumentException if they don't, or if a label is out of range; the message
     *     names array, place and value
     */
    List<int[]> read(List<StoredArray> arrays) {
      List<int[]> labels = arrays.stream().map(StoredArray::integers).toList();
      int lowest = outputs.orElse(1) == 1 ? -1 : 0;
      int highest = outputs.isEmpty() ? Integer.MAX_VALUE : Math.max(outputs.getAsInt() - 1, 1);
      first(arrays, labels, label -> label < lowest || label > highest)
          .ifPresent(
              found -> {
                throw new IllegalArgumentException(found + ", but " + known());
              });
      Optional<Found> minus = first(arrays, labels, label -> label == -1);
      Optional<Found> other = first(arrays, labels, label -> label == 0 || label > 1);
      if (minus.isPresent() && other.isPresent()) {
        throw new IllegalArgumentException(
            "%s, but %s; labels are either -1 and 1, or from 0 on"
                .formatted(minus.get(), other.get()));
      }
      boolean zerosAndOnes = outputs.orElse(0) == 1 && other.isPresent();
      return zerosAndOnes ? labels.stream().map(LabelConvention::signs).toList() : labels;
    }

    private String known() {
      if (outputs.isEmpty()) {
        return "labels are -1 and 1, or from 0 on";
      }
      return outputs.getAsInt() == 1
          ? "one output knows the labels -1 and 1, or 0 and 1"
          : "%d outputs know the labels 0 to %d"
              .formatted(outputs.getAsInt(), outputs.getAsInt() - 1);
    }

    private static int[] signs(int[] zerosAndOnes) {
      return Arrays.stream(zerosAndOnes).map(label -> 2 * label - 1).toArray();
    }

    private static Optional<Found> first(
        List<StoredArray> arrays, List<int[]> labels, IntPredicate sought) {
      for (int set = 0; set < arrays.size(); set++) {
        int[] ofSet = labels.get(set);
        for (int image = 0; image < ofSet.length; image++) {
          if (sought.test(ofSet[image])) {
            return Optional.of(new Found(arrays.get(set), image, ofSet[image]));
          }
        }
      }
      return Optional.empty();
    }
  }
}
