package mitosis.data;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mitosis.data.DataException.DamagedFile;
import mitosis.data.Examples.Images;
import mitosis.data.Examples.Normalisation;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;

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

  /**
   * Reads what Python 2 pickles, in protocol 2, of a dictionary with lists and NumPy arrays of
   * unsigned bytes, and nothing else. It may name the three functions and types that an array
   * needs.
   */
  static final class BatchPickle extends RestrictedUnpickler {

    private static final Map<String, Object> GLOBALS =
        Map.of(
            "numpy.core.multiarray._reconstruct", Mark.RECONSTRUCT,
            "numpy.ndarray", Mark.NDARRAY,
            "numpy.dtype", Mark.DTYPE);

    /** What stands on the stack for Python's functions, types and objects under construction. */
    private enum Mark {
      /** Called with the type of array, and a shape and a type of element that don't count. */
      RECONSTRUCT,
      NDARRAY,
      /** Called with the name of the type and how it is aligned and copied. */
      DTYPE,
      /** An array that is to get its state: version, shape, type, whether column-major, bytes. */
      NEW_ARRAY,
      /** The type of unsigned bytes; its state says nothing more. */
      UNSIGNED_BYTE
    }

    /**
     * A matrix of unsigned bytes.
     *
     * @param bytes row-major, {@code rows x columns}
     */
    record Bytes(int rows, int columns, byte[] bytes) {}

    /**
     * Turns the end of the stream, which the library takes for any failure, into an exception of
     * its own.
     */
    private static final class Unended extends FilterInputStream {

      Unended(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        return come(super.read());
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return come(super.read(bytes, offset, length));
      }

      private static int come(int read) throws EOFException {
        if (read < 0) {
          throw new EOFException("its pickle has no end");
        }
        return read;
      }
    }

    private final InputStream batch;

    /** The most that one string, hence one array, may hold. */
    private final int largest;

    private BatchPickle(InputStream batch, int largest) {
      super(Set.of(Opcodes.SHORT_BINSTRING));
      this.batch = batch;
      this.largest = largest;
    }

    /**
     * Reads a pickle.
     *
     * @param in goes on behind it, perhaps
     * @param images how many the batch holds
     * @return numbers, strings, lists and {@link Bytes} by their keys
     * @throws DamagedFile if it needs more than a batch does, or is damaged
     * @throws IOException if the stream ends or fails
     */
    static Map<?, ?> read(InputStream in, int images) throws IOException {
      try {
        return (Map<?, ?>) new BatchPickle(in, images * Cifar.PIXELS).load(new Unended(in));
      } catch (RuntimeException e) {
        // The library meets a damaged pickle with whatever exception it runs into.
        throw new DamagedFile("holds a damaged pickle: " + e, e);
      }
    }

    @Override
    protected void other(short opcode) throws IOException {
      switch (opcode) {
        case Opcodes.BINSTRING -> stack.add(pixels());
        case Opcodes.BUILD -> {
          Object[] state = (Object[]) stack.pop();
          stack.add(built((Mark) stack.pop(), state));
        }
        default ->
            throw new DamagedFile(
                "holds a pickle with opcode 0x%02x, which no published batch needs; nothing was run"
                    .formatted(opcode));
      }
    }

    /** The library would make a string of them, of as many characters as the pickle says. */
    private byte[] pixels() throws IOException {
      int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, 4));
      if (length < 0 || length > largest) {
        throw new DamagedFile(
            "is damaged: it announces %d bytes of pixels, expected %d"
                .formatted(Integer.toUnsignedLong(length), largest));
      }
      byte[] bytes = new byte[length];
      int got = batch.readNBytes(bytes, 0, length);
      if (got < length) {
        throw new DamagedFile(
            "is cut short: %d of %d bytes of pixels are %d whole images and %d bytes of the next"
                .formatted(got, length, got / Cifar.PIXELS, got % Cifar.PIXELS));
      }
      return bytes;
    }

    @Override
    protected Object global(String name) throws DamagedFile {
      Object known = GLOBALS.get(name);
      if (known == null) {
        throw new DamagedFile(
            "holds a pickle that names %s, which no published batch needs; nothing was run"
                .formatted(name));
      }
      return known;
    }

    @Override
    protected Object call(Object function, Object[] arguments) throws DamagedFile {
      if (function == Mark.RECONSTRUCT && arguments[0] == Mark.NDARRAY) {
        return Mark.NEW_ARRAY;
      }
      if (function == Mark.DTYPE && arguments[0].equals("u1")) {
        return Mark.UNSIGNED_BYTE;
      }
      throw new DamagedFile(
          "holds a pickled %s of '%s', expected an array of unsigned bytes"
              .formatted(function, arguments[0]));
    }

    private static Object built(Mark made, Object[] state) throws DamagedFile {
      if (made == Mark.UNSIGNED_BYTE) {
        return made;
      }
      if (made != Mark.NEW_ARRAY || state[2] != Mark.UNSIGNED_BYTE) {
        throw new DamagedFile("holds an array that isn't one of unsigned bytes");
      }
      Object[] shape = (Object[]) state[1];
      int rows = (Integer) shape[0];
      int columns = (Integer) shape[1];
      byte[] bytes = (byte[]) state[4];
      if (shape.length != 2 || rows < 0 || (long) rows * columns != bytes.length) {
        throw new DamagedFile(
            "is damaged: %d bytes for an array of shape %s"
                .formatted(bytes.length, Arrays.toString(shape)));
      }
      boolean columnMajor = (Boolean) state[3];
      return new Bytes(rows, columns, columnMajor ? transposed(bytes, rows, columns) : bytes);
    }

    private static byte[] transposed(byte[] columnMajor, int rows, int columns) {
      byte[] rowMajor = new byte[columnMajor.length];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          rowMajor[row * columns + column] = columnMajor[column * rows + row];
        }
      }
      return rowMajor;
    }
  }
}
