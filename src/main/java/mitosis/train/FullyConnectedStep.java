package mitosis.train;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mitosis.data.Examples;
import mitosis.data.Examples.Vectors;
import mitosis.model.FullyConnected;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;
import mitosis.model.Precision;
import mitosis.model.Weights;
import mitosis.train.DataLoader.ShuffledVectors;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Training.TrainingState;

/**
 * A step of a fully connected network on the CPU, on one thread and without the engine: products by
 * OpenBLAS, forward and backward by hand. Seeds are taken one after the other, so that the bits of
 * one do not depend on others, and its arrays stay in the cache.
 *
 * <p>It computes what {@link OperationStep} does, up to the order of sums, but for one thing. The
 * offset before a BatchNorm has no gradient, since the BatchNorm takes any constant away; here it
 * is zero, where the engine's is what roundings leave.
 */
final class FullyConnectedStep implements TrainingStep {

  private final Recipe recipe;
  private final FullyConnected network;
  private final Vectors examples;
  private final float[] losses;
  private final float[] mistakes;
  private final List<Seed> seeds = new ArrayList<>();

  // What the seeds share: the last batch's activities and gradients, with room for the largest.
  private final List<HiddenLayer> layers = new ArrayList<>();
  private final FloatMatrix logits;
  private final float[] outputs;
  private final FloatMatrix weightGradient;
  private final float[] gradient;
  private final float[] zeros;

  /** A layer's sums on the way forward; the gradient that arrives at it on the way back. */
  private FloatMatrix here;

  /** The gradient that goes on to the layer before, on the way back. */
  private FloatMatrix next;

  /**
   * @param recipe what is done, one that it {@link #suits}
   * @param examples what is learned, vectors
   * @param state to go on from
   * @throws IllegalArgumentException if the state's weights are not those of the network
   */
  FullyConnectedStep(Recipe recipe, Examples examples, TrainingState state) {
    this.recipe = recipe;
    this.network = (FullyConnected) recipe.network();
    this.examples = ShuffledVectors.unchanged(recipe, (Vectors) examples);
    Weights.requireFit(network, recipe.seeds().size(), state.weights());
    this.losses = state.losses().clone();
    this.mistakes = state.mistakes().clone();
    for (int s = 0; s < recipe.seeds().size(); s++) {
      seeds.add(new Seed(recipe, s, state, this.examples));
    }
    int width = network.width();
    int batch = Math.min(recipe.batch(), examples.count());
    for (int k = 0; k < network.depth(); k++) {
      layers.add(new HiddenLayer(width, batch, network.batchNorm()));
    }
    this.logits = FloatMatrix.zeros(network.outputs(), batch);
    this.outputs = new float[network.outputs() * batch];
    int largest = network.parameters().stream().mapToInt(Parameter::size).max().orElseThrow();
    this.weightGradient = FloatMatrix.zeros(1, largest);
    this.gradient = new float[largest];
    this.zeros = new float[width];
    this.here = FloatMatrix.zeros(width, batch);
    this.next = FloatMatrix.zeros(width, batch);
  }

  /** Whether it takes a recipe's steps: those of one output, on the CPU, in float32. */
  static boolean suits(Recipe recipe, Device device, Precision precision) {
    return recipe.network() instanceof FullyConnected
        && recipe.loss() != Loss.CROSS_ENTROPY
        && precision == Precision.FLOAT32
        && !device.isGpu();
  }

  @Override
  public int examples() {
    return examples.count();
  }

  @Override
  public void begin(int epoch) {
    for (int s = 0; s < seeds.size(); s++) {
      ShuffledVectors shuffled = ShuffledVectors.of(examples, recipe.seeds().get(s), epoch);
      seeds.get(s).inputs.write(0, shuffled.inputs(), shuffled.inputs().length);
      seeds.get(s).labels = shuffled.labels();
    }
  }

  @Override
  public void take(int from, int to, double rate, long number) {
    for (int s = 0; s < seeds.size(); s++) {
      Seed seed = seeds.get(s);
      FloatMatrix batch = seed.inputs.columns(from, to);
      forward(seed, batch, to - from);
      float slope = judge(s, from, to - from);
      backward(seed, batch, to - from, slope, new Move(recipe.optimiser(), rate, number));
    }
  }

