package mitosis.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.data.ImageFiles.RelativePaths;

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

  /**
   * The images of a folder, sorted by name: files that end in {@code .JPEG}, {@code .jpg} or {@code
   * .jpeg}, in small or capital letters, and do not begin with a dot. None is opened.
   *
   * @param paths the images, relative to the data set's folder
   * @param sizes bytes of each file
   */
  record ImageListing(RelativePaths paths, long[] sizes) {

    /** What an image's name may end in, in small letters. */
    static final List<String> EXTENSIONS = List.of(".jpeg", ".jpg");

    /**
     * Lists a folder's images, not those of folders inside it.
     *
     * @param root the data set's folder
     * @param folder the folder, relative to the root, with {@code /} between its parts
     * @throws DataException if it cannot be listed
     */
    static ImageListing of(Path root, String folder) {
      Map<String, Long> sizes = new TreeMap<>();
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(root.resolve(folder), ImageListing::isNamedAsImage)) {
        for (Path entry : entries) {
          BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
          if (attributes.isRegularFile()) {
            sizes.put(folder + "/" + entry.getFileName(), attributes.size());
          }
        }
      } catch (DirectoryIteratorException e) {
        throw unlistable(root.resolve(folder), e.getCause());
      } catch (IOException e) {
        throw unlistable(root.resolve(folder), e);
      }
      return new ImageListing(
          RelativePaths.of(List.copyOf(sizes.keySet())),
          sizes.values().stream().mapToLong(Long::longValue).toArray());
    }

    private static boolean isNamedAsImage(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return !name.startsWith(".") && EXTENSIONS.stream().anyMatch(name::endsWith);
    }

    /**
     * The names of the folders inside a folder, sorted, without those that begin with a dot.
     *
     * @throws DataException if it cannot be listed
     */
    static List<String> folders(Path folder) {
      TreeSet<String> names = new TreeSet<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
        for (Path entry : entries) {
          String name = entry.getFileName().toString();
          if (!name.startsWith(".")) {
            names.add(name);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw unlistable(folder, e.getCause());
      } catch (IOException e) {
        throw unlistable(folder, e);
      }
      return List.copyOf(names);
    }

    private static DataException unlistable(Path folder, IOException cause) {
      return new DataException(
          "%s cannot be listed (%s); check that it exists and may be read".formatted(folder, cause),
          cause);
    }

    /** The images of each listing, one listing after the other. */
    static ImageListing joined(List<ImageListing> listings) {
      List<RelativePaths> paths = new ArrayList<>(listings.size());
      listings.forEach(listing -> paths.add(listing.paths));
      return new ImageListing(
          RelativePaths.joined(paths),
          listings.stream().flatMapToLong(listing -> Arrays.stream(listing.sizes)).toArray());
    }

    /**
     * Some of the images.
     *
     * @param indices which, in the order to keep them in
     */
    ImageListing select(int[] indices) {
      return new ImageListing(
          paths.select(indices), Arrays.stream(indices).mapToLong(i -> sizes[i]).toArray());
    }

    /** Number of images. */
    int count() {
      return sizes.length;
    }
  }

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

  /**
   * A file that says which class each test image is of, a line an image: the image's name, a tab
   * (or spaces, in a file without tabs), the class's name, and possibly more, which is ignored (the
   * boxes of Tiny ImageNet).
   *
   * @param file where it stands in
   * @param entries class and line by image
   */
  record Annotations(Path file, Map<String, Entry> entries) {

    /**
     * Where the file is looked for, relative to the data set's folder: the first of them counts.
     */
    static final List<String> PLACES =
        List.of("val/val_annotations.txt", "val/val.txt", "val_annotations.txt", "val.txt");

    /**
     * What one line says.
     *
     * @param name the class's name
     * @param line the line's number, from 1
     */
    record Entry(String name, int line) {}

    /**
     * Reads the annotations of a data set.
     *
     * @param root the data set's folder
     * @return empty if there is no such file
     * @throws DataException if the file cannot be read, a line does not name a class, or an image
     *     stands there twice
     */
    static Optional<Annotations> find(Path root) {
      return PLACES.stream()
          .map(root::resolve)
          .filter(Files::isRegularFile)
          .findFirst()
          .map(Annotations::read);
    }

    private static Annotations read(Path file) {
      List<String> lines;
      try (Stream<String> read = Files.lines(file, StandardCharsets.UTF_8)) {
        lines = read.toList();
      } catch (IOException | UncheckedIOException e) {
        throw new DataException(
            "%s cannot be read as text (%s); fetch it again".formatted(file, e), e);
      }
      Map<String, Entry> entries = new HashMap<>();
      for (int k = 0; k < lines.size(); k++) {
        String line = lines.get(k);
        if (line.isBlank()) {
          continue;
        }
        String[] columns = line.split(line.contains("\t") ? "\t" : " +");
        if (columns.length < 2 || columns[0].isBlank() || columns[1].isBlank()) {
          throw new DataException(
              "%s, line %d: '%s' is not the name of an image and that of its class, separated by a tab; fetch the file again"
                  .formatted(file, k + 1, line));
        }
        Entry before = entries.put(columns[0], new Entry(columns[1].strip(), k + 1));
        if (before != null) {
          throw new DataException(
              "%s, line %d: %s stands in line %d already; leave one of the two"
                  .formatted(file, k + 1, columns[0], before.line()));
        }
      }
      return new Annotations(file, entries);
    }
  }
}
