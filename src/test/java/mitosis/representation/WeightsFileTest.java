package mitosis.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.data.Dataset;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Vectors;
import mitosis.model.Architecture;
import mitosis.model.DenseNet;
import mitosis.model.FullyConnected;
import mitosis.model.NativeEngine;
import mitosis.model.ResNet;
import mitosis.model.Weights;
import mitosis.model.WideResNet;
import mitosis.representation.ExternalNetwork.Computation;
import mitosis.train.DeviceImages;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small networks of every kind, whose weights are written as PyTorch would name them. */
@Tag("convolution")
class WeightsFileTest {

  private static final int SIDE = 8;
  private static final Dataset TWO_CLASSES = ScatteredImages.dataset(SIDE, 2);
  private static final WideResNet NETWORK = WideResNet.ofWidth(10, 8, 2, SIDE);

  @TempDir private Path folder;

  /**
   * What lies in a file.
   *
   * @param shape extents
   * @param numbers row by row
   * @param type as the format calls it
   */
  private record Stored(List<Integer> shape, float[] numbers, String type) {

    private byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float number : numbers) {
        int bits = Float.floatToRawIntBits(number);
        switch (type) {
          case "F64" -> bytes.putDouble(number);
          case "F32" -> bytes.putFloat(number);
          case "BF16" -> bytes.putShort((short) (bits >>> 16));
          case "F16" -> bytes.putShort(half(bits));
          default -> bytes.putLong((long) number);
        }
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Of a number that a half holds exactly: 8 bits of exponent become 5, 23 of fraction 10. */
    private static short half(int bits) {
      int exponent = (bits >>> 23 & 0xFF) - 127 + 15;
      int magnitude = (bits & 0x7FFFFFFF) == 0 ? 0 : exponent << 10 | bits >>> 13 & 0x3FF;
      return (short) (bits >>> 16 & 0x8000 | magnitude);
    }

    Stored as(String other) {
      return new Stored(shape, numbers, other);
    }
  }

