package mitosis.train;

/**
 * How a student is trained on fresh samples of a teacher, each seen once.
 *
 * <p>The teacher is Σ_m g(u_m·x/√D) with M orthogonal neurons of length √D, and the label is its
 * output plus noise σζ. The student is (1/K)·Σ_k a_k·g(w_k·x/√D). Both layers are trained by plain
 * gradient descent on half the squared error Δ²/2 of one sample, with a rate α that does not depend
 * on the width K:
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
 * mean-field limit. With a step that stays the same at every width the distance from the limit does
 * not vanish: such students are a control that claim C17 must reject.
 *
 * @param inputs D
 * @param teachers M, at most D
 * @param width K
 * @param noise σ, the deviation of the noise in the labels; at least 0
 * @param rate α
 * @param time t, how long is trained
 * @param snapshots how many students are kept, evenly spaced over the second half of training, the
 *     last at its end
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

  /** The same recipe for another width. */
  public OnlineRecipe withWidth(int other) {
    return new OnlineRecipe(inputs, teachers, other, noise, rate, time, snapshots);
  }

  /** The same recipe with other noise. */
  public OnlineRecipe withNoise(double other) {
    return new OnlineRecipe(inputs, teachers, width, other, rate, time, snapshots);
  }

  /** The same recipe with another rate, for as long a time and so fewer or more steps. */
  public OnlineRecipe withRate(double other) {
    return new OnlineRecipe(inputs, teachers, width, noise, other, time, snapshots);
  }
}
