package mitosis.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The Python form: a pickled dictionary of the array {@code data}, images x pixels, and a list for
 * each kind of label.
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

  private static int[] labels(Map<?, ?> batch, LabelColumn column, int images) throws DamagedFile {
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