  /** Numbers that every type holds exactly: k/64, so that all give the same bits. */
  private static Map<String, Stored> arrays(Architecture network) {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, Stored> arrays = new LinkedHashMap<>();
    Weights.shapes(network, 1)
        .forEach(
            (name, shape) -> {
              float[] numbers = new float[(int) shape.size()];
              int lowest = name.endsWith("running_var") ? 32 : -32;
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = random.nextInt(lowest, 65) / 64f;
              }
              arrays.put(name, new Stored(extents(shape), numbers, "F32"));
            });
    return arrays;
  }

  private static List<Integer> extents(Shape shape) {
    return Arrays.stream(shape.slice(1).getShape()).mapToObj(Math::toIntExact).toList();
  }

  private Path write(Map<String, Stored> arrays) throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    List<byte[]> data = arrays.values().stream().map(Stored::bytes).toList();
    int begin = 0;
    int k = 0;
    for (Map.Entry<String, Stored> array : arrays.entrySet()) {
      int end = begin + data.get(k++).length;
      header.append(
          ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  array.getKey(), array.getValue().type(), array.getValue().shape(), begin, end));
      begin = end;
    }
    ByteBuffer whole = ByteBuffer.allocate(begin);
    data.forEach(whole::put);
    return Files.write(
        folder.resolve("net.safetensors"), StoredForm.safetensors(header + "}", whole.array()));
  }

  private ExternalNetwork shown(Map<String, Stored> arrays, Dataset dataset) throws IOException {
    return SubjectNetwork.at(write(arrays)).orElseThrow().on(dataset, Device.cpu());
  }

  private ThrowableAssertAlternative<IllegalArgumentException> assertRefused(
      Map<String, Stored> arrays, Dataset dataset) throws IOException {
    Path file = write(arrays);
    return assertThatIllegalArgumentException()
        .isThrownBy(() -> SubjectNetwork.at(file).orElseThrow().requireFits(dataset, Device.cpu()))
        .withMessageStartingWith(file.toString());
  }

  /** W x N, by the network's own forward pass of all images at once. */
  private static float[][] forward(Architecture network, Images images) {
    Map<String, float[]> values =
        arrays(network).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().numbers()));
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      JniUtils.setGradMode(false);
      NDArray inputs = new DeviceImages(images, manager).inOrder(0, images.count(), manager);
      float[] flat =
          network
              .forward(Weights.of(network, 1, values, manager), inputs, false)
              .features()
              .toFloatArray();
      float[][] rows = new float[network.width()][];
      for (int j = 0; j < rows.length; j++) {
        rows[j] = Arrays.copyOfRange(flat, j * images.count(), (j + 1) * images.count());
      }
      return rows;
    }
  }

  /**
   * To rounding, relative to the layer: one passes with channels last in memory, the other
   * operation by operation, and sums that cancel out may leave a single neuron with little more
   * than what was rounded.
   */
  private static void assertClose(float[][] actual, float[][] expected) {
    assertThat(actual).hasDimensions(expected.length, expected[0].length);
    float largest = 0;
    for (float[] row : expected) {
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    for (int j = 0; j < expected.length; j++) {
      assertThat(actual[j]).containsExactly(expected[j], within(1e-5f * largest));
    }
  }

  static Stream<Architecture> networks() {
    return Stream.of(
        NETWORK,
        WideResNet.ofWidth(16, 12, 2, SIDE).withLastLayer(20),
        new DenseNet(2, 4, 3, 2, SIDE),
        new ResNet(List.of(1, 2), 5, 3, 2, SIDE));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void showsWhatTheNetworkItselfMakesOfTheImages(Architecture network) throws IOException {
    ExternalNetwork brought = shown(arrays(network), TWO_CLASSES);

    assertClose(brought.test().activities(), forward(network, (Images) TWO_CLASSES.test()));
    assertClose(
        brought.train().orElseThrow().activities(), forward(network, (Images) TWO_CLASSES.train()));
    assertThat(brought.test().labels()).isEqualTo(TWO_CLASSES.test().labels());
    Readout readout = brought.readout().orElseThrow();
    float[] weight = arrays(network).get(network.readoutWeight()).numbers();
    assertThat(readout.weights()[1][2]).isEqualTo(weight[network.width() + 2]);
    assertThat(readout.biases()[1])
        .isEqualTo(arrays(network).get(network.readoutBias()).numbers()[1]);
    assertThat(brought.computation())
        .hasValue(new Computation(network.toString(), "scattered", "made+up"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsVectorsToAFullyConnectedNetwork(boolean batchNorm) throws IOException {
    Architecture network = new FullyConnected(3, 2, 6, batchNorm);
    float[] inputs = new float[360];
    int[] labels = new int[120];
    for (int i = 0; i < labels.length; i++) {
      inputs[3 * i + i % 3] = i;
      labels[i] = i % 2 == 0 ? 1 : -1;
    }
    Vectors vectors = new Vectors(inputs, 3, labels);
    Dataset pairs = new Dataset("axes", vectors, vectors, "made up");

    ExternalNetwork brought = shown(arrays(network), pairs);

    assertThat(brought.computation().orElseThrow().network()).isEqualTo(network.toString());
    assertThat(brought.test().activities()).hasDimensions(6, 120);
    assertThat(brought.readout().orElseThrow().outputs()).isEqualTo(1);
    Vectors shorter = new Vectors(new float[240], 2, labels);
    assertRefused(arrays(network), new Dataset("shorter", shorter, shorter, ""))
        .withMessageContaining("takes vectors of 3 numbers, but the system's have 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16", "F64"})
  void readsEveryPrecision(String type) throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    arrays.replaceAll((name, array) -> array.as(type));

    assertThat(shown(arrays, TWO_CLASSES).test().activities())
        .isDeepEqualTo(shown(arrays(NETWORK), TWO_CLASSES).test().activities());
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "model.", "module.net."})
  void leavesPrefixesAndCountersAway(String prefix) throws IOException {
    Map<String, Stored> arrays = new LinkedHashMap<>();
    arrays(NETWORK).forEach((name, array) -> arrays.put(prefix + name, array));
    arrays.put(prefix + "bn.num_batches_tracked", new Stored(List.of(), new float[] {700}, "I64"));

    assertThat(shown(arrays, TWO_CLASSES).test().activities())
        .isDeepEqualTo(shown(arrays(NETWORK), TWO_CLASSES).test().activities());
  }

  @Test
  void isNoNetworkIfItHoldsArraysOfARepresentation() throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    arrays.put("labels_test", new Stored(List.of(1), new float[1], "I64"));

    assertThat(SubjectNetwork.at(write(arrays))).isEmpty();
  }

  @Test
  void refusesNamesThatAreNeither() throws IOException {
    Path file = write(Map.of("encoder.weight", new Stored(List.of(2), new float[2], "F32")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubjectNetwork.at(file))
        .withMessageStartingWith(file.toString())
        .withMessageContainingAll(
            "features_test", "a Wide-ResNet (group0.0.conv1.weight)", "it holds [encoder.weight]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bn.weight | does not fit WideResNet[depth=10, stem=2, channels=[2, 4, 8], width=8, outputs=2, side=8]: missing: bn.weight",
        "group1.*bn.* | missing: group1.0.bn1.weight, group1.0.bn1.bias, group1.0.bn2.weight and 5 more",
        "conv0.weight | has no conv0.weight, whose shape says how large the network is"
      })
  void refusesMissingArrays(String names, String message) throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    arrays.keySet().removeIf(name -> name.matches(names));

    assertRefused(arrays, TWO_CLASSES).withMessageContaining(message);
  }

  @Test
  void refusesUnexpectedAndMisshapenArrays() throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    for (int k = 1; k <= 5; k++) {
      arrays.put("extra%d.weight".formatted(k), new Stored(List.of(1), new float[1], "F32"));
    }
    arrays.put("bn.bias", new Stored(List.of(4), new float[4], "F32"));
    arrays.put("bn.weight", arrays.get("bn.weight").as("I64"));

    assertRefused(arrays, TWO_CLASSES)
        .withMessageContaining("missing: bn.weight;")
        .withMessageContaining(
            "unexpected: extra1.weight, extra2.weight, extra3.weight and 2 more;")
        .withMessageContaining("of another shape: bn.bias [4] instead of [8]");
  }

  @Test
  void refusesAnArrayOfTooFewDimensions() throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    arrays.put("fc.weight", new Stored(List.of(16), new float[16], "F32"));

    assertRefused(arrays, TWO_CLASSES)
        .withMessageContaining("has fc.weight of shape [16], where dimension 2 says");
  }

  @ParameterizedTest
  @CsvSource({"F32, NaN", "F64, Infinity"})
  void refusesAWeightThatIsNotFinite(String type, float weight) throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    arrays.replaceAll((name, array) -> array.as(type));
    arrays.get("group2.0.conv2.weight").numbers()[2 * 72 + 7] = weight;
    arrays.get("bn.bias").numbers()[3] = weight;

    assertRefused(arrays, TWO_CLASSES)
        .withMessageContaining(
            "group2.0.conv2.weight [8, 8, 3, 3], taken as 8 rows, holds %s at [2, 7]"
                .formatted(weight));
    arrays.get("group2.0.conv2.weight").numbers()[2 * 72 + 7] = 0;
    assertRefused(arrays, TWO_CLASSES)
        .withMessageContaining("bn.bias holds %s at [3]".formatted(weight));
  }

  @Test
  void refusesAnotherNumberOfClasses() throws IOException {
    assertRefused(arrays(NETWORK), ScatteredImages.dataset(SIDE, 3))
        .withMessageContaining("has 2 outputs")
        .withMessageContaining("scattered takes 3");
  }

  @Test
  void refusesVectorsForANetworkThatTakesImages() throws IOException {
    Vectors vectors = new Vectors(new float[240], 2, new int[120]);

    assertRefused(arrays(NETWORK), new Dataset("pairs", vectors, vectors, ""))
        .withMessageContaining("the weights of a Wide-ResNet, which takes images")
        .withMessageContaining("are vectors");
  }

  @Test
  void refusesTooFewNeuronsOrImages() throws IOException {
    assertRefused(arrays(new DenseNet(1, 2, 1, 2, SIDE)), TWO_CLASSES)
        .withMessageContaining("has a last hidden layer of 2 neurons, but at least 4");
    Dataset few =
        new Dataset("few", TWO_CLASSES.train(), ScatteredImages.of(99, SIDE, 2), "made up");
    assertRefused(arrays(NETWORK), few)
        .withMessageContaining("cannot be audited on 99 test images; at least 100");
  }

  @Test
  void refusesNetworksWhoseNeuronsAreAllDead() throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    Arrays.fill(arrays.get("bn.weight").numbers(), 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shown(arrays, TWO_CLASSES))
        .withMessageContaining(
            "has 8 dead neurons and no other: each has the same activity on all 130 test");
  }

  @Test
  void refusesMoreActivitiesThanTheMemoryHolds() throws IOException {
    SubjectNetwork network = SubjectNetwork.at(write(arrays(NETWORK))).orElseThrow();

    network.requireMemory(8_192, TWO_CLASSES, 7_864_320);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.requireMemory(8_192, TWO_CLASSES, 7_864_319))
        .withMessageContaining("8192 activities of each of 240 images, which take 7 MiB")
        .withMessageContaining("-Dclaims.heap=15m");
  }

  /** The square root of a negative variance. */
  @Test
  void refusesNetworksWhoseActivitiesAreNotFinite() throws IOException {
    Map<String, Stored> arrays = arrays(NETWORK);
    arrays.get("bn.running_var").numbers()[5] = -1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shown(arrays, TWO_CLASSES))
        .withMessageContaining("on the test images: activity of neuron 5 on image 0 is NaN");
  }
}
