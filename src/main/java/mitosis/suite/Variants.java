package mitosis.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitosis.evidence.DoseResponse.Dose;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.evidence.Layers;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;
import mitosis.representation.Representation;
import mitosis.representation.TrainedNetworks;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;

/**
 * Networks that differ in one thing from the others of their study, at the end of training, in the
 * study's order.
 */
public final class Variants {

  private final Trainings trainings;

  Variants(Trainings trainings) {
    this.trainings = trainings;
  }

  /**
   * The networks of a variant.
   *
   * @throws Unmeasurable if this scale has none
   */
  public List<Subject> of(Variant variant) {
    return recipes(variant).stream()
        .map(recipe -> trainings.subject("%s, %s".formatted(variant, recipe), recipe))
        .toList();
  }

  /**
   * What was trained of a variant.
   *
   * @throws Unmeasurable if this scale has none
   */
  public List<Recipe> recipes(Variant variant) {
    List<Recipe> recipes = trainings.study().variant(variant);
    if (recipes.isEmpty()) {
      throw new Unmeasurable(
          "networks with " + variant + " at this scale",
          "run it without -Dwidths, with -Dscale=extended, or with -Dscale=full on a GPU");
    }
    return recipes;
  }

  /**
   * The networks of {@link Variant#WEIGHT_DECAY} with their weight decays, by width, each list in
   * increasing order of the weight decay.
   *
   * @throws Unmeasurable if this scale has none
   */
  public SortedMap<Integer, List<Dose>> doses() {
    List<Recipe> recipes = recipes(Variant.WEIGHT_DECAY);
    List<Subject> subjects = of(Variant.WEIGHT_DECAY);
    SortedMap<Integer, List<Dose>> byWidth = new TreeMap<>();
    for (int k = 0; k < recipes.size(); k++) {
      Recipe recipe = recipes.get(k);
      byWidth
          .computeIfAbsent(recipe.width(), width -> new ArrayList<>())
          .add(new Dose(((Optimiser.Sgd) recipe.optimiser()).weightDecay(), subjects.get(k)));
    }
    return byWidth;
  }

  /** The doses of the widest networks of {@link #doses}. */
  public List<Dose> dosesOfTheWidest() {
    SortedMap<Integer, List<Dose>> doses = doses();
    return doses.get(doses.lastKey());
  }

  /**
   * Test errors of a variant's full networks, against their depth or else their width.
   *
   * @throws Unmeasurable if this scale has none
   */
  public ErrorCurve errors(Variant variant) {
    List<Recipe> recipes = recipes(variant);
    int seeds = trainings.study().widest().seeds().size();
    float[][][] mistakes = new float[seeds][recipes.size()][];
    for (int k = 0; k < recipes.size(); k++) {
      TrainedNetworks networks = trainings.networks(recipes.get(k));
      for (int seed = 0; seed < seeds; seed++) {
        Representation layer = networks.representation(seed, Layers.ALL, 1);
        mistakes[seed][k] =
            NetworksByWidth.alone(layer.readout().logits(layer.test()), layer.test()).mistakes()[0];
      }
    }
    return ErrorCurve.of(
        recipes.stream().mapToInt(variant::number).toArray(),
        mistakes,
        ErrInf.known(new float[mistakes[0][0].length]));
  }
}