  private void forward(Seed seed, FloatMatrix batch, int count) {
    FloatMatrix fed = batch;
    for (int k = 0; k < layers.size(); k++) {
      FloatMatrix sums = here.reshaped(network.width(), count);
      sums.setProduct(seed.matrices.get(k), fed);
      layers.get(k).forward(sums, count, seed.neurons.get(k));
      fed = layers.get(k).output(count);
    }
    logits.reshaped(network.outputs(), count).setProduct(seed.matrices.get(layers.size()), fed);
  }

  /**
   * Adds the batch's losses and mistakes to the sums, and puts the loss's gradient in the place of
   * the logits.
   *
   * @return the sum of that gradient over the batch
   */
  private float judge(int s, int from, int count) {
    float bias = seeds.get(s).parameter(network.readoutBias()).value[0];
    float[] labels = seeds.get(s).labels;
    double loss = 0;
    double slopes = 0;
    int wrong = 0;
    logits.read(0, outputs, count);
    for (int i = 0; i < count; i++) {
      float label = labels[from + i];
      float margin = (outputs[i] + bias) * label;
      loss += recipe.loss().ofMargin(margin);
      wrong += margin <= 0 ? 1 : 0;
      outputs[i] = recipe.loss().slope(margin) * label / count;
      slopes += outputs[i];
    }
    losses[s] += (float) loss;
    mistakes[s] += wrong;
    logits.write(0, outputs, count);
    return (float) slopes;
  }

  private void backward(Seed seed, FloatMatrix batch, int count, float slope, Move move) {
    FloatMatrix slopes = logits.reshaped(network.outputs(), count);
    int last = layers.size();
    here.reshaped(network.width(), count).setProduct(seed.matrices.get(last).transposed(), slopes);
    gradient(slopes, layers.get(last - 1).output(count));
    move.of(seed.parameter(network.readoutWeight()), gradient);
    move.of(seed.parameter(network.readoutBias()), new float[] {slope});
    seed.layOut(last);
    for (int k = last - 1; k >= 0; k--) {
      HiddenLayer layer = layers.get(k);
      FloatMatrix slopesHere = here.reshaped(network.width(), count);
      layer.backward(slopesHere, count, seed.neurons.get(k));
      if (k > 0) {
        next.reshaped(network.width(), count)
            .setProduct(seed.matrices.get(k).transposed(), slopesHere);
      }
      gradient(slopesHere, k == 0 ? batch : layers.get(k - 1).output(count));
      move.of(seed.parameter(network.linear(k) + ".weight"), gradient);
      seed.layOut(k);
      if (network.batchNorm()) {
        move.of(seed.parameter(network.linear(k) + ".bias"), zeros);
        move.of(seed.parameter(network.norm(k) + ".weight"), layer.scaleGradient());
        move.of(seed.parameter(network.norm(k) + ".bias"), layer.offsetGradient());
      } else {
        move.of(seed.parameter(network.linear(k) + ".bias"), layer.offsetGradient());
      }
      FloatMatrix done = here;
      here = next;
      next = done;
    }
  }

  /** The gradient of a layer's weights, from that of its sums and from what it is fed with. */
  private void gradient(FloatMatrix slopes, FloatMatrix fed) {
    FloatMatrix product = weightGradient.reshaped(slopes.rows(), fed.rows());
    product.setProduct(slopes, fed.transposed());
    product.read(0, gradient, slopes.rows() * fed.rows());
  }

  @Override
  public float[] losses() {
    return losses.clone();
  }

  @Override
  public float[] mistakes() {
    return mistakes.clone();
  }

  @Override
  public void clearSums() {
    Arrays.fill(losses, 0);
    Arrays.fill(mistakes, 0);
  }

