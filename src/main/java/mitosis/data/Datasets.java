package mitosis.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The datasets that recipes can name, see {@link DatasetName}, in a folder that holds them.
 *
 * @param folder where they lie
 */
public record Datasets(Path folder) {

  private static final DatasetSource IMAGE_NET = new ImageFolder.ImageNetSource();

  /**
   * Loads a dataset.
   *
   * @param name as in a recipe
   * @throws DataException if the name is unknown, or a file is missing or damaged
   */
  public Dataset load(String name) {
    DatasetName parsed = DatasetName.parse(name);
    Dataset whole = parsed.source().load(folder, parsed.first());
    return new Dataset(name, whole.train(), first(whole.test(), parsed.test()), fingerprint(name));
  }

  private static Examples first(Examples examples, OptionalInt count) {
    if (count.isEmpty() || count.getAsInt() >= examples.count()) {
      return examples;
    }
    return examples.first(count.getAsInt());
  }

  /**
   * Checks a dataset's files, in less time than it takes to load it.
   *
   * @param name as in a recipe
   * @throws DataException if the name is unknown, or a file is missing or damaged
   */
  public void check(String name) {
    DatasetName parsed = DatasetName.parse(name);
    parsed.source().check(folder, parsed.first());
  }

  /**
   * What {@link Dataset#fingerprint()} will be, without loading the data.
   *
   * @throws DataException if the name is unknown
   */
  public String fingerprint(String name) {
    DatasetName parsed = DatasetName.parse(name);
    return parsed.source().fingerprint(folder, parsed.first());
  }

  /**
   * What of a dataset is not there, and how to get it; nothing if all is there.
   *
   * @throws DataException if the name is unknown
   */
  public Optional<String> missing(String name) {
    DatasetName parsed = DatasetName.parse(name);
    return parsed.source().missing(folder, parsed.first());
  }

  /**
   * Downloads what of a dataset is missing.
   *
   * @param progress told of what comes in
   * @throws DataException if it cannot be had; says how to get it by hand
   */
  public void fetch(String name, Download.Progress progress) {
    DatasetName parsed = DatasetName.parse(name);
    parsed.source().fetch(folder, parsed.first(), progress);
  }

  /** Number of classes. */
  public int classes(String name) {
    return DatasetName.parse(name).source().classes(folder);
  }

  /** Pixels along an edge of its images as networks see them; 1 if it has none. */
  public int side(String name) {
    return DatasetName.parse(name).source().side(folder);
  }

  /** Number of training examples. */
  public int trainingExamples(String name) {
    DatasetName parsed = DatasetName.parse(name);
    return parsed.source().trainingExamples(folder, parsed.first());
  }

  /** The checksums that a fingerprint consists of. */
  public static List<String> checksums(String fingerprint) {
    return Arrays.asList(fingerprint.split("\\+"));
  }

  /** Where a dataset comes from. */
  interface DatasetSource {

    /**
     * Reads it.
     *
     * @param dataDir the folder that holds the data
     * @param first the first so many training examples; all if empty
     * @throws DataException if a file is missing or damaged
     */
    Dataset load(Path dataDir, OptionalInt first);

    /**
     * Checks what {@link #load} would read, in less time.
     *
     * @throws DataException if a file is missing or damaged
     */
    void check(Path dataDir, OptionalInt first);

    /** What {@link Dataset#fingerprint()} will be, without loading the data. */
    String fingerprint(Path dataDir, OptionalInt first);

    /** What is not there and how to get it, or nothing if all is there. */
    default Optional<String> missing(Path dataDir, OptionalInt first) {
      return Optional.empty();
    }

    /**
     * Downloads what is missing, where it can be had without asking its owner.
     *
     * @throws DataException if it cannot be had
     */
    default void fetch(Path dataDir, OptionalInt first, Download.Progress progress) {
      missing(dataDir, first)
          .ifPresent(
              what -> {
                throw new DataException(what);
              });
    }

    /** Number of classes. */
    int classes(Path dataDir);

    /** Pixels along an edge of its images as networks see them; 1 if it has none. */
    int side(Path dataDir);

    /** Number of training examples, if they are there. */
    int trainingExamples(Path dataDir, OptionalInt first);
  }

  /**
   * What recipes call a dataset: the name of its source, and, where not all of it is wanted, how
   * many of its first examples are: {@code cifar10-first-5000}, {@code cifar10-first-256-test-512}.
   *
   * @param source the source that its name means
   * @param first the first so many training examples; all if empty
   * @param test the first so many test examples; all if empty
   */
  private record DatasetName(DatasetSource source, OptionalInt first, OptionalInt test) {

    private static final Pattern FORM =
        Pattern.compile(
            "(?<source>.+?)(-first-(?<first>[1-9]\\d{0,8}))?(-test-(?<test>[1-9]\\d{0,8}))?");

    static DatasetName parse(String name) {
      Matcher matcher = FORM.matcher(name);
      if (!matcher.matches()) {
        throw new DataException("'%s' is no name of a dataset".formatted(name));
      }
      return new DatasetName(
          source(matcher.group("source")),
          number(matcher.group("first")),
          number(matcher.group("test")));
    }

    private static DatasetSource source(String name) {
      if (ParityOfDigits.isNamed(name)) {
        return new ParityOfDigits.DigitsSource(name);
      }
      if (name.equals(Cifar.CIFAR_10.name())) {
        return Cifar.CIFAR_10;
      }
      if (name.equals(Cifar.CIFAR_100.name())) {
        return Cifar.CIFAR_100;
      }
      if (name.equals(ImageFolder.NAME)) {
        return IMAGE_NET;
      }
      return SyntheticImages.named(name)
          .orElseThrow(
              () ->
                  new DataException(
                      "unknown dataset '%s'; known: %s, %s, %s, %s, %s, %s"
                          .formatted(
                              name,
                              ParityOfDigits.NAME,
                              ParityOfDigits.WHITENED,
                              Cifar.CIFAR_10.name(),
                              Cifar.CIFAR_100.name(),
                              ImageFolder.NAME,
                              SyntheticImages.PATTERN)));
    }

    private static OptionalInt number(String text) {
      return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }
  }
}
