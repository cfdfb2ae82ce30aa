package mitosis.train;

import java.util.ArrayList;
import java.util.List;
import mitosis.model.ErfNetwork;
import mitosis.model.ErfNetwork.ErrorFunctionTable;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Trains a student by {@link OnlineRecipe}, in double precision on one core and without the engine.
 * The result depends on the recipe and the seed alone, to the bit and on any machine.
 */
public final class OnlineTraining {

  private final OnlineRecipe recipe;
  private final ErfNetwork teacher;
  private final RandomGenerator samples;
  private final RandomGenerator noise;
  private final double[] x;

  /** K x D, row after row. */
  private final double[] w;

  private final double[] a;

  /** Preactivations and activities of the student's neurons on the sample at hand. */
  private final double[] lambda;

  private final double[] g;

  private OnlineTraining(OnlineRecipe recipe, int seed) {
    this.recipe = recipe;
    this.teacher = teacher(recipe, RandomStream.of(seed, "teacher", 0));
    this.samples = RandomStream.of(seed, "samples", 0);
    this.noise = RandomStream.of(seed, "noise", 0);
    this.x = new double[recipe.inputs()];
    RandomGenerator initial = RandomStream.of(seed, "student", 0);
    this.w = gaussian(recipe.width() * recipe.inputs(), initial);
    this.a = gaussian(recipe.width(), initial);
    this.lambda = new double[recipe.width()];
    this.g = new double[recipe.width()];
  }

  /**
   * Trains it. Weights of both layers start as independent standard normal numbers.
   *
   * @param seed of teacher, student, samples and noise; that of the same seed without noise sees
   *     the same samples
   * @throws ArithmeticException if the weights grow beyond all bounds, as at too high a rate
   */
  public static OnlineRun run(OnlineRecipe recipe, int seed) {
    return new OnlineTraining(recipe, seed).run();
  }

  private OnlineRun run() {
    ErfNetwork before = student(0);
    List<ErfNetwork> snapshots = new ArrayList<>();
    long steps = recipe.steps();
    for (long step = 1; step <= steps; step++) {
      step();
      if (step == due(snapshots.size() + 1)) {
        snapshots.add(student(step));
      }
    }
    return new OnlineRun(teacher, before, snapshots);
  }

  /** The step after which a snapshot is taken, counted from 1. */
  private long due(int snapshot) {
    long half = recipe.steps() / 2;
    return recipe.steps() - half + half * snapshot / recipe.snapshots();
  }

  private void step() {
    for (int i = 0; i < x.length; i++) {
      x[i] = samples.nextGaussian();
    }
    double error = teacher.output(x) + recipe.noise() * noise.nextGaussian() - output();
    double scale = recipe.rate() / recipe.width() * error;
    double root = Math.sqrt(x.length);
    for (int k = 0; k < a.length; k++) {
      double push = scale * a[k] * ErrorFunctionTable.slope(lambda[k]) / root;
      a[k] += scale * g[k] / x.length;
      for (int i = 0, at = k * x.length; i < x.length; i++, at++) {
        w[at] += push * x[i];
      }
    }
  }

