package mitosis.train;

/** How training images are changed, anew in every epoch, before a network sees them. */
public enum Augmentation {
  /** Not at all. */
  NONE,
  /**
   * A square of the image's size out of the image with 4 pixels mirrored at each border, and every
   * second one, by chance, flipped from left to right.
   */
  CROP_AND_FLIP,
  /**
   * A rectangle of 8 to 100 % of the area and sides of 3:4 to 4:3, scaled to the input's size, and
   * every second one, by chance, flipped from left to right.
   */
  RESIZED_CROP_AND_FLIP
}
