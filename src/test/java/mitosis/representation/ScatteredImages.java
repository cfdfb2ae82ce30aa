package mitosis.representation;

import mitosis.data.Dataset;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;

/** Images whose bytes are those of {@code pixel(i)} in {@code src/test/python/torchscript.py}. */
final class ScatteredImages {

  static final int SIDE = 6;

  private ScatteredImages() {}

  /** As many images of one class after the other. */
  static Images of(int count, int side, int classes) {
    byte[] pixels = new byte[count * 3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      int scattered = i * (int) 2654435761L;
      pixels[i] = (byte) ((scattered ^ scattered >>> 15) * (int) 2246822519L >>> 24);
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
    }
    return new Images(
        pixels,
        side,
        labels,
        new Normalisation(new float[] {.5f, .4f, .3f}, new float[] {.2f, .25f, .3f}));
  }

  /** 130 test and 110 training images, which are the first of the same. */
  static Dataset dataset(int side, int classes) {
    return new Dataset("scattered", of(110, side, classes), of(130, side, classes), "made+up");
  }
}
