package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import mitosis.model.NativeEngine;
import mitosis.train.Optimiser.Scalars;
import org.junit.jupiter.api.Test;

class OptimiserTest {

  private static final double[] START = {1, -2, 0.5};

  /** The rate falls to a tenth at the third step. */
  private static double rate(int step) {
    return step < 3 ? 0.1 : 0.01;
  }

  /** The gradient of no particular function, but not constant. */
  private static double gradient(double parameter, int step) {
    return 0.3 * parameter + 0.1 * Math.cos(step);
  }

  @Test
  void sgd_follows_its_recurrence_when_the_rate_changes() {
    double momentum = 0.9;
    double decay = 0.05;
    double[] expected = START.clone();
    double[] velocity = new double[START.length];
    for (int step = 1; step <= 8; step++) {
      for (int i = 0; i < START.length; i++) {
        velocity[i] = momentum * velocity[i] + gradient(expected[i], step) + decay * expected[i];
        expected[i] -= rate(step) * velocity[i];
      }
    }
    expect(new Optimiser.Sgd(momentum, decay), expected);
  }

  @Test
  void sgd_without_momentum_and_decay_is_gradient_descent() {
    double[] expected = START.clone();
    for (int step = 1; step <= 8; step++) {
      for (int i = 0; i < START.length; i++) {
        expected[i] -= rate(step) * gradient(expected[i], step);
      }
    }
    expect(new Optimiser.Sgd(0, 0), expected);
  }

  /** Algorithm 1 of Kingma and Ba 2015. */
  @Test
  void adam_follows_kingma_and_ba() {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double[] expected = START.clone();
    double[] m = new double[START.length];
    double[] v = new double[START.length];
    for (int step = 1; step <= 8; step++) {
      for (int i = 0; i < START.length; i++) {
        double g = gradient(expected[i], step);
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        double mHat = m[i] / (1 - Math.pow(beta1, step));
        double vHat = v[i] / (1 - Math.pow(beta2, step));
        expected[i] -= rate(step) * mHat / (Math.sqrt(vHat) + epsilon);
      }
    }
    expect(new Optimiser.Adam(beta1, beta2, epsilon), expected);
  }

  private static void expect(Optimiser optimiser, double[] expected) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      float[] start = {(float) START[0], (float) START[1], (float) START[2]};
      NDArray parameter = manager.create(start);
      List<NDArray> memory = new ArrayList<>();
      optimiser.memory().forEach(slot -> memory.add(parameter.zerosLike()));
      for (int step = 1; step <= 8; step++) {
        NDArray gradient = parameter.mul(0.3f).add((float) (0.1 * Math.cos(step)));
        optimiser.update(parameter, gradient, memory, rate(step), step, new Scalars(manager));
      }
      float[] found = parameter.toFloatArray();
      assertThat(onTheHeap(optimiser, start)).as("on the heap, the same bits").isEqualTo(found);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) found[i]).isCloseTo(expected[i], within(2e-6));
      }
    }
  }

  private static float[] onTheHeap(Optimiser optimiser, float[] start) {
    float[] parameter = start.clone();
    List<float[]> memory = new ArrayList<>();
    optimiser.memory().forEach(slot -> memory.add(new float[start.length]));
    for (int step = 1; step <= 8; step++) {
      float[] gradient = new float[start.length];
      for (int i = 0; i < start.length; i++) {
        gradient[i] = parameter[i] * 0.3f + (float) (0.1 * Math.cos(step));
      }
      optimiser.update(parameter, gradient, memory, rate(step), step);
    }
    return parameter;
  }
}
