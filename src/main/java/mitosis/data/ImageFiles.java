package mitosis.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import mitosis.data.Examples.Normalisation;

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

  /**
   * The paths of many files, relative to one folder and with {@code /} between their parts: kept as
   * UTF-8 in one array, 40 bytes for each of the 1.28 million training images of ImageNet, where a
   * {@link java.nio.file.Path} or a string each would take several times that.
   */
  public static final class RelativePaths {

    private final byte[] text;

    /** Where each path ends in {@link #text}. */
    private final int[] ends;

    private RelativePaths(byte[] text, int[] ends) {
      this.text = text;
      this.ends = ends;
    }

    /** Keeps these paths, in this order. */
    public static RelativePaths of(List<String> paths) {
      byte[][] encoded = new byte[paths.size()][];
      int[] ends = new int[paths.size()];
      int length = 0;
      for (int i = 0; i < encoded.length; i++) {
        encoded[i] = paths.get(i).getBytes(StandardCharsets.UTF_8);
        length = Math.addExact(length, encoded[i].length);
        ends[i] = length;
      }
      byte[] text = new byte[length];
      for (int i = 0; i < encoded.length; i++) {
        System.arraycopy(encoded[i], 0, text, ends[i] - encoded[i].length, encoded[i].length);
      }
      return new RelativePaths(text, ends);
    }

    /** The paths of each list, one list after the other. */
    static RelativePaths joined(List<RelativePaths> lists) {
      int length = 0;
      int count = 0;
      for (RelativePaths list : lists) {
        length = Math.addExact(length, list.text.length);
        count += list.ends.length;
      }
      byte[] text = new byte[length];
      int[] ends = new int[count];
      int at = 0;
      int next = 0;
      for (RelativePaths list : lists) {
        System.arraycopy(list.text, 0, text, at, list.text.length);
        for (int end : list.ends) {
          ends[next++] = at + end;
        }
        at += list.text.length;
      }
      return new RelativePaths(text, ends);
    }

    /**
     * Some of the paths.
     *
     * @param indices which, in the order to keep them in, each 0…{@code count() - 1}
     */
    RelativePaths select(int[] indices) {
      int[] selectedEnds = new int[indices.length];
      int length = 0;
      for (int k = 0; k < indices.length; k++) {
        length = Math.addExact(length, ends[indices[k]] - start(indices[k]));
        selectedEnds[k] = length;
      }
      byte[] selected = new byte[length];
      int at = 0;
      for (int k = 0; k < indices.length; k++) {
        System.arraycopy(text, start(indices[k]), selected, at, selectedEnds[k] - at);
        at = selectedEnds[k];
      }
      return new RelativePaths(selected, selectedEnds);
    }

    /** Number of paths. */
    public int count() {
      return ends.length;
    }

    /**
     * One of the paths.
     *
     * @param index 0…{@code count() - 1}
     */
    public String get(int index) {
      return new String(text, start(index), ends[index] - start(index), StandardCharsets.UTF_8);
    }

    private int start(int index) {
      return index == 0 ? 0 : ends[index - 1];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RelativePaths paths
          && Arrays.equals(text, paths.text)
          && Arrays.equals(ends, paths.ends);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(text) + Arrays.hashCode(ends);
    }

    @Override
    public String toString() {
      return ends.length == 0 ? "no path" : "%s and %d more".formatted(get(0), ends.length - 1);
    }
  }

  /**
   * The damaged images of a data set that have been come across. Each is named once, and up to one
   * image in {@value #TOLERATED} is put up with; one more ends the reading, because what is then
   * trained on is not the data set. Keep one for each set, over all its epochs.
   */
  public static final class DamagedImages {

    /** One image in so many may be damaged. */
    static final int TOLERATED = 1000;

    private static final int NAMED = 3;

    private final ImageFiles files;
    private final Consumer<String> warning;
    private final Map<Integer, String> reasons = new LinkedHashMap<>();

    /**
     * @param files the data set
     * @param warning told of each damaged image, once: its file and what is wrong with it
     */
    public DamagedImages(ImageFiles files, Consumer<String> warning) {
      this.files = files;
      this.warning = warning;
    }

    /** How many have been come across. */
    public synchronized int count() {
      return reasons.size();
    }

    /** How many are put up with. */
    int limit() {
      return files.count() / TOLERATED;
    }

    /**
     * Notes a damaged image; nothing happens if it is known.
     *
     * @param image its index
     * @param reason what is wrong with it
     * @throws DataException if there are now more than are put up with
     */
    synchronized void found(int image, String reason) {
      if (reasons.putIfAbsent(image, reason) != null) {
        return;
      }
      if (reasons.size() > limit()) {
        throw tooMany();
      }
      warning.accept(
          "%s is damaged: %s; another image takes its place".formatted(files.file(image), reason));
    }

    private DataException tooMany() {
      String named =
          reasons.entrySet().stream()
              .limit(NAMED)
              .map(
                  entry -> "%s (%s)".formatted(files.paths().get(entry.getKey()), entry.getValue()))
              .collect(Collectors.joining(", "));
      return new DataException(
          ("%d images of %s are damaged, %.2f %% of its %d; at most %d may be, 1 in %d: %s%s; "
                  + "copy the files again from their source, and check the disk")
              .formatted(
                  reasons.size(),
                  files.folder(),
                  100.0 * reasons.size() / files.count(),
                  files.count(),
                  limit(),
                  TOLERATED,
                  named,
                  reasons.size() > NAMED ? " and others" : ""));
    }
  }
}
