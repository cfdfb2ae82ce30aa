package mitosis.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.data.BatchSource.BatchArchive;
import mitosis.data.BatchSource.BatchFolder;
import mitosis.data.CifarBatch.BatchReader;
import mitosis.data.CifarBatch.BinaryBatch;
import mitosis.data.CifarBatch.KeptImages;
import mitosis.data.CifarBatch.LabelColumn;
import mitosis.data.CifarBatch.PickledBatch;
import mitosis.data.CifarBatch.WantedBatch;
import mitosis.data.Datasets.DatasetSource;
import mitosis.data.Examples.Normalisation;

/**
 * CIFAR-10 and CIFAR-100: colour images of 32 x 32 pixels, 50,000 to train on and 10,000 to test on
 * (A. Krizhevsky, <i>Learning multiple layers of features from tiny images</i>, 2009), in the
 * official order. The class to learn is the label of CIFAR-10 and the fine label of CIFAR-100.
 *
 * <p>They are published in a binary and in a Python form that hold the same images in the same
 * order. Either is read, from the unpacked folder or straight from the archive; the first that
 * holds all that is asked for is taken, in the order
 *
 * <ol>
 *   <li>the batches in the folder {@code cifar10} (or {@code cifar100}), in binary or Python form;
 *   <li>the folder that the binary archive holds, {@code cifar-10-batches-bin}, and the one of the
 *       Python archive, {@code cifar-10-batches-py} ({@code cifar-100-binary}, {@code
 *       cifar-100-python}), beside that folder or within it;
 *   <li>the archives {@code cifar-10-binary.tar.gz} and {@code cifar-10-python.tar.gz}, beside that
 *       folder or within it.
 * </ol>
 *
 * Whatever is read is checked: first its structure and all labels, then the MD5 of each batch or,
 * where it comes from an archive, of the archive.
 */
public final class Cifar implements DatasetSource {

  /** Pixels along an edge. */
  static final int SIDE = 32;

  /** Bytes of an image: the red plane, row by row, the green and the blue one. */
  static final int PIXELS = 3 * SIDE * SIDE;

  private static final URI HOME = URI.create("https://www.cs.toronto.edu/~kriz/");

  /** 10 classes. */
  public static final Cifar CIFAR_10 = ten();

  /** 100 classes. */
  public static final Cifar CIFAR_100 = hundred();

  private final String name;
  private final String title;
  private final Normalisation normalisation;
  private final List<CifarForm> forms;
  private final CifarForm naming;
  private final URI home;

  /**
   * @param name that recipes use, and the name of a folder that may hold the batches
   * @param title as people write it
   * @param forms in the order in which they are looked for; the first is the one to download
   * @param naming the form whose checksums are the fingerprint
   * @param home where the archives are published
   */
  Cifar(
      String name,
      String title,
      Normalisation normalisation,
      List<CifarForm> forms,
      CifarForm naming,
      URI home) {
    this.name = name;
    this.title = title;
    this.normalisation = normalisation;
    this.forms = List.copyOf(forms);
    this.naming = naming;
    this.home = home;
  }

  private static Cifar ten() {
    List<LabelColumn> columns = List.of(new LabelColumn("label", 10));
    CifarForm binary =
        new CifarForm(
            "cifar-10-batches-bin",
            "cifar-10-binary.tar.gz",
            "c32a1d4ab5d03f1284b67883e8d87530",
            List.of(
                new CifarBatch("data_batch_1.bin", 10_000, "5dd7e06a14cb22eb9f671a540d1b7c25"),
                new CifarBatch("data_batch_2.bin", 10_000, "5ea93a67294ea407fff1d09f752e9692"),
                new CifarBatch("data_batch_3.bin", 10_000, "942cd6a4bcdd0dd3c604fbe906cb4421"),
                new CifarBatch("data_batch_4.bin", 10_000, "ae636b3ba5c66a11e91e8cb52e771fcb"),
                new CifarBatch("data_batch_5.bin", 10_000, "53f37980c15c3d472c316c40844f3f0d")),
            new CifarBatch("test_batch.bin", 10_000, "803d5f7f4d78ea53de84dbe85f74fb6d"),
            new BinaryBatch(columns));
    CifarForm python =
        new CifarForm(
            "cifar-10-batches-py",
            "cifar-10-python.tar.gz",
            "c58f30108f718f92721af3b95e74349a",
            List.of(
                new CifarBatch("data_batch_1", 10_000, "c99cafc152244af753f735de768cd75f"),
                new CifarBatch("data_batch_2", 10_000, "d4bba439e000b95fd0a9bffe97cbabec"),
                new CifarBatch("data_batch_3", 10_000, "54ebc095f3ab1f0389bbae665268c751"),
                new CifarBatch("data_batch_4", 10_000, "634d18415352ddfa80567beed471001a"),
                new CifarBatch("data_batch_5", 10_000, "482c414d41f54cd18b22e5b47cb7c3cb")),
            new CifarBatch("test_batch", 10_000, "40351d587109b95175f43aff81a1287e"),
            new PickledBatch(columns));
    return new Cifar(
        "cifar10",
        "CIFAR-10",
        new Normalisation(
            new float[] {0.4914f, 0.4822f, 0.4465f}, new float[] {0.2470f, 0.2435f, 0.2616f}),
        List.of(binary, python),
        binary,
        HOME);
  }

