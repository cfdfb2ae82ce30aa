package mitosis.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** ImageNet, or a part of it, as a folder that its user has got. */
final class ImageNetSource implements DatasetSource {

  /** What such a folder may be called, in the order in which it is looked for. */
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

  private ImageFolder list(String name, Path dataDir) {
    return listed.computeIfAbsent(
        folder(dataDir)
            .orElseThrow(
                () -> new DataException(missing(name, dataDir, OptionalInt.empty()).orElseThrow())),
        ImageFolder::list);
  }

  @Override
  public boolean isNamed(String name) {
    return name.equals(ImageFolder.NAME);
  }

  @Override
  public String pattern() {
    return ImageFolder.NAME;
  }

  @Override
  public Dataset load(String name, Path dataDir, OptionalInt first) {
    ImageFolder folder = list(name, dataDir);
    return folder.dataset(folder.proposedSide(), first);
  }

  @Override
  public void check(String name, Path dataDir, OptionalInt first) {
    load(name, dataDir, first);
  }

  @Override
  public String fingerprint(String name, Path dataDir, OptionalInt first) {
    return folder(dataDir).isEmpty() ? "none" : list(name, dataDir).fingerprint();
  }

  @Override
  public Optional<String> missing(String name, Path dataDir, OptionalInt first) {
    return folder(dataDir).isPresent()
        ? Optional.empty()
        : Optional.of(
            "ImageNet is not in %s; get it from image-net.org, which gives it to those who ask, and put it (or a link to it) there as imagenet/train/CLASS/*.JPEG and imagenet/val/CLASS/*.JPEG"
                .formatted(dataDir.toAbsolutePath()));
  }

  @Override
  public int classes(String name, Path dataDir) {
    return folder(dataDir).isEmpty() ? CLASSES : list(name, dataDir).classes().size();
  }

  @Override
  public int side(String name, Path dataDir) {
    return folder(dataDir).isEmpty() ? SIDE : list(name, dataDir).proposedSide();
  }

  @Override
  public int trainingExamples(String name, Path dataDir, OptionalInt first) {
    int all = folder(dataDir).isEmpty() ? TRAINING_IMAGES : list(name, dataDir).train(SIDE).count();
    return Math.min(all, first.orElse(all));
  }
}
