package mitosis.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.Stream;
import mitosis.model.Architecture;

/**
 * Everything that decides how a network is trained, as a value that can be printed, compared,
 * hashed and sent elsewhere. The seeds are trained together where the network allows it.
 *
 * @param system the system it belongs to, such as {@code pmnist-fc5}
 * @param dataset name of the dataset
 * @param network the architecture
 * @param seeds at least one, each once
 * @param initialisation the weights before training
 * @param loss what is made small
 * @param optimiser how
 * @param schedule the learning rate of each epoch
 * @param augmentation how images are changed before they are seen
 * @param batch examples per step; the last step of an epoch takes what is left
 * @param epochs passes over the training set
 * @param snapshots epochs after which the weights are kept, increasing; 0 is before training; the
 *     last is the last epoch
 * @param stopAtZeroLoss whether training ends with the first epoch whose loss is exactly zero for
 *     every seed; the last snapshot is then taken there
 */
public record Recipe(
    String system,
    String dataset,
    Architecture network,
    List<Integer> seeds,
    Initialisation initialisation,
    Loss loss,
    Optimiser optimiser,
    Schedule schedule,
    Augmentation augmentation,
    int batch,
    int epochs,
    List<Integer> snapshots,
    boolean stopAtZeroLoss) {

  /**
   * @throws IllegalArgumentException if a field is out of its range; names it
   */
  public Recipe {
    require("system", system);
    require("dataset", dataset);
    require("network", network);
    require("seeds", seeds);
    require("initialisation", initialisation);
    require("loss", loss);
    require("optimiser", optimiser);
    require("schedule", schedule);
    require("augmentation", augmentation);
    require("snapshots", snapshots);
    if (!system.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "system names a folder: letters, digits, '.', '_' and '-', not '%s'".formatted(system));
    }
    seeds = List.copyOf(seeds);
    snapshots = List.copyOf(snapshots);
    if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
      throw new IllegalArgumentException("seeds must be given, each once, not " + seeds);
    }
    if (batch < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "batch %d and epochs %d must be at least 1".formatted(batch, epochs));
    }
    for (int k = 0; k < snapshots.size(); k++) {
      if (snapshots.get(k) < 0 || k > 0 && snapshots.get(k) <= snapshots.get(k - 1)) {
        throw new IllegalArgumentException("snapshots must increase from 0, not " + snapshots);
      }
    }
    if (snapshots.isEmpty() || snapshots.get(snapshots.size() - 1) != epochs) {
      throw new IllegalArgumentException(
          "the last snapshot must be the last epoch, %d, not %s".formatted(epochs, snapshots));
    }
  }

  private static void require(String field, Object value) {
    if (value == null) {
      throw new IllegalArgumentException("a recipe needs " + field);
    }
  }

  /** Width W of the network's last hidden layer. */
  public int width() {
    return network.width();
  }

  /** This recipe with another optimiser. */
  public Recipe withOptimiser(Optimiser other) {
    return with(seeds, other, snapshots);
  }

  /** This recipe for other seeds. */
  public Recipe withSeeds(List<Integer> others) {
    return with(others, optimiser, snapshots);
  }

  /** This recipe, of which only the weights at the end are kept. */
  public Recipe keepingTheEnd() {
    return keeping(List.of());
  }

  /**
   * This recipe, of which other weights are kept.
   *
   * @param epochsBeforeTheEnd after which they are kept besides the last, increasing
   */
  public Recipe keeping(List<Integer> epochsBeforeTheEnd) {
    return with(
        seeds, optimiser, Stream.concat(epochsBeforeTheEnd.stream(), Stream.of(epochs)).toList());
  }

  private Recipe with(
      List<Integer> otherSeeds, Optimiser otherOptimiser, List<Integer> otherSnapshots) {
    return new Recipe(
        system,
        dataset,
        network,
        otherSeeds,
        initialisation,
        loss,
        otherOptimiser,
        schedule,
        augmentation,
        batch,
        epochs,
        otherSnapshots,
        stopAtZeroLoss);
  }

  /**
   * What is trained and stored as one run: the recipe itself where its seeds are trained together,
   * else one recipe a seed.
   */
  public List<Recipe> trainings() {
    return network.trainsSeedsTogether()
        ? List.of(this)
        : seeds.stream().map(seed -> withSeeds(List.of(seed))).toList();
  }

  /** One line for a person. */
  public String summary() {
    return "%s W=%d seeds %s".formatted(system, width(), seeds);
  }

  /** How training images are changed, anew in every epoch, before a network sees them. */
  public enum Augmentation {
    /** Not at all. */
    NONE,
    /**
     * A square of the image's size out of the image with 4 pixels mirrored at each border, and
     * every second one, by chance, flipped from left to right.
     */
    CROP_AND_FLIP,
    /**
     * A rectangle of 8 to 100 % of the area and sides of 3:4 to 4:3, scaled to the input's size,
     * and every second one, by chance, flipped from left to right.
     */
    RESIZED_CROP_AND_FLIP
  }

  /** The learning rate of each epoch. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schedule")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
    @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant")
  })
  public sealed interface Schedule {

    /**
     * @param epoch 0-based
     * @param epochs how many there will be
     */
    double rate(int epoch, int epochs);

    /** This schedule with rates that are nowhere higher. */
    Schedule atMost(double rate);

    /**
     * Half a cosine from the first rate down to the last, constant within an epoch, as PyTorch's
     * CosineAnnealingLR stepped once an epoch.
     *
     * @param first the rate of epoch 0
     * @param last the rate that would follow the last epoch
     */
    record Cosine(double first, double last) implements Schedule {
      @Override
      public double rate(int epoch, int epochs) {
        return last + (first - last) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
      }

      @Override
      public Cosine atMost(double rate) {
        return new Cosine(Math.min(first, rate), Math.min(last, rate));
      }
    }

    /**
     * One rate throughout.
     *
     * @param rate the rate
     */
    record Constant(double rate) implements Schedule {
      @Override
      public double rate(int epoch, int epochs) {
        return rate;
      }

      @Override
      public Constant atMost(double bound) {
        return new Constant(Math.min(rate, bound));
      }
    }
  }
}
