package mitosis.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mitosis.data.Cifar.CifarSource;
import mitosis.data.ImageFolder.ImageNetSource;
import mitosis.data.ParityOfDigits.DigitsSource;

/**
 * The datasets that recipes can name, see {@link DatasetName}, in a folder that holds them.
 *
 * @param folder where they lie
 */
public record Datasets(Path folder) {

  private static final List<DatasetSource> SOURCES =
      List.of(
          new DigitsSource(),
          new CifarSource(Cifar.CIFAR_10, 10),
          new CifarSource(Cifar.CIFAR_100, 100),
          new ImageNetSource(),
          new MadeUpImages());

  /**
   * Loads a dataset.
   *
   * @param name as in a recipe
   * @throws DataException if the name is unknown, or a file is missing or damaged
   */
  public Dataset load(String name) {
    DatasetName parsed = DatasetName.parse(name);
    Dataset whole = source(name).load(parsed.source(), folder, parsed.first());
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
    source(name).check(parsed.source(), folder, parsed.first());
  }

  /**
   * What {@link Dataset#fingerprint()} will be, without loading the data.
   *
   * @throws DataException if the name is unknown
   */
  public String fingerprint(String name) {
    DatasetName parsed = DatasetName.parse(name);
    return source(name).fingerprint(parsed.source(), folder, parsed.first());
  }

  /**
   * What of a dataset is not there, and how to get it; nothing if all is there.
   *
   * @throws DataException if the name is unknown
   */
  public Optional<String> missing(String name) {
    DatasetName parsed = DatasetName.parse(name);
    return source(name).missing(parsed.source(), folder, parsed.first());
  }

  /**
   * Downloads what of a dataset is missing.
   *
   * @param progress told of what comes in
   * @throws DataException if it cannot be had; says how to get it by hand
   */
  public void fetch(String name, Download.Progress progress) {
    DatasetName parsed = DatasetName.parse(name);
    source(name).fetch(parsed.source(), folder, parsed.first(), progress);
  }

  /** Number of classes. */
  public int classes(String name) {
    return source(name).classes(DatasetName.parse(name).source(), folder);
  }

  /** Pixels along an edge of its images as networks see them; 1 if it has none. */
  public int side(String name) {
    return source(name).side(DatasetName.parse(name).source(), folder);
  }

  /** Number of training examples. */
  public int trainingExamples(String name) {
    DatasetName parsed = DatasetName.parse(name);
    return source(name).trainingExamples(parsed.source(), folder, parsed.first());
  }

  private static DatasetSource source(String name) {
    String wanted = DatasetName.parse(name).source();
    return SOURCES.stream()
        .filter(source -> source.isNamed(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    "unknown dataset '%s'; known: %s"
                        .formatted(
                            name,
                            SOURCES.stream()
                                .map(DatasetSource::pattern)
                                .collect(Collectors.joining(", ")))));
  }

  /** The checksums that a fingerprint consists of. */
  public static List<String> checksums(String fingerprint) {
    return Arrays.asList(fingerprint.split("\\+"));
  }

  /** Where a dataset comes from. */
  interface DatasetSource {

    /** Whether a name in a recipe, without counts of examples, means this source. */
    boolean isNamed(String name);

    /** What a reader may type, for messages. */
    String pattern();

    /**
     * Reads it.
     *
     * @param dataDir the folder that holds the data
     * @param first the first so many training examples; all if empty
     * @throws DataException if a file is missing or damaged
     */
    Dataset load(String name, Path dataDir, OptionalInt first);

    /**
     * Checks what {@link #load} would read, in less time.
     *
     * @throws DataException if a file is missing or damaged
     */
    void check(String name, Path dataDir, OptionalInt first);

    /** What {@link Dataset#fingerprint()} will be, without loading the data. */
    String fingerprint(String name, Path dataDir, OptionalInt first);

    /** What is not there and how to get it, or nothing if all is there. */
    Optional<String> missing(String name, Path dataDir, OptionalInt first);

    /**
     * Downloads what is missing, where it can be had without asking its owner.
     *
     * @throws DataException if it cannot be had
     */
    default void fetch(String name, Path dataDir, OptionalInt first, Download.Progress progress) {
      missing(name, dataDir, first)
          .ifPresent(
              what -> {
                throw new DataException(what);
              });
    }

    /** Number of classes. */
    int classes(String name, Path dataDir);

    /** Pixels along an edge of its images as networks see them; 1 if it has none. */
    int side(String name, Path dataDir);

    /** Number of training examples, if they are there. */
    int trainingExamples(String name, Path dataDir, OptionalInt first);
  }

  /**
   * What recipes call a dataset: the name of its source, and, where not all of it is wanted, how
   * many of its first examples are: {@code cifar10-first-5000}, {@code cifar10-first-256-test-512}.
   *
   * @param source the source's name
   * @param first the first so many training examples; all if empty
   * @param test the first so many test examples; all if empty
   */
  private record DatasetName(String source, OptionalInt first, OptionalInt test) {

    private static final Pattern FORM =
        Pattern.compile(
            "(?<source>.+?)(-first-(?<first>[1-9]\\d{0,8}))?(-test-(?<test>[1-9]\\d{0,8}))?");

    static DatasetName parse(String name) {
      Matcher matcher = FORM.matcher(name);
      if (!matcher.matches()) {
        throw new DataException("'%s' is no name of a dataset".formatted(name));
      }
      return new DatasetName(
          matcher.group("source"), number(matcher.group("first")), number(matcher.group("test")));
    }

    private static OptionalInt number(String text) {
      return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }
  }
}
