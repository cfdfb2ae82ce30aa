package mitosis.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The paths of many files, relative to one folder and with {@code /} between their parts: kept as
 * UTF-8 in one array, 40 bytes for each of the 1.28 million training images of ImageNet, where a
 * {@link java.nio.file.Path} or a string each would take several times that.
 */
public final class RelativePaths {

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
