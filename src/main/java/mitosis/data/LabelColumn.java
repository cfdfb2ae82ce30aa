package mitosis.data;

/**
 * One of the labels that each image of a batch has.
 *
 * @param name in the singular, such as {@code fine label}
 * @param classes how many there are; a label is 0 to {@code classes} − 1
 */
record LabelColumn(String name, int classes) {

  /** Under which the labels of all images are pickled. */
  String key() {
    return name.replace(' ', '_') + "s";
  }

  /**
   * @param image that has the label, from 0
   * @throws DamagedFile if there is no such class
   */
  void check(int image, long label) throws DamagedFile {
    if (label < 0 || label >= classes) {
      throw new DamagedFile(
          "is damaged: the %s of image %d (from 0) is %d, expected 0 to %d"
              .formatted(name, image, label, classes - 1));
    }
  }
}
