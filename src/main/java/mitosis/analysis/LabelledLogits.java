package mitosis.analysis;

/** Which images a network's outputs misread. */
final class LabelledLogits {

  private LabelledLogits() {}

  /**
   * Notes the images that are misread; see {@link mitosis.representation.Readout} for what the
   * outputs say.
   *
   * @param logits K x B outputs
   * @param labels B labels
   * @param misread overwritten: for each of the B images, 1 if it is misread, else 0
   */
  static void note(double[][] logits, int[] labels, int[] misread) {
    if (logits.length == 1) {
      noteSigns(logits[0], labels, misread);
    } else {
      noteClasses(logits, labels, misread);
    }
  }

  private static void noteSigns(double[] logits, int[] labels, int[] misread) {
    for (int image = 0; image < labels.length; image++) {
      int sign = logits[image] > 0 ? 1 : -1;
      misread[image] = sign == labels[image] ? 0 : 1;
    }
  }

  private static void noteClasses(double[][] logits, int[] labels, int[] misread) {
    for (int image = 0; image < labels.length; image++) {
      int best = 0;
      for (int output = 1; output < logits.length; output++) {
        if (logits[output][image] > logits[best][image]) {
          best = output;
        }
      }
      misread[image] = best == labels[image] ? 0 : 1;
    }
  }
}
