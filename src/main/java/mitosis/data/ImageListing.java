package mitosis.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

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
