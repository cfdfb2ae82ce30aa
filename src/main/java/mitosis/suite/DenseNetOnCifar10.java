package mitosis.suite;

import java.util.List;
import mitosis.claim.Scale;
import mitosis.model.Convolutional;
import mitosis.model.DenseNet;
import mitosis.train.Initialisation;
import mitosis.train.Recipe.Augmentation;

/** {@code cifar10-densenet40}: DenseNet40-BC of width W = 5.5·c on CIFAR-10 (P22 §2.1). */
public final class DenseNetOnCifar10 extends ConvolutionalSystem {

  /** The system's name. */
  public static final String NAME = "cifar10-densenet40";

  private static final List<Integer> SNAPSHOTS = List.of(0, 20, 60, 100, 120, 140, 160, 180);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String dataset(Scale scale) {
    return scale == Scale.SMOKE ? "cifar10-first-128-test-256" : "cifar10";
  }

  @Override
  public int classes() {
    return 10;
  }

  @Override
  public String standIn() {
    return "made-up-10x32-first-128-test-256";
  }

  @Override
  ConvolutionalPlan plan(Scale scale) {
    return scale == Scale.SMOKE
        ? new ConvolutionalPlan(
            List.of(11, 22, 44),
            3,
            Initialisation.Gamma.UNIFORM,
            0.1,
            5e-4,
            Augmentation.CROP_AND_FLIP,
            32,
            2,
            List.of(0, 1))
        : new ConvolutionalPlan(
            List.of(44, 88, 176, 352, 704, 1408),
            20,
            Initialisation.Gamma.UNIFORM,
            0.1,
            5e-4,
            Augmentation.CROP_AND_FLIP,
            128,
            200,
            SNAPSHOTS);
  }

  @Override
  Convolutional network(Scale scale, int width, int classes, int side) {
    return DenseNet.ofWidth40(width, classes, side);
  }

  @Override
  String smallerIn(Scale scale) {
    return "the first 128 training images instead of 50,000";
  }
}
