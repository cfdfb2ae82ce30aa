package mitosis.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The files of one split, sorted by class, then by name.
 *
 * @param files the images and their sizes
 * @param labels one per image, its class's place among the sorted classes
 */
record LabelledFiles(ImageListing files, int[] labels) {

  /** Adds path, size and class of each file, separated by tabs, a line each. */
  void update(MessageDigest digest, List<String> classes) {
    for (int i = 0; i < labels.length; i++) {
      String line =
          files.paths().get(i) + "\t" + files.sizes()[i] + "\t" + classes.get(labels[i]) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
