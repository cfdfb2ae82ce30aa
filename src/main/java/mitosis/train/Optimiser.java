package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a gradient moves a parameter. The updates are PyTorch's, under any change of the rate. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "optimiser")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Optimiser.Sgd.class, name = "sgd"),
  @JsonSubTypes.Type(value = Optimiser.Adam.class, name = "adam")
})
public sealed interface Optimiser {

  /** λ, at least 0; 0 where there is none. */
  double weightDecay();

  /**
   * This optimiser with another weight decay.
   *
   * @throws IllegalArgumentException if it has none, and should have some
   */
  Optimiser withWeightDecay(double other);

  /**
   * Names of the arrays that are remembered for each parameter: of its shape, and zero at first.
   */
  @JsonIgnore
  List<String> memory();

  /**
   * Moves a parameter in place.
   *
   * @param parameter changed
   * @param gradient may be changed
   * @param memory one array for each name in {@link #memory()}, changed
   * @param rate learning rate
   * @param step 1-based number of this step since training began
   * @param scalars of the training
   */
  void update(
      NDArray parameter,
      NDArray gradient,
      List<NDArray> memory,
      double rate,
      long step,
      Scalars scalars);

  /**
   * Moves a parameter on the heap in place, by the same arithmetic in the same order.
   *
   * @param parameter changed
   * @param gradient as long as the parameter, or longer
   * @param memory one array for each name in {@link #memory()}, changed
   * @param rate learning rate
   * @param step 1-based number of this step since training began
   */
  void update(float[] parameter, float[] gradient, List<float[]> memory, double rate, long step);

  /**
   * Stochastic gradient descent: v ← m·v + g + λ·p, then p ← p − rate·v. The rate stands outside
   * the velocity, so that a change of it acts at once.
   *
   * @param momentum m, 0…1
   * @param weightDecay λ, at least 0, on every parameter, offsets and BatchNorm included
   */
  record Sgd(double momentum, double weightDecay) implements Optimiser {

    @Override
    public Sgd withWeightDecay(double other) {
      return new Sgd(momentum, other);
    }

    @Override
    public List<String> memory() {
      return List.of("velocity");
    }

    @Override
    public void update(
        NDArray parameter,
        NDArray gradient,
        List<NDArray> memory,
        double rate,
        long step,
        Scalars scalars) {
      NDArray velocity = memory.get(0);
      velocity.muli(scalars.of(momentum)).addi(gradient);
      if (weightDecay != 0) {
        velocity.addi(parameter.mul(scalars.of(weightDecay)));
      }
      parameter.subi(velocity.mul(scalars.of(rate)));
    }

    @Override
    public void update(
        float[] parameter, float[] gradient, List<float[]> memory, double rate, long step) {
      float[] velocity = memory.get(0);
      float kept = (float) momentum;
      float decay = (float) weightDecay;
      float pace = (float) rate;
      for (int i = 0; i < parameter.length; i++) {
        float moved = kept * velocity[i] + gradient[i] + decay * parameter[i];
        velocity[i] = moved;
        parameter[i] -= pace * moved;
      }
    }
  }

  /**
   * Adam (Kingma and Ba 2015) without weight decay.
   *
   * @param beta1 decay of the mean gradient, usually 0.9
   * @param beta2 decay of the mean squared gradient, usually 0.999
   * @param epsilon added to the root, usually 1e-8
   */
  record Adam(double beta1, double beta2, double epsilon) implements Optimiser {

    @Override
    @JsonIgnore
    public double weightDecay() {
      return 0;
    }

    @Override
    public Adam withWeightDecay(double other) {
      if (other != 0) {
        throw new IllegalArgumentException(
            "Adam has no weight decay here, it cannot be %s; take sgd".formatted(other));
      }
      return this;
    }

    @Override
    public List<String> memory() {
      return List.of("mean", "square");
    }

    @Override
    public void update(
        NDArray parameter,
        NDArray gradient,
        List<NDArray> memory,
        double rate,
        long step,
        Scalars scalars) {
      NDArray mean = memory.get(0);
      NDArray square = memory.get(1);
      mean.muli(scalars.of(beta1)).addi(gradient.mul(scalars.of(1 - beta1)));
      square.muli(scalars.of(beta2)).addi(gradient.square().muli(scalars.of(1 - beta2)));
      double correction1 = 1 - Math.pow(beta1, step);
      double correction2 = 1 - Math.pow(beta2, step);
      NDArray root =
          square.sqrt().divi(scalars.of(Math.sqrt(correction2))).addi(scalars.of(epsilon));
      parameter.subi(mean.div(root).muli(scalars.of(rate / correction1)));
    }

    @Override
    public void update(
        float[] parameter, float[] gradient, List<float[]> memory, double rate, long step) {
      float[] mean = memory.get(0);
      float[] square = memory.get(1);
      float kept1 = (float) beta1;
      float kept2 = (float) beta2;
      float new1 = (float) (1 - beta1);
      float new2 = (float) (1 - beta2);
      float small = (float) epsilon;
      float root2 = (float) Math.sqrt(1 - Math.pow(beta2, step));
      float pace = (float) (rate / (1 - Math.pow(beta1, step)));
      for (int i = 0; i < parameter.length; i++) {
        float gradientHere = gradient[i];
        float m = kept1 * mean[i] + new1 * gradientHere;
        float q = kept2 * square[i] + new2 * (gradientHere * gradientHere);
        mean[i] = m;
        square[i] = q;
        parameter[i] -= m / ((float) Math.sqrt(q) / root2 + small) * pace;
      }
    }
  }

  /**
   * Plain numbers as arrays on a device, made once each. The engine lays a plain number into memory
   * of its own at every operation, which it has let go of by the time that the backward pass reads
   * it, and on a GPU it waits for the device each time.
   */
  public static final class Scalars {

    private final NDManager manager;
    private final Map<Float, NDArray> scalars = new HashMap<>();

    /**
     * @param manager owns the arrays; they last as long as it does
     */
    public Scalars(NDManager manager) {
      this.manager = manager;
    }

    /** The array of no dimension that holds a number, rounded to float32. */
    public NDArray of(double value) {
      return scalars.computeIfAbsent(
          (float) value,
          number -> manager.full(new Shape(), number, ai.djl.ndarray.types.DataType.FLOAT32));
    }
  }
}
