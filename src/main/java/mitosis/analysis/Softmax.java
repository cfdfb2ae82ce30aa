package mitosis.analysis;

/** The probabilities that several outputs stand for: e^z_k / Σ e^z_j. */
final class Softmax {

  private Softmax() {}

  /**
   * log Σ e^z_k, safe from overflow.
   *
   * @param logits K x N
   * @param image one of the N
   */
  static double logarithmOfSum(double[][] logits, int image) {
    double largest = logits[0][image];
    for (double[] output : logits) {
      largest = Math.max(largest, output[image]);
    }
    double sum = 0;
    for (double[] output : logits) {
      sum += Math.exp(output[image] - largest);
    }
    return largest + Math.log(sum);
  }

  /**
   * The probabilities of all images.
   *
   * @param logits K x N; not modified
   * @return K x N
   */
  static double[][] probabilities(double[][] logits) {
    double[][] probabilities = new double[logits.length][logits[0].length];
    for (int image = 0; image < logits[0].length; image++) {
      double logarithm = logarithmOfSum(logits, image);
      for (int output = 0; output < logits.length; output++) {
        probabilities[output][image] = Math.exp(logits[output][image] - logarithm);
      }
    }
    return probabilities;
  }
}
