package mitosis.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import mitosis.data.Datasets.DatasetSource;
import mitosis.data.Examples.Normalisation;
import mitosis.data.ImageDecoder.DamagedImage;
import mitosis.data.ImageDecoder.RgbImage;
import mitosis.data.ImageFolderLayout.Annotations;
import mitosis.data.ImageFolderLayout.LabelledFiles;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A data set in a folder laid out as ImageNet (Russakovsky et al. 2015), listed but not read:
 *
 * <pre>
 *   train/CLASS/*.JPEG     or, as in Tiny ImageNet, train/CLASS/images/*.JPEG
 *   val/CLASS/*.JPEG       the images that test, or:
 *   val/*.JPEG             (or val/images/*.JPEG) with a file that names their classes, {@link Annotations}
 * </pre>
 *
 * <p>A class is a folder's name (in ImageNet a WordNet number such as n01440764). The sorted
 * classes have the labels 0 to K−1, as in torchvision. Folders and files that begin with a dot are
 * passed over, and links are followed.
 */
public final class ImageFolder {

  /** The name that recipes use. */
  public static final String NAME = "imagenet";

  /** Means and deviations of ImageNet's training pixels, as torchvision has them. */
  public static final Normalisation NORMALISATION =
      new Normalisation(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  /** The side of ImageNet's squares. */
  private static final int SIDE = 224;

  /** How many images are opened to find out whether they share a side of their own. */
  private static final int LOOKED_AT = 20;

  private final Path folder;
  private final List<String> classes;
  private final LabelledFiles train;
  private final LabelledFiles test;
  private final String fingerprint;

  private ImageFolder(Path folder, List<String> classes, LabelledFiles train, LabelledFiles test) {
    this.folder = folder;
    this.classes = classes;
    this.train = train;
    this.test = test;
    this.fingerprint = fingerprint(classes, train, test);
  }

  /**
   * Lists a folder, its classes in parallel. No image is opened.
   *
   * @throws DataException if the folder, {@code train/} or {@code val/} is missing, there are fewer
   *     than two classes, a class has no image, the classes of {@code train/} and {@code val/}
   *     differ, or the annotations are missing or do not go with the images
   */
  public static ImageFolder list(Path folder) {
    ImageFolderLayout layout = ImageFolderLayout.of(folder);
    return new ImageFolder(folder, layout.classes(), layout.train(), layout.test());
  }

  private static String fingerprint(List<String> classes, LabelledFiles train, LabelledFiles test) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    train.update(digest, classes);
    test.update(digest, classes);
    return Hex.encodeHexString(digest.digest());
  }

  /** Names of the classes, sorted: a class's place is its label. */
  public List<String> classes() {
    return classes;
  }

  /**
   * The SHA-256 of a line for each training image, then each test image, sorted by class and name:
   * its path in the folder, a tab, its size in bytes, a tab, its class, a line feed. Contents are
   * left out: to read the 150 GB of ImageNet takes longer than many a run, and a file that is
   * missing, cut short, of another version or in another class shows in these lines.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The training images.
   *
   * @param side pixels along an edge of what is cut from them, at least 2
   */
  public ImageFiles train(int side) {
    return described(train, side);
  }

  /**
   * Some of the training images, spread evenly over the classes ({@link ImageFiles#first}).
   *
   * @param side pixels along an edge of what is cut from them, at least 2
   * @param count how many, at least one of each class
   * @throws DataException if there are not so many, or fewer are asked for than there are classes
   */
  public ImageFiles train(int side, int count) {
    ImageFiles all = train(side);
    if (count < classes.size() || count > all.count()) {
      throw new DataException(
          "%d training images are asked for, but %s has %d of %d classes in train/; ask for %d to %d"
              .formatted(count, folder, all.count(), classes.size(), classes.size(), all.count()));
    }
    return all.first(count);
  }

  /**
   * The test images.
   *
   * @param side pixels along an edge of what is cut from them, at least 2
   */
  public ImageFiles test(int side) {
    return described(test, side);
  }

