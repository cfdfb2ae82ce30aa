package mitosis.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;

/**
 * A system whose networks are trained on a dataset: the papers' plan, which is that of full scale,
 * and what smaller scales change of it.
 *
 * @param name of the system, as that of its file
 * @param order its place among systems in reports
 * @param images what its networks learn
 * @param full the papers' plan
 * @param extended what extended scale changes of it
 * @param quick what quick scale changes of it
 * @param smoke what a smoke run changes of it
 * @param suspects what trials change of it, by name: what the papers leave open or might mean
 *     otherwise
 */
record TrainedSystem(
    @JsonProperty("system") String name,
    int order,
    Images images,
    Plan full,
    Plan.Change extended,
    Plan.Change quick,
    Plan.Change smoke,
    Optional<Map<String, Plan.Change>> suspects)
    implements SystemOnData {

  /**
   * A dataset.
   *
   * @param dataset its name
   * @param classes how many the papers' has
   * @param trainingImages how many the papers' has
   * @param standIn made-up images that a smoke run trains on where the dataset is not there; none
   *     for a dataset that comes with the suite
   */
  record Images(String dataset, int classes, int trainingImages, Optional<StandIn> standIn) {}

  /**
   * Made-up images.
   *
   * @param dataset their name
   * @param augmentation of these images, if it is not that of the dataset: they lie in memory
   */
  record StandIn(String dataset, Optional<Augmentation> augmentation) {}

  private Plan.Change change(Scale scale) {
    return switch (scale) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case EXTENDED -> extended;
      case FULL -> Plan.Change.NONE;
    };
  }

  private Plan plan(Scale scale) {
    return full.with(change(scale));
  }

  @Override
  public int seeds(Scale scale) {
    return plan(scale).seeds();
  }

  @Override
  public boolean comesWithTheSuite() {
    return images.standIn().isEmpty();
  }

  @Override
  public String dataset(Scale scale) {
    Plan.Change change = change(scale);
    return change.dataset().orElse(images.dataset())
        + part("-first-", change.trainingImages())
        + part("-test-", change.testImages());
  }

  private static String part(String words, OptionalInt count) {
    return count.isPresent() ? words + count.getAsInt() : "";
  }

  @Override
  public int classes() {
    return images.classes();
  }

  @Override
  public String standIn() {
    return images.standIn().map(StandIn::dataset).orElse(images.dataset());
  }

  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    return plan(scale).study(name, learned(dataset, datasets), seeds);
  }

  private Plan.Learned learned(String dataset, Datasets datasets) {
    return new Plan.Learned(
        dataset,
        datasets.classes(dataset),
        datasets.side(dataset),
        images
            .standIn()
            .filter(each -> each.dataset().equals(dataset))
            .flatMap(StandIn::augmentation));
  }

  /**
   * The papers' recipe with what trials change of it, by name.
   *
   * @param width W
   */
  Map<String, Recipe> suspects(int width, List<Integer> seeds, Datasets datasets) {
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    suspects
        .orElse(Map.of())
        .forEach(
            (suspect, change) ->
                recipes.put(suspect, papers(name, change, width, seeds, datasets)));
    return recipes;
  }

  /** The papers' recipe of one network, with a change. */
  Recipe papers(
      String system, Plan.Change change, int width, List<Integer> seeds, Datasets datasets) {
    return full.with(change)
        .recipe(system, learned(change.dataset().orElse(images.dataset()), datasets), width, seeds);
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return change(scale)
        .tooSlow()
        .map(reason -> "%s, too slow for the %s scale".formatted(reason, scale.word()));
  }

  @Override
  public String departure(Scale scale) {
    Plan here = plan(scale);
    RecipeDifference departure =
        RecipeDifference.NONE
            .differing("widths", words(here.widths()), words(full.widths()))
            .differing("seeds", here.seeds(), full.seeds())
            .differing("depth", here.network().depth(), full.network().depth());
    OptionalInt fewer = change(scale).trainingImages();
    if (fewer.isPresent()) {
      departure =
          departure.and(
              "the first %,d training images instead of %,d"
                  .formatted(fewer.getAsInt(), images.trainingImages()));
    }
    return departure
        .differing("epochs", here.epochs(), full.epochs())
        .differing("batch", here.batch(), full.batch())
        .differing(
            "learning rate",
            here.schedule().rate(0, here.epochs()),
            full.schedule().rate(0, full.epochs()))
        .differing("weight decay", here.optimiser().weightDecay(), full.optimiser().weightDecay())
        .differing("augmentation", words(here.augmentation()), words(full.augmentation()))
        .toString();
  }

  private static String words(List<Integer> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * How a scale's recipe differs from the papers', in words.
   *
   * @param differences one by one
   */
  record RecipeDifference(List<String> differences) {

    /** From which nothing departs. */
    static final RecipeDifference NONE = new RecipeDifference(List.of());

    /** Keeps a copy. */
    RecipeDifference {
      differences = List.copyOf(differences);
    }

    /** With what is otherwise than in the papers, if it is. */
    RecipeDifference differing(String what, Object here, Object paper) {
      return here.equals(paper) ? this : and("%s %s instead of %s".formatted(what, here, paper));
    }

    /** With something else that differs. */
    RecipeDifference and(String words) {
      return new RecipeDifference(Stream.concat(differences.stream(), Stream.of(words)).toList());
    }

    /** A sentence or two. */
    @Override
    public String toString() {
      return differences.isEmpty()
          ? "The papers' recipe."
          : "Here %s. All else as in the papers.".formatted(String.join("; ", differences));
    }
  }
}
