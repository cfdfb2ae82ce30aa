package mitosis.power;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.MeanOverChunks;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.evidence.Subject;

/**
 * Networks that are known by what would be measured on each, so that a check of it can be tried
 * thousands of times. What is not known is not asked for, or refused.
 */
final class KnownNetworks extends Subject {

  /** As many test images as layers are rebuilt on. */
  private static final int IMAGES = 10_000;

  private static final int CHUNKS = 100;

  private final double[] fullTrainErrors;
  private final double[][] trainErrors;
  private final List<Reconstruction> reconstructions;
  private final List<IntrinsicDimension.Dimension> dimensions;
  private final Map<Integer, List<IntrinsicDimension.Dimension>> chunkDimensions;
  private final float[][] testBlocks;

  private KnownNetworks(
      int width,
      int seeds,
      double[] fullTrainErrors,
      double[][] trainErrors,
      List<Reconstruction> reconstructions,
      List<IntrinsicDimension.Dimension> dimensions,
      Map<Integer, List<IntrinsicDimension.Dimension>> chunkDimensions,
      float[][] testBlocks) {
    super(
        "planted networks of width " + width,
        width,
        seeds,
        new Chunks(2, 2),
        (network, test, train) -> {
          throw new IllegalStateException("only what is measured on these networks is known");
        });
    this.fullTrainErrors = fullTrainErrors;
    this.trainErrors = trainErrors;
    this.reconstructions = reconstructions;
    this.dimensions = dimensions;
    this.chunkDimensions = chunkDimensions;
    this.testBlocks = testBlocks;
  }

  /** Networks of width W, which fit their training set, as their chunks do. */
  static KnownNetworks of(int width, int seeds) {
    return new KnownNetworks(
        width,
        seeds,
        new double[seeds],
        new double[seeds][0],
        List.of(),
        List.of(),
        Map.of(),
        new float[0][]);
  }

  /** With these training errors of the full layers. */
  KnownNetworks withFullTrainErrors(double[] errors) {
    return new KnownNetworks(
        width(),
        seeds(),
        errors,
        trainErrors,
        reconstructions,
        dimensions,
        chunkDimensions,
        testBlocks);
  }

  /**
   * With chunks whose training error is, above the full layer's, 1e-3 at w* and falls as w^-3.
   *
   * @param critical w* of each network
   */
  KnownNetworks withCriticalSizes(double[] critical) {
    int[] sizes = trainSizes();
    double[][] errors = new double[seeds()][sizes.length];
    for (int seed = 0; seed < seeds(); seed++) {
      for (int k = 0; k < sizes.length; k++) {
        double above = 1e-3 * Math.pow(sizes[k] / critical[seed], -3);
        errors[seed][k] = Math.min(0.5, fullTrainErrors[seed] + (sizes[k] == width() ? 0 : above));
      }
    }
    return new KnownNetworks(
        width(),
        seeds(),
        fullTrainErrors,
        errors,
        reconstructions,
        dimensions,
        chunkDimensions,
        testBlocks);
  }

  /** What is known of one layer's reconstruction by chunk size. */
  record Rebuilt(
      IntToDoubleFunction r2, IntToDoubleFunction heldOutR2, IntToDoubleFunction correlation) {

    /** Nothing but correlations. */
    static Rebuilt correlated(IntToDoubleFunction correlation) {
      return new Rebuilt(size -> 0, size -> 0, correlation);
    }

    /** Nothing but held-out R². */
    static Rebuilt heldOut(double r2) {
      return new Rebuilt(size -> r2, size -> r2, size -> 0);
    }
  }

  /**
   * With these reconstructions.
   *
   * @param rebuilt of each network
   * @param sizes where correlations are known
   */
  KnownNetworks withReconstructions(List<Rebuilt> rebuilt, int... sizes) {
    return new KnownNetworks(
        width(),
        seeds(),
        fullTrainErrors,
        trainErrors,
        rebuilt.stream().map(each -> reconstruction(each, sizes)).toList(),
        dimensions,
        chunkDimensions,
        testBlocks);
  }

  private Reconstruction reconstruction(Rebuilt rebuilt, int[] sizes) {
    List<ResidualCorrelation> correlations = new ArrayList<>();
    for (int size : sizes) {
      MeanOverChunks correlation = mean(rebuilt.correlation().applyAsDouble(size));
      correlations.add(
          new ResidualCorrelation(
              size,
              correlation,
              correlation,
              Optional.of(
                  new ResidualCorrelation.OffChunk(
                      correlation,
                      mean(0),
                      Math.sqrt(2 / (Math.PI * (IMAGES - size - 1))),
                      mean(width() - (double) size),
                      mean(0)))));
    }
    return new Reconstruction(
        IMAGES,
        width(),
        width(),
        curve(rebuilt.r2()),
        curve(rebuilt.heldOutR2()),
        correlations,
        List.of());
  }

  private List<MeanOverChunks> curve(IntToDoubleFunction ofSize) {
    return IntStream.rangeClosed(1, width())
        .mapToObj(size -> mean(ofSize.applyAsDouble(size)))
        .toList();
  }

  private static MeanOverChunks mean(double value) {
    return new MeanOverChunks(value, 0, CHUNKS);
  }

  /** With these dimensions of the layers. */
  KnownNetworks withDimensions(List<IntrinsicDimension.Dimension> ofLayers) {
    return new KnownNetworks(
        width(),
        seeds(),
        fullTrainErrors,
        trainErrors,
        reconstructions,
        ofLayers,
        chunkDimensions,
        testBlocks);
  }

  /** With these dimensions of chunks, by their size. */
  KnownNetworks withChunkDimensions(Map<Integer, List<IntrinsicDimension.Dimension>> ofChunks) {
    return new KnownNetworks(
        width(),
        seeds(),
        fullTrainErrors,
        trainErrors,
        reconstructions,
        dimensions,
        ofChunks,
        testBlocks);
  }

  /**
   * With these test errors.
   *
   * @param blocks of each network the means over blocks of images
   */
  KnownNetworks withTestErrors(float[][] blocks) {
    return new KnownNetworks(
        width(),
        seeds(),
        fullTrainErrors,
        trainErrors,
        reconstructions,
        dimensions,
        chunkDimensions,
        blocks);
  }

  @Override
  public double fullTrainError(int[] chosen) {
    return mean(chosen, seed -> fullTrainErrors[seed]);
  }

  @Override
  public double[] trainErrors(int[] chosen) {
    double[] errors = new double[trainSizes().length];
    Arrays.setAll(errors, k -> mean(chosen, seed -> trainErrors[seed][k]));
    return errors;
  }

  private static double mean(int[] chosen, IntToDoubleFunction ofSeed) {
    return Arrays.stream(chosen).mapToDouble(ofSeed::applyAsDouble).average().orElseThrow();
  }

  @Override
  public List<Reconstruction> reconstructions(int[] sizes) {
    return Collections.unmodifiableList(reconstructions);
  }

  @Override
  public List<IntrinsicDimension.Dimension> dimensions(int images) {
    return Collections.unmodifiableList(dimensions);
  }

  @Override
  public List<IntrinsicDimension.Dimension> chunkDimensions(int size, int images) {
    return Collections.unmodifiableList(chunkDimensions.get(size));
  }

  @Override
  public double fullTestError(int[] chosen, ImageWeights blocks) {
    return mean(chosen, seed -> blocks.mean(testBlocks[seed]));
  }

  @Override
  public int testBlocks() {
    return testBlocks[0].length;
  }
}
