package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.data.Examples.Vectors;
import mitosis.data.GivenFolder;
import mitosis.model.Architecture;
import mitosis.model.Architecture.Activation;
import mitosis.model.Convolutional;
import mitosis.model.FullyConnected;
import mitosis.model.NativeEngine;
import mitosis.model.NetworkFamily;
import mitosis.model.NetworkFamily.StateDict;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;
import mitosis.model.Weights;
import mitosis.train.Optimiser.Scalars;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import mitosis.train.Recipes.Pictures;
import mitosis.train.Training.TrainingState;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks, loss and optimiser against the numbers that PyTorch 1.13.1 computed. Each {@code
 * *.json} of the folder is one network, with its weights and input filled by formula ({@link
 * ReferenceFill}). Another folder can be named with {@code -Dreference.dir}.
 *
 * <p>Two rules apply. Numbers agree to {@link #TOLERANCE}, float32 against whatever the file was
 * computed in. Only of convolutions that the cosine fills, which are given for the authors' own
 * definitions, do training numbers depend on the last bit of what goes in, so that PyTorch itself
 * on another machine misses them by up to a factor of 2: there a number may also be off by {@link
 * #SCATTERS} times the scatter of its kind under noise of that size.
 */
@Tag("convolution")
class ReferenceParityTest {

  private static final String FILES = "*.json";

  /** Allowed relative difference: roundings of float32 along some hundred layers. */
  private static final double TOLERANCE = 1e-4;

  /**
   * Numbers of either sign that are smaller than this share of the largest of their kind are
   * differences of larger ones, and may be off by the tolerance of that share.
   */
  private static final double SMALL = 0.05;

  /** The same for norms, which only a gradient that is zero in theory makes a difference. */
  private static final double SMALL_NORM = 1e-3;

  /** How often the numbers are computed again, from parameters and input with rounding noise. */
  private static final int SHAKEN = 3;

  private static final int NO_NOISE = 0;

  /** How many times that scatter a number may be off; 7 times has been seen. */
  private static final int SCATTERS = 16;

  /** Relative size of the noise: the last bit of a float32. */
  private static final double ROUNDING = 0x1p-23;

  @TestFactory
  Stream<DynamicTest> agrees_with_pytorch() {
    Path folder = GivenFolder.of("reference.dir", "fixtures/reference");
    return files(folder).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), file.toUri(), () -> compare(read(file))));
  }

  /** Fully connected networks, by the step that does without the engine. */
  @TestFactory
  Stream<DynamicTest> steps_on_openblas_agree_with_pytorch() {
    Path folder = GivenFolder.of("reference.dir", "fixtures/reference");
    List<Path> linear =
        files(folder).stream().filter(file -> Subject.of(read(file)) instanceof Linear).toList();
    if (System.getProperty("reference.dir") == null) {
      assertThat(linear).as("the suite's own files of fully connected networks").hasSize(2);
    }
    return linear.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    file.toUri(),
                    () -> expect(read(file), numbersOnOpenBlas(read(file)), List.of())));
  }

  @Test
  void a_folder_without_references_is_an_error(@TempDir Path empty) {
    assertThatThrownBy(() -> files(empty)).hasMessageContainingAll(empty.toString(), FILES);
    Path missing = empty.resolve("nowhere");
    assertThatThrownBy(() -> files(missing)).hasMessageContaining(missing.toString());
  }

  @Test
  void an_unknown_model_is_named() throws IOException {
    JsonNode reference = new ObjectMapper().readTree("{\"model\": \"perceptron-3\"}");
    assertThatThrownBy(() -> Subject.of(reference)).hasMessageContaining("'perceptron-3'");
  }

  @Test
  void an_unknown_fill_is_named() throws IOException {
    JsonNode reference = new ObjectMapper().readTree("{\"fill\": \"zeros\"}");
    assertThatThrownBy(() -> ReferenceFill.of(reference)).hasMessageContaining("'zeros'");
  }

  /** The largest number of every kind, off by four times what is allowed. */
  @Test
  void a_number_that_is_off_is_named() {
    JsonNode reference = read(Path.of("fixtures/reference/densenet22bc-c8.json"));
    Map<String, float[]> found = numbers(Subject.of(reference), reference, NO_NOISE);
    expect(reference, found, List.of());
    assertThat(found).hasSize(12);
    found.forEach(
        (path, values) -> {
          int largest = 0;
          for (int i = 0; i < values.length; i++) {
            largest = Math.abs(values[i]) > Math.abs(values[largest]) ? i : largest;
          }
          float right = values[largest];
          values[largest] *= (float) (1 + 4 * TOLERANCE);
          assertThatThrownBy(() -> expect(reference, found, List.of()))
              .isInstanceOf(AssertionError.class)
              .hasMessageContaining("%s, number %d of", path, largest);
          values[largest] = right;
        });
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, FILES)) {
        found.forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + folder, e);
      }
    }
    if (files.isEmpty()) {
      throw new IllegalStateException(
          "%s holds no %s; restore fixtures/reference or name another folder with -Dreference.dir"
              .formatted(folder.toAbsolutePath(), FILES));
    }
    files.sort(null);
    return files;
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** How a reference's model is built here, and how its batches are laid out. */
  private interface Subject {

    /**
     * @throws IllegalArgumentException if the model is unknown; names it
     */
    static Subject of(JsonNode reference) {
      String model = reference.get("model").asText();
      if (model.startsWith("fc5-")) {
        return new Linear(reference);
      }
      Map<String, List<Integer>> shapes = new LinkedHashMap<>();
      for (JsonNode parameter : reference.path("parameters")) {
        List<Integer> shape = new ArrayList<>();
        parameter.get("shape").forEach(extent -> shape.add(extent.asInt()));
        shapes.put(parameter.get("name").asText(), shape);
      }
      Architecture network =
          NetworkFamily.of(shapes.keySet())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no network is known for the reference model '%s'".formatted(model)))
              .network(new StateDict(shapes), reference.get("input_shape").get(3).asInt());
      return new Pictures(reference, (Convolutional) network);
    }

    Architecture network();

    /** One seed's batch from the reference's row-major input. */
    NDArray batch(float[] input, NDManager manager);

    /** Labels as the loss expects them, for one seed. */
    NDArray labels(NDManager manager);

    /** Row-major, one example after the other, as PyTorch has it. */
    float[] perExample(NDArray outputs);
  }

  /** FC5: examples are columns. */
  private record Linear(JsonNode reference) implements Subject {

    @Override
    public Architecture network() {
      JsonNode first = reference.get("parameters").get(0).get("shape");
      int weights = 0;
      boolean batchNorm = false;
      for (JsonNode parameter : reference.get("parameters")) {
        weights += parameter.get("kind").asText().equals("weight") ? 1 : 0;
        batchNorm |= parameter.get("kind").asText().equals("gamma");
      }
      return new FullyConnected(first.get(1).asInt(), weights - 1, first.get(0).asInt(), batchNorm);
    }

    @Override
    public NDArray batch(float[] input, NDManager manager) {
      int examples = reference.get("input_shape").get(0).asInt();
      int inputs = reference.get("input_shape").get(1).asInt();
      return manager.create(input, new Shape(1, examples, inputs)).transpose(0, 2, 1);
    }

    @Override
    public NDArray labels(NDManager manager) {
      return labelsOf(reference, manager);
    }

    @Override
    public float[] perExample(NDArray outputs) {
      return outputs.transpose(0, 2, 1).toFloatArray();
    }
  }

  /** Convolutional networks: examples come first. */
  private record Pictures(JsonNode reference, Convolutional network) implements Subject {

    @Override
    public NDArray batch(float[] input, NDManager manager) {
      JsonNode shape = reference.get("input_shape");
      return manager.create(
          input,
          new Shape(
              1,
              shape.get(0).asInt(),
              shape.get(1).asInt(),
              shape.get(2).asInt(),
              shape.get(3).asInt()));
    }

    @Override
    public NDArray labels(NDManager manager) {
      return labelsOf(reference, manager);
    }

    @Override
    public float[] perExample(NDArray outputs) {
      return outputs.transpose(0, 2, 1).toFloatArray();
    }
  }

  private static NDArray labelsOf(JsonNode reference, NDManager manager) {
    float[] labels = floats(reference.get("labels"));
    return manager.create(labels, new Shape(1, 1, labels.length));
  }

  private static Loss loss(String name) {
    if (name.equals("ce")) {
      return Loss.CROSS_ENTROPY;
    }
    if (name.equals("hinge")) {
      return Loss.SQUARED_HINGE;
    }
    throw new IllegalArgumentException(
        "no loss is known for the reference loss '%s'".formatted(name));
  }

  private static void compare(JsonNode reference) {
    Subject subject = Subject.of(reference);
    expectParameters(subject.network(), reference);
    boolean scatters =
        subject.network() instanceof Convolutional
            && ReferenceFill.of(reference) == ReferenceFill.COSINE;
    List<Map<String, float[]>> shaken =
        IntStream.rangeClosed(1, scatters ? SHAKEN : 0)
            .mapToObj(seed -> numbers(subject, reference, seed))
            .toList();
    expect(reference, numbers(subject, reference, NO_NOISE), shaken);
  }

  /**
   * All numbers that a reference speaks of, by their place in it.
   *
   * @param noise seed of the rounding noise on parameters and input, or {@link #NO_NOISE}
   */
  private static Map<String, float[]> numbers(Subject subject, JsonNode reference, int noise) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    Architecture network = subject.network();
    Loss loss = loss(reference.get("loss").asText());
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      JniUtils.setGradMode(false);
      ReferenceFill fill = ReferenceFill.of(reference);
      Map<String, float[]> filled = fill.arrays(network);
      float[] input = fill.input(inputSize(reference));
      if (noise != NO_NOISE) {
        SplittableRandom random = new SplittableRandom(noise);
        filled.values().forEach(values -> shake(values, random));
        shake(input, random);
      }
      Scalars scalars = new Scalars(manager);
      Weights weights = Weights.of(network, 1, filled, manager);
      network.parameters().forEach(p -> weights.get(p.name()).setRequiresGradient(true));
      NDArray batch = subject.batch(input, manager);
      NDArray labels = subject.labels(manager);

      if (reference.has("input_first4")) {
        numbers.put("input_first4", Arrays.copyOf(input, 4));
      }
      Activation before = network.forward(weights, batch, false);
      numbers.put("eval/logits", subject.perExample(before.logits()));
      float[] features = subject.perExample(before.features());
      numbers.put("eval/features_first8", Arrays.copyOf(features, 8));
      numbers.put("eval/features_norm", norm(features));

      Optimiser.Sgd sgd =
          new Optimiser.Sgd(
              reference.get("momentum").asDouble(), reference.get("weight_decay").asDouble());
      Map<String, List<NDArray>> memory = new LinkedHashMap<>();
      network
          .parameters()
          .forEach(p -> memory.put(p.name(), List.of(weights.get(p.name()).zerosLike())));
      int steps = reference.get("train_losses").size();
      float[] losses = new float[steps];
      for (int step = 1; step <= steps; step++) {
        float[] logits;
        try (GradientCollector collector = NativeEngine.get().newGradientCollector()) {
          Activation activation = network.forward(weights, batch, true);
          NDArray value = loss.perSeed(activation.logits(), labels, scalars);
          collector.backward(value.sum());
          logits = subject.perExample(activation.logits().stopGradient());
          losses[step - 1] = value.stopGradient().getFloat(0);
        }
        List<Float> gradients = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
          NDArray array = weights.get(parameter.name());
          NDArray gradient = array.getGradient();
          gradients.add(norm(gradient.toFloatArray())[0]);
          double rate = reference.get("lr").asDouble();
          sgd.update(array, gradient, memory.get(parameter.name()), rate, step, scalars);
          gradient.muli(0);
        }
        if (step == 1) {
          numbers.put("train_first/logits", logits);
          numbers.put("train_first/loss", new float[] {losses[0]});
          numbers.put("train_first/grad_norms", floats(gradients));
        }
      }
      numbers.put("train_losses", losses);
      numbers.putAll(numbersAfterSteps(subject, weights, batch, reference));
    }
    return numbers;
  }

  /** What a whole training tells, of the numbers that a reference speaks of. */
  private static Map<String, float[]> numbersOnOpenBlas(JsonNode reference) {
    Subject subject = Subject.of(reference);
    FullyConnected network = (FullyConnected) subject.network();
    ReferenceFill fill = ReferenceFill.of(reference);
    float[] input = fill.input(inputSize(reference));
    float[] labels = floats(reference.get("labels"));
    int[] wholeLabels = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      wholeLabels[i] = (int) labels[i];
    }
    double decay = reference.get("weight_decay").asDouble();
    int steps = reference.get("train_losses").size();
    Recipe recipe =
        new Recipe(
            "reference",
            "reference",
            network,
            List.of(0),
            new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.ONE),
            loss(reference.get("loss").asText()),
            new Optimiser.Sgd(reference.get("momentum").asDouble(), decay),
            new Schedule.Constant(reference.get("lr").asDouble()),
            Augmentation.NONE,
            labels.length,
            steps,
            List.of(steps),
            false);
    Map<String, float[]> filled = fill.arrays(network);
    Map<String, float[]> numbers = new LinkedHashMap<>();
    float[] losses = new float[steps];
    try (Training training =
            new Training(
                recipe,
                new Vectors(input, network.inputs(), wholeLabels),
                Device.cpu(),
                (what, of, where, state, warning) -> new FullyConnectedStep(what, of, state),
                new TrainingState(0, 0, 0, new float[1], new float[1], filled, Map.of()),
                warning -> {});
        NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      for (int step = 0; step < steps; step++) {
        losses[step] = (float) training.next().loss()[0];
        if (step == 0) {
          numbers.put("train_first/loss", new float[] {losses[0]});
          numbers.put(
              "train_first/grad_norms", gradientNorms(network, training.state(), filled, decay));
        }
      }
      numbers.put("train_losses", losses);
      Weights weights = Weights.of(network, 1, training.snapshot(), manager);
      NDArray batch = subject.batch(input, manager);
      numbers.putAll(numbersAfterSteps(subject, weights, batch, reference));
    }
    return numbers;
  }

  /** After the first step the velocity is the gradient and the decay of the parameter before it. */
  private static float[] gradientNorms(
      Architecture network, TrainingState state, Map<String, float[]> before, double decay) {
    List<Float> norms = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      float[] gradient = state.memory().get("velocity/" + parameter.name()).clone();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] -= (float) (decay * before.get(parameter.name())[i]);
      }
      norms.add(norm(gradient)[0]);
    }
    return floats(norms);
  }

  private static void shake(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) (1 + ROUNDING * (2 * random.nextDouble() - 1));
    }
  }

  private static Map<String, float[]> numbersAfterSteps(
      Subject subject, Weights weights, NDArray batch, JsonNode reference) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    Architecture network = subject.network();
    List<Float> norms = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      norms.add(norm(weights.get(parameter.name()).toFloatArray())[0]);
    }
    numbers.put("param_norms_after_steps", floats(norms));
    List<RunningStatistic> statistics = network.runningStatistics();
    assertThat(reference.has("last_bn_running_mean_first4")).isEqualTo(!statistics.isEmpty());
    if (!statistics.isEmpty()) {
      for (String suffix : List.of("running_mean", "running_var")) {
        String last =
            statistics.stream()
                .map(RunningStatistic::name)
                .filter(name -> name.endsWith(suffix))
                .reduce((first, second) -> second)
                .orElseThrow();
        float[] values = weights.get(last).toFloatArray();
        numbers.put("last_bn_%s_first4".formatted(suffix), Arrays.copyOf(values, 4));
      }
    }
    Activation after = network.forward(weights, batch, false);
    numbers.put("eval_after_steps_logits", subject.perExample(after.logits()));
    return numbers;
  }

  private static void expectParameters(Architecture network, JsonNode reference) {
    List<Parameter> parameters = network.parameters();
    assertThat(parameters).hasSize(reference.get("parameters").size());
    for (int k = 0; k < parameters.size(); k++) {
      JsonNode expected = reference.get("parameters").get(k);
      List<Integer> shape = new ArrayList<>();
      expected.get("shape").forEach(size -> shape.add(size.asInt()));
      assertThat(parameters.get(k).name()).isEqualTo(expected.get("name").asText());
      assertThat(parameters.get(k).shape()).as(parameters.get(k).name()).isEqualTo(shape);
      assertThat(parameters.get(k).kind().name())
          .isEqualToIgnoringCase(expected.get("kind").asText());
    }
    assertThat(parameters.stream().mapToInt(Parameter::size).sum())
        .isEqualTo(reference.get("parameter_count").asInt());
    assertThat(network.width()).isEqualTo(reference.get("width").asInt());
  }

  private static int inputSize(JsonNode reference) {
    int size = 1;
    for (JsonNode dimension : reference.get("input_shape")) {
      size *= dimension.asInt();
    }
    return size;
  }

  /**
   * Compares with the reference's numbers.
   *
   * @param shaken the same numbers from parameters and input that differ in their last bit, where
   *     that makes a difference
   */
  private static void expect(
      JsonNode reference, Map<String, float[]> found, List<Map<String, float[]>> shaken) {
    found.forEach(
        (path, values) ->
            expect(reference, path, values, shaken.stream().map(each -> each.get(path)).toList()));
  }

  private static void expect(JsonNode reference, String path, float[] found, List<float[]> shaken) {
    JsonNode node = reference.at("/" + path);
    double[] expected = new double[node.isArray() ? node.size() : 1];
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      expected[i] = node.isArray() ? node.get(i).asDouble() : node.asDouble();
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    double small = (path.contains("norm") ? SMALL_NORM : SMALL) * largest;
    double[] units = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      units[i] = Math.max(Math.abs(expected[i]), small);
    }
    assertThat(found).as(path).hasSize(expected.length);
    double scatter = scatter(found, shaken, units);
    String rule = "%.0e of it".formatted(TOLERANCE);
    if (!shaken.isEmpty()) {
      rule += " and %d times the relative scatter %.2g".formatted(SCATTERS, scatter);
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, number %d of %d, may be off by %s", path, i, expected.length, rule)
          .isCloseTo(expected[i], within(units[i] * (TOLERANCE + SCATTERS * scatter)));
    }
  }

  /**
   * How far the numbers of a kind move under noise in the last bit, as a share of themselves, root
   * mean square; 0 where that is not computed.
   */
  private static double scatter(float[] found, List<float[]> shaken, double[] units) {
    double squares = 0;
    for (float[] other : shaken) {
      for (int i = 0; i < found.length; i++) {
        squares += Math.pow((other[i] - found[i]) / units[i], 2);
      }
    }
    return shaken.isEmpty() ? 0 : Math.sqrt(squares / (shaken.size() * found.length));
  }

  private static float[] norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return new float[] {(float) Math.sqrt(sum)};
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