  /**
   * The checksums of the two binary batches have a single source (vision/cifar100.go of
   * rai-project/dldataset), whose checksums of other files agree with those published elsewhere: so
   * the fingerprint is of the Python batches.
   */
  private static Cifar hundred() {
    List<LabelColumn> columns =
        List.of(new LabelColumn("coarse label", 20), new LabelColumn("fine label", 100));
    CifarForm binary =
        new CifarForm(
            "cifar-100-binary",
            "cifar-100-binary.tar.gz",
            "03b5dce01913d631647c71ecec9e9cb8",
            List.of(new CifarBatch("train.bin", 50_000, "6172c7755cfe09b2fe270c85cebc1b15")),
            new CifarBatch("test.bin", 10_000, "4499cfba6c016c1be1438163640a0898"),
            new BinaryBatch(columns));
    CifarForm python =
        new CifarForm(
            "cifar-100-python",
            "cifar-100-python.tar.gz",
            "eb9058c3a382ffc7106e4002c42a8d85",
            List.of(new CifarBatch("train", 50_000, "16019d7e3df5f24257cddd939b257f8d")),
            new CifarBatch("test", 10_000, "f0ef6b0ae62326f3e7ffdfab6717acfc"),
            new PickledBatch(columns));
    return new Cifar(
        "cifar100",
        "CIFAR-100",
        new Normalisation(
            new float[] {0.5071f, 0.4865f, 0.4409f}, new float[] {0.2673f, 0.2564f, 0.2762f}),
        List.of(binary, python),
        python,
        HOME);
  }

  /** The name that recipes use. */
  public String name() {
    return name;
  }

  /**
   * Reads the images.
   *
   * @param dataDir the folder that holds them in one of the forms above
   * @param first to train on so many images only, the first ones: 1 to 50,000, all if empty.
   *     Batches without any of them are not opened and need not be there
   * @return all test images, and the training images; the normalisation is that of all 50,000
   * @throws DataException if a file is missing, damaged or not the published one, or there are not
   *     so many images
   */
  @Override
  public Dataset load(Path dataDir, OptionalInt first) {
    int asked = asked(first);
    KeptImages train = KeptImages.room(asked);
    KeptImages test = KeptImages.room(naming.test().images());
    read(dataDir, asked, train, test);
    return new Dataset(
        name, train.images(normalisation), test.images(normalisation), fingerprint(first));
  }

  /**
   * Reads the files that {@link #load} would and checks them, without keeping the images.
   *
   * @throws DataException as {@link #load}
   */
  @Override
  public void check(Path dataDir, OptionalInt first) {
    read(dataDir, asked(first), KeptImages.room(0), KeptImages.room(0));
  }

  private void read(Path dataDir, int asked, KeptImages train, KeptImages test) {
    BatchSource source =
        source(dataDir, asked).orElseThrow(() -> new DataException(lacking(dataDir, asked)));
    CifarForm form = source.form();
    List<WantedBatch> wanted = new ArrayList<>();
    int from = 0;
    for (CifarBatch batch : form.train(asked)) {
      wanted.add(new WantedBatch(batch, train, from));
      from += batch.images();
    }
    wanted.add(new WantedBatch(form.test(), test, 0));
    source.read(
        wanted,
        "put the published file in its place, out of %s (MD5 %s)"
            .formatted(home.resolve(form.archive()), form.archiveMd5()));
  }

  /**
   * What {@link Dataset#fingerprint()} will be: the published MD5 of each batch that is opened,
   * training batches first, joined by {@code +}. It names the content, so it is that of one form,
   * whichever is read: the binary one of CIFAR-10 and the Python one of CIFAR-100.
   *
   * @param first as for {@link #load}; how many images of the last batch are used doesn't show
   * @throws DataException if there are not so many images
   */
  public String fingerprint(OptionalInt first) {
    return naming.batches(asked(first)).stream()
        .map(CifarBatch::md5)
        .collect(Collectors.joining("+"));
  }

  /**
   * Says what is not there and how to get it. Only looks for the files, and doesn't read them.
   *
   * @param first as for {@link #load}
   * @return empty if nothing is missing
   * @throws DataException if there are not so many images
   */
  @Override
  public Optional<String> missing(Path dataDir, OptionalInt first) {
    int asked = asked(first);
    return source(dataDir, asked).isPresent()
        ? Optional.empty()
        : Optional.of(lacking(dataDir, asked));
  }

