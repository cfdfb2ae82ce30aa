package mitosis.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import mitosis.data.DataException.DamagedFile;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;

/**
 * A file of images of one form of a dataset.
 *
 * @param file its name
 * @param images how many it holds
 * @param md5 of the published file
 */
record CifarBatch(String file, int images, String md5) {

  /** Reads a batch in one of the forms in which it is published. */
  interface BatchReader {

    /** The labels of each image, the last of them the class to learn. */
    List<LabelColumn> columns();

    /**
     * Reads a whole batch, up to the end of the stream, and checks all of its labels.
     *
     * @param in the batch's content
     * @param wanted gets its images
     * @throws DamagedFile if it is cut short or goes on too long, a label is out of range, or it
     *     isn't of this form at all
     * @throws IOException if the stream fails
     */
    void read(InputStream in, WantedBatch wanted) throws IOException;
  }

  /**
   * The binary form: for each image one byte for each label, then its pixels.
   *
   * @param columns the labels, the last of them the class to learn
   */
  record BinaryBatch(List<LabelColumn> columns) implements BatchReader {

    @Override
    public void read(InputStream in, WantedBatch wanted) throws IOException {
      int images = wanted.batch().images();
      byte[] image = new byte[columns.size() + Cifar.PIXELS];
      for (int i = 0; i < images; i++) {
        int got = in.readNBytes(image, 0, image.length);
        if (got < image.length) {
          throw new DamagedFile(
              "is cut short: %d bytes are %d whole images and %d bytes of the next, expected %d images of %d bytes"
                  .formatted((long) i * image.length + got, i, got, images, image.length));
        }
        int label = -1;
        for (int c = 0; c < columns.size(); c++) {
          label = image[c] & 0xff;
          columns.get(c).check(i, label);
        }
        wanted.keep(i, label, image, columns.size());
      }
      if (in.read() >= 0) {
        throw new DamagedFile(
            "goes on after its %d images of %d bytes".formatted(images, image.length));
      }
    }
  }

  /**
   * The Python form: a pickled dictionary of the array {@code data}, images x pixels, and a list
   * for each kind of label.
   *
   * @param columns the labels, the last of them the class to learn
   */
  record PickledBatch(List<LabelColumn> columns) implements BatchReader {

    @Override
    public void read(InputStream in, WantedBatch wanted) throws IOException {
      int images = wanted.batch().images();
      Map<?, ?> batch = BatchPickle.read(in, images);
      if (in.read() >= 0) {
        throw new DamagedFile("goes on after the end of its pickle");
      }
      byte[] pixels = pixels(batch, images);
      int[] labels = null;
      for (LabelColumn column : columns) {
        labels = labels(batch, column, images);
      }
      for (int i = 0; i < images; i++) {
        wanted.keep(i, labels[i], pixels, i * Cifar.PIXELS);
      }
    }

    private static byte[] pixels(Map<?, ?> batch, int images) throws DamagedFile {
      if (!(batch.get("data") instanceof BatchPickle.Bytes data)) {
        throw new DamagedFile("holds no array 'data', but %s".formatted(batch.keySet()));
      }
      if (data.rows() != images || data.columns() != Cifar.PIXELS) {
        throw new DamagedFile(
            "is damaged: 'data' is an array of %d x %d, expected %d x %d"
                .formatted(data.rows(), data.columns(), images, Cifar.PIXELS));
      }
      return data.bytes();
    }

    private static int[] labels(Map<?, ?> batch, LabelColumn column, int images)
        throws DamagedFile {
      if (!(batch.get(column.key()) instanceof List<?> list)) {
        throw new DamagedFile("holds no list '%s', but %s".formatted(column.key(), batch.keySet()));
      }
      if (list.size() != images) {
        throw new DamagedFile(
            "is damaged: '%s' has %d items, expected one for each of %d images"
                .formatted(column.key(), list.size(), images));
      }
      int[] labels = new int[images];
      for (int i = 0; i < images; i++) {
        if (!(list.get(i) instanceof Integer label)) {
          throw new DamagedFile(
              "is damaged: the %s of image %d (from 0) is '%s', expected a number"
                  .formatted(column.name(), i, list.get(i)));
        }
        column.check(i, label);
        labels[i] = label;
      }
      return labels;
    }
  }

  /**
   * One of the labels that each image of a batch has.
   *
   * @param name in the singular, such as {@code fine label}
   * @param classes how many there are; a label is 0 to {@code classes} − 1
   */
  record LabelColumn(String name, int classes) {

    /** The key under which the labels of all images are pickled. */
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

  /**
   * Room for images that are being read. Filled image by image, then handed over.
   *
   * @param pixels {@link Cifar#PIXELS} bytes an image
   * @param labels one an image
   */
  record KeptImages(byte[] pixels, int[] labels) {

    /**
     * @param images how many there is room for, at least 0
     */
    static KeptImages room(int images) {
      return new KeptImages(new byte[images * Cifar.PIXELS], new int[images]);
    }

    /**
     * Keeps an image, unless it lies behind those there is room for.
     *
     * @param image which one, from 0
     * @param source holds its pixels from {@code offset} on
     */
    void put(int image, int label, byte[] source, int offset) {
      if (image < labels.length) {
        labels[image] = label;
        System.arraycopy(source, offset, pixels, image * Cifar.PIXELS, Cifar.PIXELS);
      }
    }

    /** The images that were read, once there is no room left. */
    Images images(Normalisation normalisation) {
      return new Images(pixels, Cifar.SIDE, labels, normalisation);
    }
  }

  /**
   * A batch that is to be read, and where its images go.
   *
   * @param batch the batch
   * @param kept takes its images
   * @param from the place of its first image in {@code kept}
   */
  record WantedBatch(CifarBatch batch, KeptImages kept, int from) {

    /**
     * Keeps an image.
     *
     * @param image of the batch, from 0
     * @param source holds its pixels from {@code offset} on
     */
    void keep(int image, int label, byte[] source, int offset) {
      kept.put(from + image, label, source, offset);
    }
  }
}
