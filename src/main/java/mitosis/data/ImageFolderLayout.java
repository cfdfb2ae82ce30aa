package mitosis.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the images of an {@link ImageFolder} and their classes, and refuses a folder where they do
 * not go together.
 *
 * @param classes names of the classes, sorted
 * @param train the images of {@code train/}
 * @param test the images of {@code val/}
 */
record ImageFolderLayout(List<String> classes, LabelledFiles train, LabelledFiles test) {

  private static final String TRAIN = "train";
  private static final String VAL = "val";
  private static final String IMAGES = "images";
  private static final int NAMED = 3;
  private static final String LAYOUT =
      "an image folder holds train/CLASS/*.JPEG and val/CLASS/*.JPEG";

  /**
   * Lists a folder, its classes in parallel.
   *
   * @throws DataException as {@link ImageFolder#list}
   */
  static ImageFolderLayout of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "%s is not a folder; name the one that holds train/ and val/"
              .formatted(folder.toAbsolutePath()));
    }
    requireFolder(folder, TRAIN);
    requireFolder(folder, VAL);
    List<String> classes = ImageListing.folders(folder.resolve(TRAIN));
    if (classes.size() < 2) {
      throw new DataException(
          "%s holds %s; a task needs at least two, and %s"
              .formatted(
                  folder.resolve(TRAIN),
                  classes.isEmpty() ? "no class" : "one class alone, " + classes.get(0),
                  LAYOUT));
    }
    return new ImageFolderLayout(
        classes, ofClassFolders(folder, TRAIN, classes), test(folder, classes));
  }

  private static void requireFolder(Path folder, String name) {
    if (!Files.isDirectory(folder.resolve(name))) {
      List<String> found = ImageListing.folders(folder);
      throw new DataException(
          "%s has no folder %s/; found there: %s; %s"
              .formatted(folder, name, found.isEmpty() ? "no folder" : firstOf(found), LAYOUT));
    }
  }

  private static LabelledFiles ofClassFolders(Path folder, String split, List<String> classes) {
    List<ImageListing> listings =
        classes.parallelStream().map(name -> imagesIn(folder, split + "/" + name)).toList();
    List<String> empty =
        IntStream.range(0, classes.size())
            .filter(k -> listings.get(k).count() == 0)
            .mapToObj(classes::get)
            .toList();
    if (!empty.isEmpty()) {
      throw new DataException(
          "%d of the %d classes in %s have no image (%s): %s; fetch them again, or delete their folders in train/ and val/"
              .formatted(
                  empty.size(),
                  classes.size(),
                  folder.resolve(split),
                  String.join(", ", ImageListing.EXTENSIONS),
                  firstOf(empty)));
    }
    ImageListing files = ImageListing.joined(listings);
    int[] labels = new int[files.count()];
    int next = 0;
    for (int k = 0; k < listings.size(); k++) {
      Arrays.fill(labels, next, next + listings.get(k).count(), k);
      next += listings.get(k).count();
    }
    return new LabelledFiles(files, labels);
  }

  /** The images in a folder itself, or else in its folder {@code images}. */
  private static ImageListing imagesIn(Path root, String folder) {
    ImageListing direct = ImageListing.of(root, folder);
    String inner = folder + "/" + IMAGES;
    return direct.count() == 0 && Files.isDirectory(root.resolve(inner))
        ? ImageListing.of(root, inner)
        : direct;
  }

  private static LabelledFiles test(Path folder, List<String> classes) {
    ImageListing flat = imagesIn(folder, VAL);
    List<String> found = ImageListing.folders(folder.resolve(VAL));
    if (flat.count() > 0) {
      if (found.stream().anyMatch(name -> !name.equals(IMAGES))) {
        throw new DataException(
            "%s holds %d images without folders for their classes beside folders (%s); leave either the ones or the others"
                .formatted(folder.resolve(VAL), flat.count(), firstOf(found)));
      }
      return annotated(folder, classes, flat);
    }
    requireSame(folder, classes, found);
    return ofClassFolders(folder, VAL, classes);
  }

  private static void requireSame(Path folder, List<String> classes, List<String> found) {
    List<String> untested = without(classes, found);
    List<String> untrained = without(found, classes);
    if (!untested.isEmpty() || !untrained.isEmpty()) {
      throw new DataException(
          "%s: the classes of train/ and val/ differ: in train/ alone: %d (%s); in val/ alone: %d (%s); give both the same"
              .formatted(
                  folder,
                  untested.size(),
                  firstOf(untested),
                  untrained.size(),
                  firstOf(untrained)));
    }
  }

  private static List<String> without(List<String> names, List<String> others) {
    TreeSet<String> rest = new TreeSet<>(names);
    rest.removeAll(new TreeSet<>(others));
    return List.copyOf(rest);
  }

  private static LabelledFiles annotated(Path folder, List<String> classes, ImageListing flat) {
    Annotations annotations =
        Annotations.find(folder)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s holds %d images without folders for their classes, and no file says what they are: put them into val/CLASS/, or fetch one of %s"
                            .formatted(
                                folder.resolve(VAL),
                                flat.count(),
                                String.join(", ", Annotations.PLACES))));
    Map<String, Annotations.Entry> rest = new TreeMap<>(annotations.entries());
    int[] labels = new int[flat.count()];
    for (int i = 0; i < labels.length; i++) {
      String path = flat.paths().get(i);
      Annotations.Entry entry = rest.remove(path.substring(path.lastIndexOf('/') + 1));
      if (entry == null) {
        throw new DataException(
            "%s does not name %s; fetch it again, or delete the image"
                .formatted(annotations.file(), path));
      }
      labels[i] = Collections.binarySearch(classes, entry.name());
      if (labels[i] < 0) {
        throw new DataException(
            "%s, line %d: '%s' is not a class of train/, which has %s"
                .formatted(annotations.file(), entry.line(), entry.name(), firstOf(classes)));
      }
    }
    if (!rest.isEmpty()) {
      throw new DataException(
          "%s: %d of the images it names are not in %s: %s; fetch them again"
              .formatted(
                  annotations.file(),
                  rest.size(),
                  folder.resolve(VAL),
                  firstOf(List.copyOf(rest.keySet()))));
    }
    requireSame(folder, classes, Arrays.stream(labels).distinct().mapToObj(classes::get).toList());
    int[] sorted =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> labels[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new LabelledFiles(
        flat.select(sorted), Arrays.stream(sorted).map(i -> labels[i]).toArray());
  }

  private static String firstOf(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    return names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (names.size() > NAMED ? ", …" : "");
  }
}