  /**
   * Downloads the archive of the binary form into the data folder, if anything is missing.
   *
   * @param dataDir is made if it isn't there
   * @param first as for {@link #load}
   * @param progress is told how far it has got
   * @throws DataException if it can't be fetched, see {@link Download#run}
   */
  @Override
  public void fetch(Path dataDir, OptionalInt first, Download.Progress progress) {
    if (missing(dataDir, first).isPresent()) {
      CifarForm form = forms.get(0);
      new Download(home.resolve(form.archive()), dataDir.resolve(form.archive()), form.archiveMd5())
          .run(progress);
    }
  }

  @Override
  public String fingerprint(Path dataDir, OptionalInt first) {
    return fingerprint(first);
  }

  @Override
  public int classes(Path dataDir) {
    List<LabelColumn> columns = naming.reader().columns();
    return columns.get(columns.size() - 1).classes();
  }

  @Override
  public int side(Path dataDir) {
    return SIDE;
  }

  @Override
  public int trainingExamples(Path dataDir, OptionalInt first) {
    return Math.min(trainingImages(), first.orElse(trainingImages()));
  }

  private int trainingImages() {
    return naming.train().stream().mapToInt(CifarBatch::images).sum();
  }

  /** How many training images are asked for. */
  private int asked(OptionalInt first) {
    int all = trainingImages();
    int asked = first.orElse(all);
    if (asked < 1 || asked > all) {
      throw new DataException(
          "the first %d training images of %s were asked for; ask for 1 to %d"
              .formatted(asked, title, all));
    }
    return asked;
  }

  private Optional<BatchSource> source(Path dataDir, int asked) {
    return sources(dataDir).stream()
        .filter(source -> source.lacking(source.form().batches(asked)).isEmpty())
        .findFirst();
  }

  /** Where the batches may lie, in the order in which they are looked for. */
  private List<BatchSource> sources(Path dataDir) {
    Path own = dataDir.resolve(name);
    List<BatchSource> sources = new ArrayList<>();
    for (CifarForm form : forms) {
      sources.add(new BatchFolder(form, own));
    }
    for (Path folder : List.of(dataDir, own)) {
      for (CifarForm form : forms) {
        sources.add(new BatchFolder(form, folder.resolve(form.folder())));
      }
    }
    for (Path folder : List.of(dataDir, own)) {
      for (CifarForm form : forms) {
        sources.add(new BatchArchive(form, folder.resolve(form.archive())));
      }
    }
    return sources;
  }

  private String lacking(Path dataDir, int asked) {
    CifarForm form = forms.get(0);
    return "%s; fetch %s (MD5 %s) into %s, packed or unpacked, or name another place with -Ddata.dir"
        .formatted(
            found(dataDir, asked),
            home.resolve(form.archive()),
            form.archiveMd5(),
            dataDir.toAbsolutePath());
  }

  private String found(Path dataDir, int asked) {
    if (!Files.isDirectory(dataDir)) {
      return "%s is missing: %s is not a folder".formatted(title, dataDir.toAbsolutePath());
    }
    for (BatchSource source : sources(dataDir)) {
      List<CifarBatch> batches = source.form().batches(asked);
      List<CifarBatch> lacking = source.lacking(batches);
      if (lacking.size() < batches.size()) {
        return "%s is incomplete: %s lacks %s, needed for the test images and the first %d training images"
            .formatted(
                title,
                source.path().toAbsolutePath(),
                lacking.stream().map(CifarBatch::file).collect(Collectors.joining(", ")),
                asked);
      }
    }
    return "%s is missing: %s holds none of %s"
        .formatted(
            title,
            dataDir.toAbsolutePath(),
            Stream.concat(
                    Stream.of(name),
                    Stream.concat(
                        forms.stream().map(CifarForm::folder),
                        forms.stream().map(CifarForm::archive)))
                .collect(Collectors.joining(", ")));
  }

  /**
   * One of the forms in which a dataset is published.
   *
   * @param folder the name of the folder that the archive holds
   * @param archive the name of the archive
   * @param archiveMd5 of the published archive
   * @param train the batches of training images, in order
   * @param test the batch of test images
   * @param reader reads each of them
   */
  record CifarForm(
      String folder,
      String archive,
      String archiveMd5,
      List<CifarBatch> train,
      CifarBatch test,
      BatchReader reader) {

    /** The batches that hold the first so many training images, in order. */
    List<CifarBatch> train(int first) {
      List<CifarBatch> batches = new ArrayList<>();
      int images = 0;
      for (CifarBatch batch : train) {
        if (images < first) {
          batches.add(batch);
          images += batch.images();
        }
      }
      return batches;
    }

    /** The batches that hold the first so many training images, in order, then the test batch. */
    List<CifarBatch> batches(int first) {
      List<CifarBatch> batches = train(first);
      batches.add(test);
      return batches;
    }
  }
}
