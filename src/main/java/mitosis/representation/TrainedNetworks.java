package mitosis.representation;

import ai.djl.engine.EngineException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import mitosis.data.Dataset;
import mitosis.data.Examples;
import mitosis.train.Execution;
import mitosis.train.Run;
import mitosis.train.TrainingException.MemoryExhausted;

/**
 * The networks of a recipe at one epoch, seed by seed: what they show of a dataset when they are no
 * longer trained.
 */
public final class TrainedNetworks {

  private final List<Run> runs;
  private final int epoch;
  private final Dataset dataset;
  private final Map<Integer, Map<String, float[]>> sharedWeights = new ConcurrentHashMap<>();
  private final RecentSplits recent = new RecentSplits();

  /**
   * @param runs finished trainings of one recipe: of all seeds together, or one a seed
   * @param epoch one of their snapshots
   * @param dataset what they were trained on
   * @throws IllegalArgumentException if that epoch was not kept
   */
  public TrainedNetworks(List<Run> runs, int epoch, Dataset dataset) {
    this.runs = List.copyOf(runs);
    this.epoch = epoch;
    this.dataset = dataset;
    this.runs.forEach(run -> run.requireSnapshot(epoch));
  }

  /** Number of seeds S. */
  public int seeds() {
    return runs.stream().mapToInt(run -> run.recipe().seeds().size()).sum();
  }

  /**
   * The last hidden layer of one network and its readout.
   *
   * @param seed which of the run's, 0…S−1 in the recipe's order
   * @param testImages the first so many test examples, or all if there are fewer
   * @param trainImages the first so many training examples, or all if there are fewer
   */
  public Representation representation(int seed, int testImages, int trainImages) {
    int first = 0;
    int k = 0;
    while (seed >= first + runs.get(k).recipe().seeds().size()) {
      first += runs.get(k++).recipe().seeds().size();
    }
    Run run = runs.get(k);
    Map<String, float[]> own = weights(k, seed - first);
    return new Representation(
        "%s, seed %d, epoch %d"
            .formatted(run.recipe().summary(), run.recipe().seeds().get(seed - first), epoch),
        split(run, seed, own, dataset.test(), testImages),
        split(run, seed, own, dataset.train(), trainImages),
        LastLayer.readout(run.recipe().network(), own));
  }

  /**
   * What the ensemble of all seeds makes of the test set: the mean of its networks' logits.
   *
   * @param testImages the first so many test examples, or all if there are fewer
   * @return K x N
   */
  public float[][] meanLogits(int testImages) {
    double[][] sum = null;
    for (int seed = 0; seed < seeds(); seed++) {
      Representation layer = representation(seed, testImages, 1);
      double[][] logits = layer.readout().logits(layer.test());
      sum = sum == null ? new double[logits.length][logits[0].length] : sum;
      for (int k = 0; k < logits.length; k++) {
        for (int n = 0; n < logits[k].length; n++) {
          sum[k][n] += logits[k][n];
        }
      }
    }
    float[][] mean = new float[sum.length][sum[0].length];
    for (int k = 0; k < mean.length; k++) {
      for (int n = 0; n < mean[k].length; n++) {
        mean[k][n] = (float) (sum[k][n] / seeds());
      }
    }
    return mean;
  }

  private Split split(Run run, int seed, Map<String, float[]> own, Examples examples, int most) {
    int wanted = Math.min(examples.count(), most);
    if (run.recipe().network().trainsSeedsTogether()) {
      // So small a network is quicker to ask again than it would be worth to remember.
      return activities(run, own, examples, wanted);
    }
    return recent.of(
        seed + (examples == dataset.test() ? " test" : " train"),
        wanted,
        count -> activities(run, own, examples, count));
  }

  /**
   * The weights of one seed. Where several seeds share a file, all are kept once one is asked for.
   */
  private Map<String, float[]> weights(int k, int seed) {
    Run run = runs.get(k);
    int seeds = run.recipe().seeds().size();
    if (seeds == 1) {
      return run.weights(epoch);
    }
    Map<String, float[]> own = new LinkedHashMap<>();
    sharedWeights
        .computeIfAbsent(k, key -> run.weights(epoch))
        .forEach(
            (name, all) -> {
              int size = all.length / seeds;
              own.put(name, Arrays.copyOfRange(all, seed * size, (seed + 1) * size));
            });
    return own;
  }

  /**
   * @throws MemoryExhausted if the network and a block of examples do not fit onto the device
   */
  private static Split activities(Run run, Map<String, float[]> own, Examples examples, int count) {
    Execution execution = run.manifest().execution();
    try {
      return LastLayer.of(run.recipe().network(), own, examples, count, execution.place());
    } catch (EngineException e) {
      int block = Math.min(count, EvaluationBatches.blockOf(examples));
      throw MemoryExhausted.or(e, "the representation", run.recipe(), block, execution);
    }
  }

  /** What networks made of images lately, kept for as long as there is memory to spare. */
  private static final class RecentSplits {

    private final Map<String, SoftReference<Split>> splits = new ConcurrentHashMap<>();

    /**
     * The first images' activities, measured if they are not known.
     *
     * @param key which network and which set
     * @param images how many
     * @param measured activities of the first so many images
     */
    Split of(String key, int images, IntFunction<Split> measured) {
      SoftReference<Split> reference = splits.get(key);
      Split known = reference == null ? null : reference.get();
      if (known == null || known.images() < images) {
        known = measured.apply(images);
        splits.put(key, new SoftReference<>(known));
      }
      return known.images() == images ? known : first(known, images);
    }

    private static Split first(Split split, int images) {
      float[][] activities = new float[split.width()][];
      Arrays.setAll(activities, j -> Arrays.copyOf(split.activities()[j], images));
      return new Split(activities, Arrays.copyOf(split.labels(), images));
    }
  }
}
