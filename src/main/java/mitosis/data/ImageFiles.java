package mitosis.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Labelled images that stay in their files until they are needed, each to be cut to a square of
 * {@code side} pixels by a {@link CropRule}. It is a description alone: no file has been opened for
 * it. {@link ImageStream} reads the images.
 *
 * <p>The array is kept, not copied; whoever hands it over must not change it.
 *
 * @param folder the data set's folder
 * @param paths the images, relative to the folder, sorted by class, then by name
 * @param labels one per image, its class's place in {@code classes}
 * @param classes names of the classes, sorted, at least two
 * @param side pixels along an edge of what is cut from an image, at least 2
 * @param normalisation what a network sees of the three channels
 */
public record ImageFiles(
    Path folder,
    RelativePaths paths,
    int[] labels,
    List<String> classes,
    int side,
    Normalisation normalisation)
    implements Examples {

  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /**
   * @throws IllegalArgumentException if there is no image, there are not as many labels as paths, a
   *     label is not that of a class, or the side or the channels are out of range
   */
  public ImageFiles {
    classes = List.copyOf(classes);
    if (labels.length < 1 || labels.length != paths.count()) {
      throw new IllegalArgumentException(
          "%d labels for %d images in %s".formatted(labels.length, paths.count(), folder));
    }
    if (classes.size() < 2 || side < 2 || normalisation.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "%d classes, a side of %d and %d channels; expected at least 2, at least 2, and %d"
              .formatted(classes.size(), side, normalisation.channels(), CHANNELS));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "label of %s is %d, expected 0…%d"
                .formatted(paths.get(i), labels[i], classes.size() - 1));
      }
    }
  }

  @Override
  public int count() {
    return labels.length;
  }

  /**
   * Some of the images, spread evenly over the classes: in rounds over the sorted classes, each
   * round takes the next image of each class that still has one, until there are enough. They then
   * stand in the order in which they stand here.
   *
   * @param count from 1 to {@link #count()}
   */
  public ImageFiles first(int count) {
    int[] seen = new int[classes.size()];
    int[] round = new int[labels.length];
    int[] perRound = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      round[i] = seen[labels[i]]++;
      perRound[round[i]]++;
    }
    int whole = 0;
    int left = count;
    while (whole < perRound.length && left >= perRound[whole]) {
      left -= perRound[whole++];
    }
    // Of the round that is not whole, the first classes.
    int[] chosen = new int[count];
    int next = 0;
    for (int i = 0; i < labels.length && next < count; i++) {
      if (round[i] < whole || round[i] == whole && left-- > 0) {
        chosen[next++] = i;
      }
    }
    return new ImageFiles(
        folder,
        paths.select(chosen),
        Arrays.stream(chosen).map(i -> labels[i]).toArray(),
        classes,
        side,
        normalisation);
  }

  /** Bytes that an image takes once it is cut: {@code 3 x side x side}. */
  public int bytesPerImage() {
    return CHANNELS * side * side;
  }

  /**
   * An image's file.
   *
   * @param image 0…{@code count() - 1}
   */
  public Path file(int image) {
    return folder.resolve(paths.get(image));
  }
}
