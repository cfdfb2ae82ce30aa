package mitosis.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

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
