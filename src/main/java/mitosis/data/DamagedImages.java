package mitosis.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The damaged images of a data set that have been come across. Each is named once, and up to one
 * image in {@value #TOLERATED} is put up with; one more ends the reading, because what is then
 * trained on is not the data set. Keep one for each set, over all its epochs.
 */
public final class DamagedImages {

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
            .map(entry -> "%s (%s)".formatted(files.paths().get(entry.getKey()), entry.getValue()))
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
