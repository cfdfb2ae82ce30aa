package mitosis.suite;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitosis.model.Architecture;
import mitosis.train.Initialisation;
import mitosis.train.Loss;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;

/**
 * How the networks of a system are trained at one scale. The fields are those of a {@link Recipe},
 * with what makes several recipes of one.
 *
 * @param network the kind of network, whatever its width
 * @param widths W, increasing
 * @param seeds how many a run takes unless it is told
 * @param initialisation the weights before training
 * @param loss what is made small
 * @param optimiser how, with the weight decay that the papers' claims are about
 * @param schedule the learning rate of each epoch
 * @param rateAtMost a bound of the learning rate that depends on the width; none if absent
 * @param augmentation how images are changed before they are seen
 * @param batch examples per step
 * @param epochs passes over the training set
 * @param snapshots epochs after which weights are kept, besides the last
 * @param snapshotsOfAllNetworks whether all networks have them, or the widest with and without
 *     weight decay alone
 * @param stoppedEarly the snapshot that stands for a training stopped early
 * @param stopAtZeroLoss whether training ends where the loss is exactly zero
 * @param withoutWeightDecay whether the widest network is trained without weight decay too
 * @param variants networks that differ in one thing from those
 */
record Plan(
    Architecture.OfWidth network,
    List<Integer> widths,
    int seeds,
    Initialisation initialisation,
    Loss loss,
    Optimiser optimiser,
    Schedule schedule,
    Optional<RateBound> rateAtMost,
    Augmentation augmentation,
    int batch,
    int epochs,
    List<Integer> snapshots,
    boolean snapshotsOfAllNetworks,
    int stoppedEarly,
    boolean stopAtZeroLoss,
    boolean withoutWeightDecay,
    Map<Variant, Variation> variants) {

  /** Keeps copies. */
  Plan {
    widths = List.copyOf(widths);
    snapshots = List.copyOf(snapshots);
    variants = Map.copyOf(variants);
    for (int k = 0; k < widths.size(); k++) {
      if (widths.get(k) < 1 || k > 0 && widths.get(k) <= widths.get(k - 1)) {
        throw new IllegalArgumentException("widths must increase from 1 on, not " + widths);
      }
    }
    if (widths.isEmpty() || seeds < 1) {
      throw new IllegalArgumentException(
          "at least one width and one seed are trained, not %s and %d".formatted(widths, seeds));
    }
    if (stoppedEarly < 0 || stoppedEarly > epochs) {
      throw new IllegalArgumentException(
          "stopped_early is an epoch from 0 to %d, not %d".formatted(epochs, stoppedEarly));
    }
  }

  /**
   * The largest learning rate that a width allows, factor · W^exponent.
   *
   * @param factor above 0
   * @param exponent of W
   */
  record RateBound(double factor, double exponent) {

    double at(int width) {
      return factor * Math.pow(width, exponent);
    }
  }

  /**
   * Networks that differ in one thing alone: one for each width and each value of that thing.
   *
   * @param widths W
   * @param depths of the networks, if these differ
   * @param losses that are made small, if these differ
   * @param weightDecays of the optimiser, if these differ
   * @param body the width of all but the last layer, if that is not the network's own
   */
  record Variation(
      List<Integer> widths,
      Optional<List<Integer>> depths,
      Optional<List<Loss>> losses,
      Optional<List<Double>> weightDecays,
      OptionalInt body) {

    /**
     * @throws IllegalArgumentException unless one thing differs
     */
    Variation {
      widths = List.copyOf(widths);
      long things =
          Stream.of(depths, losses, weightDecays).filter(Optional::isPresent).count()
              + (body.isPresent() ? 1 : 0);
      if (things != 1 || widths.isEmpty()) {
        throw new IllegalArgumentException(
            "a variant has widths, and one of depths, losses, weight_decays and body");
      }
    }
  }

  /**
   * What a scale, or a trial, changes of a plan; what is absent stays.
   *
   * @param dataset another dataset's name
   * @param trainingImages the first so many training images of the dataset alone
   * @param testImages the first so many test images of the dataset alone
   * @param tooSlow why the system is not trained so, if it is not
   */
  record Change(
      Optional<String> dataset,
      OptionalInt trainingImages,
      OptionalInt testImages,
      Optional<String> tooSlow,
      Optional<Architecture.OfWidth> network,
      Optional<List<Integer>> widths,
      OptionalInt seeds,
      Optional<Initialisation> initialisation,
      Optional<Optimiser> optimiser,
      Optional<Schedule> schedule,
      Optional<Augmentation> augmentation,
      OptionalInt batch,
      OptionalInt epochs,
      Optional<List<Integer>> snapshots,
      OptionalInt stoppedEarly,
      Optional<Map<Variant, Variation>> variants) {

    /** Of nothing. */
    static final Change NONE =
        new Change(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
  }

  /** This plan with what changes. */
  Plan with(Change change) {
    return new Plan(
        change.network.orElse(network),
        change.widths.orElse(widths),
        change.seeds.orElse(seeds),
        change.initialisation.orElse(initialisation),
        loss,
        change.optimiser.orElse(optimiser),
        change.schedule.orElse(schedule),
        rateAtMost,
        change.augmentation.orElse(augmentation),
        change.batch.orElse(batch),
        change.epochs.orElse(epochs),
        change.snapshots.orElse(snapshots),
        snapshotsOfAllNetworks,
        change.stoppedEarly.orElse(stoppedEarly),
        stopAtZeroLoss,
        withoutWeightDecay,
        change.variants.orElse(variants));
  }

  private int widest() {
    return widths.get(widths.size() - 1);
  }

  /**
   * The recipes of a system.
   *
   * @param system its name
   * @param data what its networks learn
   * @param chosenSeeds the seeds
   */
  Study study(String system, Learned data, List<Integer> chosenSeeds) {
    Recipes recipes = new Recipes(system, data, chosenSeeds);
    SortedMap<Integer, Recipe> regularised = new TreeMap<>();
    widths.forEach(width -> regularised.put(width, recipes.of(width)));
    Map<Variant, List<Recipe>> varied = new EnumMap<>(Variant.class);
    variants.forEach((variant, variation) -> varied.put(variant, recipes.of(variation)));
    return new Study(
        regularised,
        withoutWeightDecay
            ? Optional.of(regularised.get(widest()).withOptimiser(optimiser.withWeightDecay(0)))
            : Optional.empty(),
        varied,
        stoppedEarly);
  }

  /** The recipe of one network with all snapshots. */
  Recipe recipe(String system, Learned data, int width, List<Integer> chosenSeeds) {
    return new Recipes(system, data, chosenSeeds)
        .of(network.of(width, data.classes(), data.side()), loss, optimiser, snapshots);
  }

  /**
   * What networks learn.
   *
   * @param dataset its name
   * @param classes K
   * @param side pixels along an edge of its images
   * @param augmentation of these images, if it is not the plan's
   */
  record Learned(String dataset, int classes, int side, Optional<Augmentation> augmentation) {}

  /** Makes recipes of one system, dataset and seeds. */
  private final class Recipes {

    private final String system;
    private final Learned data;
    private final List<Integer> chosenSeeds;

    Recipes(String system, Learned data, List<Integer> chosenSeeds) {
      this.system = system;
      this.data = data;
      this.chosenSeeds = chosenSeeds;
    }

    Recipe of(int width) {
      return of(
          whole(network, width),
          loss,
          optimiser,
          snapshotsOfAllNetworks || width == widest() ? snapshots : List.of());
    }

    List<Recipe> of(Variation variation) {
      return variation.widths().stream().flatMap(width -> of(variation, width)).toList();
    }

    private Stream<Recipe> of(Variation variation, int width) {
      if (variation.body().isPresent()) {
        int body = variation.body().getAsInt();
        return Stream.of(
            varied(
                network.withLastLayer(width, body, data.classes(), data.side()), loss, optimiser));
      }
      Architecture whole = whole(network, width);
      return Stream.of(
              variation.depths().stream()
                  .flatMap(List::stream)
                  .map(depth -> varied(whole(network.withDepth(depth), width), loss, optimiser)),
              variation.losses().stream()
                  .flatMap(List::stream)
                  .map(other -> varied(whole, other, optimiser)),
              variation.weightDecays().stream()
                  .flatMap(List::stream)
                  .map(decay -> varied(whole, loss, optimiser.withWeightDecay(decay))))
          .flatMap(recipes -> recipes);
    }

    private Architecture whole(Architecture.OfWidth kind, int width) {
      return kind.of(width, data.classes(), data.side());
    }

    private Recipe varied(Architecture changed, Loss other, Optimiser with) {
      return of(changed, other, with, snapshotsOfAllNetworks ? snapshots : List.of());
    }

    private Recipe of(Architecture built, Loss made, Optimiser with, List<Integer> kept) {
      return new Recipe(
          system,
          data.dataset(),
          built,
          chosenSeeds,
          initialisation,
          made,
          with,
          rateAtMost.map(bound -> schedule.atMost(bound.at(built.width()))).orElse(schedule),
          data.augmentation().orElse(augmentation),
          batch,
          epochs,
          Stream.concat(kept.stream(), Stream.of(epochs)).toList(),
          stopAtZeroLoss);
    }
  }
}