  private double output() {
    double root = Math.sqrt(x.length);
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      double product = 0;
      for (int i = 0, at = k * x.length; i < x.length; i++, at++) {
        product += w[at] * x[i];
      }
      lambda[k] = product / root;
      g[k] = ErrorFunctionTable.value(lambda[k]);
      sum += a[k] * g[k];
    }
    return sum / a.length;
  }

  private ErfNetwork student(long step) {
    double[][] weights = new double[a.length][x.length];
    double[] readout = new double[a.length];
    for (int k = 0; k < a.length; k++) {
      System.arraycopy(w, k * x.length, weights[k], 0, x.length);
      readout[k] = a[k] / a.length;
    }
    try {
      return new ErfNetwork(weights, readout);
    } catch (IllegalArgumentException e) {
      throw new ArithmeticException(
          "a student of width %d diverged before step %,d; lower the rate, which is %s: %s"
              .formatted(a.length, step, recipe.rate(), e.getMessage()));
    }
  }

  /** Orthogonal rows of length √D, by Gram and Schmidt, each with weight 1 in the second layer. */
  private static ErfNetwork teacher(OnlineRecipe recipe, RandomGenerator random) {
    int inputs = recipe.inputs();
    double[][] rows = new double[recipe.teachers()][];
    double[] readout = new double[recipe.teachers()];
    for (int m = 0; m < rows.length; m++) {
      rows[m] = gaussian(inputs, random);
      for (int other = 0; other < m; other++) {
        add(rows[m], -dot(rows[m], rows[other]) / inputs, rows[other]);
      }
      add(rows[m], Math.sqrt(inputs / dot(rows[m], rows[m])) - 1, rows[m]);
      readout[m] = 1;
    }
    return new ErfNetwork(rows, readout);
  }

  private static void add(double[] to, double factor, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static double[] gaussian(int count, RandomGenerator random) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextGaussian();
    }
    return numbers;
  }

  /**
   * A student that was trained online, with its teacher.
   *
   * @param teacher whose output it learned
   * @param before the student before training
   * @param snapshots the student at even intervals of the second half of training
   */
  public record OnlineRun(ErfNetwork teacher, ErfNetwork before, List<ErfNetwork> snapshots) {

    /** Keeps a copy. */
    public OnlineRun {
      snapshots = List.copyOf(snapshots);
    }
  }

  /**
   * How a student is trained on fresh samples of a teacher, each seen once.
   *
   * <p>The teacher is Σ_m g(u_m·x/√D) with M orthogonal neurons of length √D, and the label is its
   * output plus noise σζ. The student is (1/K)·Σ_k a_k·g(w_k·x/√D). Both layers are trained by
   * plain gradient descent on half the squared error Δ²/2 of one sample, with a rate α that does
   * not depend on the width K:
   *
   * <pre>
   *   w_k += α/(K·√D)·a_k·g'(λ_k)·Δ·x     λ_k = w_k·x/√D
   *   a_k += α/(K·D)·g(λ_k)·Δ
   * </pre>
   *
   * <p>That is the scaling of Sirignano and Spiliopoulos (P21's reference 34), and with v_k = a_k/K
   * the first layer's rule of Goldt et al. (35), whose v_k of a student with n copies a teacher
   * neuron are about 1/n too. A parameter moves by 1/K a step, so the time of a training is t =
   * α·steps/(K·D): in that time wide students go through the same as narrow ones, which is the
   * mean-field limit. With a step that stays the same at every width the distance from the limit
   * does not vanish: such students are a control that claim C17 must reject.
   *
   * @param inputs D
   * @param teachers M, at most D
   * @param width K
   * @param noise σ, the deviation of the noise in the labels; at least 0
   * @param rate α
   * @param time t, how long is trained
   * @param snapshots how many students are kept, evenly spaced over the second half of training,
   *     the last at its end
   */
  public record OnlineRecipe(
      int inputs, int teachers, int width, double noise, double rate, double time, int snapshots) {

    /**
     * @throws IllegalArgumentException if a number is out of its range; names it
     */
    public OnlineRecipe {
      if (inputs < 1 || teachers < 1 || teachers > inputs || width < 1 || snapshots < 1) {
        throw new IllegalArgumentException(
            "inputs %d, teacher neurons %d, width %d and snapshots %d must be at least 1, and there are at most as many orthogonal teacher neurons as inputs"
                .formatted(inputs, teachers, width, snapshots));
      }
      if (!(noise >= 0 && noise <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("noise must be a number from 0 on, not " + noise);
      }
      if (!(rate > 0 && rate <= Double.MAX_VALUE && time > 0 && time <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "rate %s and time %s must be numbers above 0".formatted(rate, time));
      }
      if (steps(inputs, width, rate, time) < 2L * snapshots) {
        throw new IllegalArgumentException(
            "%d snapshots of the second half of %d steps are too many"
                .formatted(snapshots, steps(inputs, width, rate, time)));
      }
    }

    private static long steps(int inputs, int width, double rate, double time) {
      return (long) Math.ceil(time * width * inputs / rate);
    }

    /** Number of samples. */
    public long steps() {
      return steps(inputs, width, rate, time);
    }

    /** This recipe for another width. */
    public OnlineRecipe withWidth(int other) {
      return new OnlineRecipe(inputs, teachers, other, noise, rate, time, snapshots);
    }

    /** This recipe with other noise. */
    public OnlineRecipe withNoise(double other) {
      return new OnlineRecipe(inputs, teachers, width, other, rate, time, snapshots);
    }

    /** This recipe with another rate, for as long a time and so fewer or more steps. */
    public OnlineRecipe withRate(double other) {
      return new OnlineRecipe(inputs, teachers, width, noise, other, time, snapshots);
    }
  }
}
