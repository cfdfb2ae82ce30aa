package mitosis.representation;

/**
 * The last hidden layer of one trained network: what it makes of the test and of the training
 * images, and how its outputs are read from it.
 *
 * @param name what to call it in messages and reports, for example {@code pmnist-fc5 W=256 seed 3}
 * @param test activities and labels of the test images, W neurons
 * @param train activities and labels of the training images, the same W neurons
 * @param readout from W neurons to K outputs
 */
public record Representation(String name, Split test, Split train, Readout readout) {

  /**
   * @throws IllegalArgumentException if test, train and readout differ in width, or if a label is
   *     not one that the readout knows
   */
  public Representation {
    requireReadable(name, "test", test, readout);
    requireReadable(name, "train", train, readout);
  }

  private static void requireReadable(String name, String set, Split split, Readout readout) {
    if (split.width() != readout.width()) {
      throw new IllegalArgumentException(
          "%s: %s activities have %d neurons, but the readout reads %d"
              .formatted(name, set, split.width(), readout.width()));
    }
    for (int image = 0; image < split.images(); image++) {
      if (!readout.knows(split.labels()[image])) {
        throw new IllegalArgumentException(
            "%s: label of %s image %d is %d, but a readout of %d row(s) knows %s"
                .formatted(
                    name,
                    set,
                    image,
                    split.labels()[image],
                    readout.outputs(),
                    readout.outputs() == 1 ? "-1 and 1" : "0 to " + (readout.outputs() - 1)));
      }
    }
  }

  /**
   * Some of its neurons alone, with their part of the readout.
   *
   * @param neurons each from 0 to W−1, at least one
   */
  public Representation of(int[] neurons) {
    return new Representation(name, test.of(neurons), train.of(neurons), readout.of(neurons));
  }

  /** The number W of neurons of the layer. */
  public int width() {
    return readout.width();
  }
}