  private ImageFiles described(LabelledFiles split, int side) {
    return new ImageFiles(
        folder, split.files().paths(), split.labels(), classes, side, NORMALISATION);
  }

  /**
   * The side that suits the images: their own if the first {@value #LOOKED_AT} training images are
   * all squares of one size below {@value #SIDE} (64 for Tiny ImageNet), otherwise {@value #SIDE}.
   * Opens these images; a damaged one does not count.
   *
   * @throws DataException if one of them cannot be read
   */
  public int proposedSide() {
    TreeSet<Integer> sides = new TreeSet<>();
    for (int i = 0; i < Math.min(LOOKED_AT, train.labels().length); i++) {
      try {
        RgbImage image = ImageDecoder.decode(folder.resolve(train.files().paths().get(i)));
        sides.add(image.width() == image.height() ? image.width() : SIDE);
      } catch (DamagedImage e) {
        // Left to be named by those who read the images in earnest.
        continue;
      }
    }
    return sides.size() == 1 ? Math.min(SIDE, sides.first()) : SIDE;
  }

  /**
   * The data set, its images at the side that suits them ({@link #proposedSide}).
   *
   * @param first how many training images to take, all if empty; see {@link #train(int, int)}
   * @throws DataException as {@link #proposedSide} and {@link #train(int, int)}
   */
  public Dataset dataset(OptionalInt first) {
    int side = proposedSide();
    ImageFiles some = first.isPresent() ? train(side, first.getAsInt()) : train(side);
    return new Dataset(NAME, some, test(side), fingerprint);
  }

  /** ImageNet, or a part of it, as a folder that its user has got. */
  static final class ImageNetSource implements DatasetSource {

    /** Names that the folder of ImageNet may have, in the order in which they are looked for. */
    private static final List<String> FOLDERS =
        List.of("imagenet", "ILSVRC2012", "tiny-imagenet-200", "tiny-imagenet-20");

    private static final int CLASSES = 1_000;
    private static final int SIDE = 224;
    private static final int TRAINING_IMAGES = 1_281_167;

    /** To list a million files takes seconds, so it is done once a process. */
    private final Map<Path, ImageFolder> listed = new ConcurrentHashMap<>();

    private static Optional<Path> folder(Path dataDir) {
      return FOLDERS.stream().map(dataDir::resolve).filter(Files::isDirectory).findFirst();
    }

    private ImageFolder list(Path dataDir) {
      return listed.computeIfAbsent(
          folder(dataDir)
              .orElseThrow(
                  () -> new DataException(missing(dataDir, OptionalInt.empty()).orElseThrow())),
          ImageFolder::list);
    }

    @Override
    public Dataset load(Path dataDir, OptionalInt first) {
      return list(dataDir).dataset(first);
    }

    @Override
    public void check(Path dataDir, OptionalInt first) {
      load(dataDir, first);
    }

    @Override
    public String fingerprint(Path dataDir, OptionalInt first) {
      return folder(dataDir).isEmpty() ? "none" : list(dataDir).fingerprint();
    }

    @Override
    public Optional<String> missing(Path dataDir, OptionalInt first) {
      return folder(dataDir).isPresent()
          ? Optional.empty()
          : Optional.of(
              "ImageNet is not in %s; get it from image-net.org, which gives it to those who ask, and put it (or a link to it) there as imagenet/train/CLASS/*.JPEG and imagenet/val/CLASS/*.JPEG"
                  .formatted(dataDir.toAbsolutePath()));
    }

    @Override
    public int classes(Path dataDir) {
      return folder(dataDir).isEmpty() ? CLASSES : list(dataDir).classes().size();
    }

    @Override
    public int side(Path dataDir) {
      return folder(dataDir).isEmpty() ? SIDE : list(dataDir).proposedSide();
    }

    @Override
    public int trainingExamples(Path dataDir, OptionalInt first) {
      int all = folder(dataDir).isEmpty() ? TRAINING_IMAGES : list(dataDir).train(SIDE).count();
      return Math.min(all, first.orElse(all));
    }
  }
}
