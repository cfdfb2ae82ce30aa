package mitosis.suite;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.model.Convolutional;
import mitosis.model.ResNet;
import mitosis.train.Initialisation;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;

/**
 * {@code imagenet-resnet50}: ResNet50 of width W = 2048·c on ImageNet (P22 §2.1 and Fig. 7). The
 * paper speaks of "the standard protocols"; what these leave open is filled in as is usual: rate
 * 0.1 for a batch of 256, weight decay 1e-4.
 */
public final class ResNet50OnImageNet extends ConvolutionalSystem {

  /** The system's name. */
  public static final String NAME = "imagenet-resnet50";

  private static final List<Integer> SNAPSHOTS = List.of(0, 1, 2, 5, 12, 30, 60, 75, 90, 105);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String dataset(Scale scale) {
    return scale == Scale.SMOKE ? "imagenet-first-128-test-256" : "imagenet";
  }

  @Override
  public int classes() {
    return 1_000;
  }

  @Override
  public String standIn() {
    return "made-up-20x64-first-128-test-256";
  }

  @Override
  ConvolutionalPlan plan(Scale scale) {
    return scale == Scale.SMOKE
        ? new ConvolutionalPlan(
            List.of(32, 64, 128),
            3,
            Initialisation.Gamma.ONE,
            0.1,
            1e-4,
            Augmentation.RESIZED_CROP_AND_FLIP,
            32,
            2,
            List.of(0, 1))
        : new ConvolutionalPlan(
            List.of(512, 1024, 2048, 4096, 8192),
            4,
            Initialisation.Gamma.ONE,
            0.1,
            1e-4,
            Augmentation.RESIZED_CROP_AND_FLIP,
            256,
            120,
            SNAPSHOTS);
  }

  @Override
  Convolutional network(Scale scale, int width, int classes, int side) {
    return ResNet.ofWidth50(width, classes, side);
  }

  /** Images that stand in lie in memory, and are augmented as such. */
  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    Study study = super.study(scale, seeds, dataset, datasets);
    if (!dataset.equals(standIn())) {
      return study;
    }
    SortedMap<Integer, Recipe> recipes = new TreeMap<>(study.regularised());
    recipes.replaceAll((width, recipe) -> recipe.withAugmentation(Augmentation.CROP_AND_FLIP));
    return Study.of(recipes, Optional.empty(), study.stoppedEarly());
  }

  @Override
  boolean isTrainedWithoutWeightDecay() {
    return false;
  }

  @Override
  String smallerIn(Scale scale) {
    return "128 training images instead of 1.28 million";
  }
}
