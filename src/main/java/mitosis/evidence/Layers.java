package mitosis.evidence;

import mitosis.representation.Representation;

/** Where the layers of networks that differ in their seed alone come from. */
@FunctionalInterface
public interface Layers {

  /** More images than any dataset has. */
  int ALL = Integer.MAX_VALUE;

  /**
   * The last hidden layer of one network. All networks see the same images.
   *
   * @param network 0…S−1
   * @param testImages the first so many test images, or all if there are fewer
   * @param trainImages the first so many training images, or all if there are fewer
   */
  Representation of(int network, int testImages, int trainImages);
}
