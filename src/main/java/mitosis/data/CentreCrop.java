package mitosis.data;

/**
 * The crop of test images: the shorter edge is resized to {@code side · 256/224}, and the middle
 * taken (Krizhevsky, Sutskever and Hinton 2012; the same pixels as {@code Resize(256)} and {@code
 * CenterCrop(224)} of torchvision).
 */
public record CentreCrop() implements CropRule {

  private static final double MARGIN = 256.0 / 224;

  @Override
  public Crop crop(int image, int width, int height, int side) {
    long shorter = Math.round(side * MARGIN);
    int edge = Math.min(width, height);
    int resizedWidth = (int) (shorter * width / edge);
    int resizedHeight = (int) (shorter * height / edge);
    return new Crop(
        0,
        0,
        width,
        height,
        resizedWidth,
        resizedHeight,
        middle(resizedWidth, side),
        middle(resizedHeight, side),
        false);
  }

  /** Half of an odd margin goes to the even number of pixels, as Python rounds. */
  private static int middle(int length, int side) {
    return (int) Math.rint((length - side) / 2.0);
  }
}
