package mitosis.suite;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mitosis.claim.ClaimId;
import mitosis.data.Dataset;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable.NotTrained;
import mitosis.representation.TrainedNetworks;
import mitosis.train.Budget.BudgetSpent;
import mitosis.train.Recipe;
import mitosis.train.Run;

/**
 * The trainings of a study: which are seen to at once when the first is asked for, and the networks
 * that they leave at an epoch, each loaded once, so that what it remembers serves all who ask.
 */
final class Trainings {

  /** Claims that look at full networks of every width, or draw them; the others at the widest. */
  private static final Set<ClaimId> OF_EVERY_WIDTH =
      EnumSet.of(
          ClaimId.C01,
          ClaimId.C04,
          ClaimId.C05,
          ClaimId.C08,
          ClaimId.C13,
          ClaimId.C14,
          ClaimId.C15);

  /** As many as in P22. */
  private static final Subject.Chunks CHUNKS = new Subject.Chunks(500, 100);

  /** Fewer where only a curve's course or a clear contrast is asked for. */
  private static final Subject.Chunks FEW_CHUNKS = new Subject.Chunks(100, 30);

  private final Study study;
  private final Set<ClaimId> claims;
  private final Function<List<Recipe>, List<Run>> trainer;
  private final Supplier<Dataset> dataset;
  private final Map<Recipe, List<Run>> runs = new HashMap<>();
  private final Map<String, TrainedNetworks> networks = new HashMap<>();
  private final Map<String, Subject> subjects = new HashMap<>();

  /**
   * @param study what is trained
   * @param claims those that will ask; they decide what is trained at once
   * @param trainer sees to it that runs are there, training them if need be
   * @param dataset of the study
   */
  Trainings(
      Study study,
      Set<ClaimId> claims,
      Function<List<Recipe>, List<Run>> trainer,
      Supplier<Dataset> dataset) {
    this.study = study;
    this.claims = Set.copyOf(claims);
    this.trainer = trainer;
    this.dataset = dataset;
  }

  /** What is trained. */
  Study study() {
    return study;
  }

  /** What it is trained on, loaded when first asked for. */
  Dataset dataset() {
    return dataset.get();
  }

  /**
   * What a claim's numbers are measured on, to the byte: the networks that it looks at, seen to as
   * when it asks for them, with the checksums of the files of each run and of its data. Of the
   * other networks of the study, which say no more than which sizes are looked at, the recipes
   * alone: they are trained for other claims or not.
   *
   * @throws NotTrained if the widest networks are not there
   */
  List<String> fingerprint(ClaimId claim) {
    runs(study.widest());
    Study asked = study.askedBy(Set.of(claim));
    return asked.recipes().stream()
        .flatMap(recipe -> fingerprint(recipe, asked, claim).stream())
        .toList();
  }

  private List<String> fingerprint(Recipe recipe, Study asked, ClaimId claim) {
    boolean isLookedAt =
        OF_EVERY_WIDTH.contains(claim)
            || recipe.equals(asked.widest())
            || !asked.regularised().containsValue(recipe);
    return isLookedAt && runs.containsKey(recipe)
        ? runs.get(recipe).stream().map(Run::fingerprint).toList()
        : List.of(recipe.toString());
  }

  /** Sees to all that the widest networks are seen to with. */
  void train() {
    runs(study.widest());
  }

  /** Whoever else asks meanwhile waits. */
  private synchronized List<Run> runs(Recipe recipe) {
    if (!runs.containsKey(recipe)) {
      try {
        train(study.recipes().stream().filter(each -> isSeenToWith(recipe, each)).toList());
      } catch (BudgetSpent others) {
        trainWithinBudget(recipe);
      }
    }
    return runs.get(recipe);
  }

  private boolean isSeenToWith(Recipe recipe, Recipe other) {
    return other.equals(recipe)
        || other.equals(study.widest())
        || Optional.of(other).equals(study.withoutWeightDecay())
        || study.regularised().containsValue(other)
            && claims.stream().anyMatch(OF_EVERY_WIDTH::contains)
        || study.variants().values().stream().anyMatch(variant -> variant.contains(other));
  }

  /**
   * What one claim asks for may be there, though the time was too short for all.
   *
   * @throws NotTrained if it is not
   */
  private void trainWithinBudget(Recipe recipe) {
    try {
      train(List.of(recipe));
    } catch (BudgetSpent e) {
      throw new NotTrained(
          "runs of %s W=%d: %s".formatted(recipe.system(), recipe.width(), e.getMessage()),
          e.remedy());
    }
  }

  private void train(List<Recipe> wanted) {
    Iterator<Run> trained =
        trainer
            .apply(wanted.stream().flatMap(each -> each.trainings().stream()).toList())
            .iterator();
    wanted.forEach(
        each -> runs.put(each, each.trainings().stream().map(one -> trained.next()).toList()));
  }

  /** The epoch at which a training ended. */
  int lastEpoch(Recipe recipe) {
    return runs(recipe).get(0).manifest().epochs();
  }

  /** The epochs of the snapshots kept before a training ended, and its end. */
  int[] snapshots(Recipe recipe) {
    int last = lastEpoch(recipe);
    return IntStream.concat(
            recipe.snapshots().stream().mapToInt(Integer::intValue).filter(epoch -> epoch < last),
            IntStream.of(last))
        .toArray();
  }

  /** Networks at an epoch. */
  synchronized TrainedNetworks networks(Recipe recipe, int epoch) {
    return networks.computeIfAbsent(
        recipe + ", epoch " + epoch,
        key -> new TrainedNetworks(runs(recipe), epoch, dataset.get()));
  }

  /** Networks at the end of training. */
  TrainedNetworks networks(Recipe recipe) {
    return networks(recipe, lastEpoch(recipe));
  }

  /**
   * Networks at an epoch, to be measured.
   *
   * @param name what they are, and no others of the study
   */
  Subject subject(String name, Recipe recipe, int epoch) {
    return subjects.computeIfAbsent(
        name,
        key -> {
          TrainedNetworks networks = networks(recipe, epoch);
          return new Subject(
              name,
              recipe.width(),
              networks.seeds(),
              epoch == lastEpoch(recipe) ? CHUNKS : FEW_CHUNKS,
              networks::representation);
        });
  }

  /** Networks at the end of training, to be measured. */
  Subject subject(String name, Recipe recipe) {
    return subject(name, recipe, lastEpoch(recipe));
  }
}
