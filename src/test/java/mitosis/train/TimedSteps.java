package mitosis.train;

import ai.djl.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import mitosis.data.Examples;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;
import mitosis.model.Architecture;
import mitosis.model.FullyConnected;
import mitosis.model.Precision;
import mitosis.model.WideResNet;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import mitosis.train.Training.TrainingState;

/**
 * A process that makes training steps as it is told. Reads a number of steps a line, makes them,
 * and prints the milliseconds of each on one line, as {@code src/test/python/step_speed.py} does.
 */
final class TimedSteps implements Runnable {

  private static final int SIDE = 32;
  private static final int CLASSES = 10;

  private static final int LAYERS = 4;
  private static final int INPUTS = 10;
  private static final int BATCH = 256;
  private static final int BATCHES = 40;
  private static final List<Integer> SEEDS = List.of(0, 1, 2, 3);

  /** Ways to make the steps of a fully connected network. */
  enum Way {
    /** The suite's own. */
    OPENBLAS,
    /** By the engine. */
    OPERATIONS,
    /** The step's products alone. */
    PRODUCTS
  }

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = System.out;
  private StringJoiner times = new StringJoiner(" ");
  private int wanted;
  private long began;

  private TimedSteps() {}

  /**
   * @param args {@code wide-resnet}, width, depth, batch, images, or {@code fully-connected},
   *     width, way
   */
  public static void main(String[] args) {
    int width = Integer.parseInt(args[1]);
    if (args[0].equals("wide-resnet")) {
      Recipe recipe =
          recipe(
              WideResNet.ofWidth(Integer.parseInt(args[2]), width, CLASSES, SIDE),
              List.of(1),
              Loss.CROSS_ENTROPY,
              5e-4,
              Integer.parseInt(args[3]));
      train(recipe, noise(Integer.parseInt(args[4])), TrainingStep.in(Precision.FLOAT32));
      return;
    }
    Recipe recipe =
        recipe(
            new FullyConnected(INPUTS, LAYERS, width, true),
            SEEDS,
            Loss.SQUARED_HINGE,
            5e-3,
            BATCH);
    switch (Way.valueOf(args[2])) {
      case OPENBLAS ->
          train(
              recipe, Recipes.dataset(BATCHES * BATCH).train(), TrainingStep.in(Precision.FLOAT32));
      case OPERATIONS ->
          train(recipe, Recipes.dataset(BATCHES * BATCH).train(), OperationStep::new);
      case PRODUCTS -> multiply(width);
    }
  }

  private static Recipe recipe(
      Architecture network, List<Integer> seeds, Loss loss, double weightDecay, int batch) {
    return new Recipe(
        "speed",
        "noise",
        network,
        seeds,
        new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.ONE),
        loss,
        new Optimiser.Sgd(0.9, weightDecay),
        new Schedule.Constant(0.01),
        Augmentation.NONE,
        batch,
        1,
        List.of(1),
        false);
  }

  private static void train(Recipe recipe, Examples examples, TrainingStep.Maker step) {
    TimedSteps steps = new TimedSteps();
    try (Training training =
        new Training(
            recipe, examples, Device.cpu(), step, TrainingState.before(recipe), warning -> {})) {
      steps.await();
      while (true) {
        training.next(steps);
        steps.run();
      }
    }
  }

  /** Forward, and backward to the weights and to what a layer is fed with, for every seed. */
  private static void multiply(int width) {
    FloatMatrix inputs = filled(INPUTS, BATCH);
    FloatMatrix first = filled(width, INPUTS);
    FloatMatrix hidden = filled(width, width);
    FloatMatrix readout = filled(1, width);
    FloatMatrix activities = filled(width, BATCH);
    FloatMatrix result = FloatMatrix.zeros(width, BATCH);
    FloatMatrix gradient = FloatMatrix.zeros(width, Math.max(width, INPUTS));
    FloatMatrix logits = filled(1, BATCH);
    TimedSteps steps = new TimedSteps();
    steps.await();
    while (true) {
      for (int seed = 0; seed < SEEDS.size(); seed++) {
        result.setProduct(first, inputs);
        gradient.reshaped(width, INPUTS).setProduct(activities, inputs.transposed());
        for (int layer = 1; layer < LAYERS; layer++) {
          result.setProduct(hidden, activities);
          result.setProduct(hidden.transposed(), activities);
          gradient.reshaped(width, width).setProduct(result, activities.transposed());
        }
        logits.setProduct(readout, activities);
        result.setProduct(readout.transposed(), logits);
        gradient.reshaped(1, width).setProduct(logits, activities.transposed());
      }
      steps.run();
    }
  }

  private static FloatMatrix filled(int rows, int columns) {
    Random random = new Random(1);
    float[] numbers = new float[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
    matrix.write(0, numbers, numbers.length);
    return matrix;
  }

  private static Images noise(int count) {
    byte[] pixels = new byte[count * 3 * SIDE * SIDE];
    Random random = new Random(1);
    random.nextBytes(pixels);
    return new Images(
        pixels,
        SIDE,
        random.ints(count, 0, CLASSES).toArray(),
        new Normalisation(new float[] {.5f, .5f, .5f}, new float[] {.25f, .25f, .25f}));
  }

  /** A step is made. */
  @Override
  public void run() {
    times.add(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - began) / 1e6));
    wanted--;
    await();
  }

  /** Goes on if there are steps to be made, else waits until there are. */
  private void await() {
    if (wanted == 0) {
      if (times.length() > 0) {
        out.println(times);
        out.flush();
        times = new StringJoiner(" ");
      }
      String line;
      try {
        line = in.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (line == null) {
        Runtime.getRuntime().halt(0);
      }
      wanted = Integer.parseInt(line);
    }
    began = System.nanoTime();
  }
}
