package mitosis.data;

/** Decides which part of an image is looked at: a pure function of its arguments. */
public sealed interface CropRule permits RandomResizedCrop, CentreCrop {

  /**
   * The crop of one image.
   *
   * @param image the image's index in its data set
   * @param width pixels across, at least 2
   * @param height pixels down, at least 2
   * @param side pixels along an edge of the square to cut, at least 2
   */
  Crop crop(int image, int width, int height, int side);
}
