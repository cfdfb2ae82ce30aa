package mitosis.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.model.Convolutional;
import mitosis.model.WideResNet;
import mitosis.train.Initialisation;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;

/**
 * {@code cifar10-wr28} and {@code cifar100-wr28}: Wide-ResNet-28-n of width W = 64·n on CIFAR (P22
 * §2.1; P21 §2).
 */
public final class WideResNetOnCifar extends ConvolutionalSystem {

  /** On CIFAR-10. */
  public static final String TEN = "cifar10-wr28";

  /** On CIFAR-100. */
  public static final String HUNDRED = "cifar100-wr28";

  private static final int DEPTH = 28;

  /** The shallowest there is: one block in each group. */
  private static final int LEAST_DEPTH = 10;

  private static final List<Integer> PUBLISHED_SNAPSHOTS =
      List.of(0, 1, 2, 5, 10, 20, 40, 60, 80, 100, 130, 140, 150, 160, 180);

  /** Width of the network whose last layer is widened alone, and that of the kept last layer. */
  private static final int NARROW = 64;

  /** As far as the widest network is as wide. */
  private static final List<Integer> LAST_LAYERS = List.of(64, 128, 256, 512);

  private final int classes;

  private WideResNetOnCifar(int classes) {
    this.classes = classes;
  }

  /** CIFAR-10. */
  public static WideResNetOnCifar ofTen() {
    return new WideResNetOnCifar(10);
  }

  /** CIFAR-100. */
  public static WideResNetOnCifar ofHundred() {
    return new WideResNetOnCifar(100);
  }

  @Override
  public String name() {
    return classes == 10 ? TEN : HUNDRED;
  }

  @Override
  public String dataset(Scale scale) {
    String whole = "cifar" + classes;
    return switch (scale) {
      case SMOKE -> whole + "-first-128-test-256";
      case QUICK -> whole + "-first-1000";
      case EXTENDED -> whole + "-first-5000";
      case FULL -> whole;
    };
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public String standIn() {
    return "made-up-%dx32-first-128-test-256".formatted(classes);
  }

  @Override
  ConvolutionalPlan plan(Scale scale) {
    return switch (scale) {
      case SMOKE ->
          new ConvolutionalPlan(
              List.of(4, 8, 16),
              3,
              Initialisation.Gamma.UNIFORM,
              0.1,
              5e-4,
              Augmentation.CROP_AND_FLIP,
              32,
              2,
              List.of(0, 1));
      case QUICK ->
          new ConvolutionalPlan(
              List.of(64, 96, 128, 256),
              3,
              Initialisation.Gamma.UNIFORM,
              0.1,
              1e-2,
              Augmentation.NONE,
              128,
              40,
              ConvolutionalPlan.fewSnapshots(40));
      case EXTENDED ->
          new ConvolutionalPlan(
              List.of(16, 32, 64, 128, 256),
              6,
              Initialisation.Gamma.UNIFORM,
              0.1,
              5e-3,
              Augmentation.NONE,
              128,
              40,
              ConvolutionalPlan.tenths(40));
      case FULL ->
          new ConvolutionalPlan(
              classes == 10
                  ? List.of(16, 32, 64, 128, 256, 512)
                  : List.of(16, 32, 64, 128, 256, 512, 1024),
              20,
              Initialisation.Gamma.UNIFORM,
              0.1,
              5e-4,
              Augmentation.CROP_AND_FLIP,
              128,
              200,
              PUBLISHED_SNAPSHOTS);
    };
  }

  @Override
  Convolutional network(Scale scale, int width, int outputs, int side) {
    return WideResNet.ofWidth(depth(scale), width, outputs, side);
  }

  private static int depth(Scale scale) {
    return scale == Scale.QUICK || scale == Scale.EXTENDED ? LEAST_DEPTH : DEPTH;
  }

  /** On CIFAR-10 also those of which the last layer alone is wide, or all but it (P22 Fig. S4). */
  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    Study study = super.study(scale, seeds, dataset, datasets);
    if (classes != 10) {
      return study;
    }
    ConvolutionalPlan plan = plan(scale);
    int narrow = scale == Scale.SMOKE ? plan.widths().get(0) : NARROW;
    WideResNet body = WideResNet.ofWidth(depth(scale), narrow, classes, datasets.side(dataset));
    List<Integer> widths =
        scale == Scale.SMOKE
            ? plan.widths()
            : LAST_LAYERS.stream().filter(width -> width <= plan.widest()).toList();
    List<Recipe> lastLayers =
        widths.stream()
            .map(width -> plan.recipe(name(), dataset, body.withLastLayer(width), seeds, false))
            .toList();
    WideResNet wide =
        WideResNet.ofWidth(depth(scale), plan.widest(), classes, datasets.side(dataset))
            .withLastLayer(narrow);
    return new Study(
        study.regularised(),
        study.withoutWeightDecay(),
        Map.of(
            Variant.LAST_LAYER_WIDENED,
            lastLayers,
            Variant.BODY_WIDENED,
            List.of(plan.recipe(name(), dataset, wide, seeds, false))),
        study.stoppedEarly());
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return classes == 10 ? Optional.empty() : super.tooSlowAt(scale);
  }

  @Override
  String smallerIn(Scale scale) {
    return "depth %d instead of %d, the first %s training images instead of 50,000"
        .formatted(
            depth(scale),
            DEPTH,
            scale == Scale.SMOKE ? "128" : scale == Scale.QUICK ? "1,000" : "5,000");
  }
}