  @Override
  public Map<String, float[]> weights() {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = parameter.name();
      all.put(name, ofAllSeeds(parameter.size(), seed -> seed.parameter(name).value));
    }
    for (RunningStatistic statistic : network.runningStatistics()) {
      String name = statistic.name();
      all.put(name, ofAllSeeds(statistic.size(), seed -> seed.statistics.get(name)));
    }
    return all;
  }

  @Override
  public Map<String, float[]> memory() {
    Map<String, float[]> all = new LinkedHashMap<>();
    List<String> slots = recipe.optimiser().memory();
    for (Parameter parameter : network.parameters()) {
      for (int k = 0; k < slots.size(); k++) {
        int slot = k;
        all.put(
            slots.get(k) + "/" + parameter.name(),
            ofAllSeeds(
                parameter.size(), seed -> seed.parameter(parameter.name()).memory.get(slot)));
      }
    }
    return all;
  }

  private float[] ofAllSeeds(int size, Function<Seed, float[]> array) {
    float[] all = new float[seeds.size() * size];
    for (int s = 0; s < seeds.size(); s++) {
      System.arraycopy(array.apply(seeds.get(s)), 0, all, s * size, size);
    }
    return all;
  }

  @Override
  public void close() {
    // Nothing is held but memory, which goes with this object.
  }

  /** A parameter of one seed, with what the optimiser remembers of it. */
  private record Trained(float[] value, List<float[]> memory) {}

  /** One step's way of moving parameters. */
  private record Move(Optimiser optimiser, double rate, long number) {

    void of(Trained parameter, float[] gradient) {
      optimiser.update(parameter.value, gradient, parameter.memory, rate, number);
    }
  }

  /** What belongs to one seed. */
  private static final class Seed {

    private final Map<String, Trained> parameters = new HashMap<>();
    private final Map<String, float[]> statistics = new HashMap<>();
    private final List<HiddenLayer.Neurons> neurons = new ArrayList<>();

    /** The weights of the layers and the readout, for OpenBLAS. */
    private final List<FloatMatrix> matrices = new ArrayList<>();

    private final List<Trained> weights = new ArrayList<>();

    /** Of the epoch, dimension x examples. */
    private final FloatMatrix inputs;

    private float[] labels;

    /**
     * @param s its place among the seeds
     */
    Seed(Recipe recipe, int s, TrainingState state, Vectors examples) {
      FullyConnected network = (FullyConnected) recipe.network();
      for (Parameter parameter : network.parameters()) {
        int size = parameter.size();
        List<float[]> memory = new ArrayList<>();
        for (String slot : recipe.optimiser().memory()) {
          float[] saved = state.memory().get(slot + "/" + parameter.name());
          memory.add(saved == null ? new float[size] : part(saved, s, size));
        }
        float[] value = part(state.weights().get(parameter.name()), s, size);
        parameters.put(parameter.name(), new Trained(value, memory));
      }
      for (RunningStatistic statistic : network.runningStatistics()) {
        float[] value = part(state.weights().get(statistic.name()), s, statistic.size());
        statistics.put(statistic.name(), value);
      }
      float[] ones = new float[network.width()];
      Arrays.fill(ones, 1);
      for (int k = 0; k < network.depth(); k++) {
        add(network.linear(k) + ".weight", network.width());
        float[] bias = parameter(network.linear(k) + ".bias").value;
        String norm = network.norm(k);
        neurons.add(
            network.batchNorm()
                ? new HiddenLayer.Neurons(
                    bias,
                    parameter(norm + ".weight").value,
                    parameter(norm + ".bias").value,
                    statistics.get(norm + ".running_mean"),
                    statistics.get(norm + ".running_var"))
                : new HiddenLayer.Neurons(bias, ones, bias, new float[0], new float[0]));
      }
      add(network.readoutWeight(), network.outputs());
      inputs = FloatMatrix.zeros(examples.dimension(), examples.count());
    }

    private static float[] part(float[] all, int s, int size) {
      return Arrays.copyOfRange(all, s * size, (s + 1) * size);
    }

    private void add(String name, int rows) {
      weights.add(parameter(name));
      matrices.add(FloatMatrix.zeros(rows, parameter(name).value.length / rows));
      layOut(matrices.size() - 1);
    }

    Trained parameter(String name) {
      return parameters.get(name);
    }

    /** Lays the weights of a layer out for OpenBLAS, after they have moved. */
    void layOut(int layer) {
      float[] value = weights.get(layer).value;
      matrices.get(layer).write(0, value, value.length);
    }
  }
}
