package mitosis.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkError;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.Permutations;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.SignFlips;
import mitosis.evidence.ErrorCurve.ErrInf;
import mitosis.evidence.Layers.LiveLayers;
import mitosis.representation.Representation;
import mitosis.representation.Split;

/**
 * What a claim is tested on: the last hidden layers of several networks that differ in their seed
 * alone. A layer is drawn up when a measurement first needs it, and let go of when its curves are
 * known: a wide layer on many images takes much memory.
 */
public class Subject {

  /**
   * Images that reconstructions are made on: as many as the papers' CIFAR test sets have. More of
   * them would only lower the noise floor of the correlations, which is 0.008 with these.
   */
  private static final int LEAST_RECONSTRUCTION_IMAGES = 10_000;

  /** As many as the papers' CIFAR test sets have. */
  private static final int FULL_TEST_IMAGES = 10_000;

  /** So many images for each neuron let half of the layer be taken as a chunk. */
  private static final int IMAGES_PER_NEURON = 6;

  private static final long CHUNK_SEED = 1;

  /** The share of ratios of distances that dimensions are fitted to, as the authors keep. */
  private static final double FRACTION = 0.9;

  /** A chunk's dimension hardly depends on which neurons it has, where they are many. */
  private static final int CHUNKS_FOR_DIMENSION = 4;

  private final String name;
  private final int width;
  private final int seeds;
  private final Chunks chunks;
  private final Layers layers;
  private final Optional<ErrInf> knownErrInf;
  private final Map<Set<Integer>, List<Reconstruction>> reconstructions = new HashMap<>();
  private final Map<String, ErrorCurve> curves = new HashMap<>();
  private final Map<String, List<IntrinsicDimension.Dimension>> dimensions = new HashMap<>();
  private Subject live;
  private List<ChunkError> trainErrors;
  private float[][] fullTestMistakes;
  private ErrInf errInf;

  /**
   * How many random chunks of each size are measured.
   *
   * @param errors for errors; 500 in P22
   * @param reconstructions for reconstructions; 100 in P22
   */
  public record Chunks(int errors, int reconstructions) {}

  /**
   * Trained networks, whose err∞ is that of their ensemble.
   *
   * @param name what it is, for reports
   * @param width W of the layers
   * @param seeds S, number of networks
   * @param chunks how many are measured
   * @param layers the layer of each network, 0…S−1; all see the same images
   */
  public Subject(String name, int width, int seeds, Chunks chunks, Layers layers) {
    this(name, width, seeds, chunks, layers, Optional.empty());
  }

  /**
   * Made-up networks whose err∞ is known.
   *
   * @param errInf of all of them
   */
  public Subject(String name, int width, int seeds, Chunks chunks, Layers layers, ErrInf errInf) {
    this(name, width, seeds, chunks, layers, Optional.of(errInf));
  }

  private Subject(
      String name,
      int width,
      int seeds,
      Chunks chunks,
      Layers layers,
      Optional<ErrInf> knownErrInf) {
    this.name = name;
    this.width = width;
    this.seeds = seeds;
    this.chunks = chunks;
    this.layers = layers;
    this.knownErrInf = knownErrInf;
  }

  /** On how many test images a layer of width W is rebuilt, if there are as many. */
  public static int reconstructionImages(int width) {
    return Math.max(LEAST_RECONSTRUCTION_IMAGES, IMAGES_PER_NEURON * width);
  }

  /** What it is. */
  public String name() {
    return name;
  }

  /** Width W of the layers. */
  public int width() {
    return width;
  }

  /** Number of networks S. */
  public int seeds() {
    return seeds;
  }

  /**
   * The live neurons of the same networks alone (see {@link mitosis.analysis.LiveNeurons}).
   *
   * @throws Unmeasurable if there are none
   */
  public synchronized Subject live() {
    if (live == null) {
      LiveLayers alone = LiveLayers.of(layers, seeds);
      live =
          new Subject(
              "the live neurons of " + name, alone.width(), seeds, chunks, alone, knownErrInf);
    }
    return live;
  }

  /**
   * Test errors of chunks.
   *
   * @param sizes increasing, from 1 to W
   */
  public synchronized ErrorCurve chunkCurve(int[] sizes) {
    return curves.computeIfAbsent(
        Arrays.toString(sizes),
        key -> {
          float[][][] mistakes =
              eachNetwork(
                      network ->
                          // Training errors have curves of their own; one image stands in here.
                          ChunkError.measure(
                                  layers.of(network, Layers.ALL, 1),
                                  sizes,
                                  chunks.errors(),
                                  CHUNK_SEED + network)
                              .testMistakes())
                  .toArray(float[][][]::new);
          return ErrorCurve.of(sizes, mistakes, errInf());
        });
  }

  /**
   * Mean test error of the full layers on the first 10,000 test images, so that it can be asked for
   * at every snapshot of a training.
   *
   * @param chosen which networks
   * @param blocks how often each block of test images counts
   */
  public double fullTestError(int[] chosen, ImageWeights blocks) {
    float[][] mistakes = fullTestMistakes();
    return Arrays.stream(chosen)
        .mapToDouble(seed -> blocks.mean(mistakes[seed]))
        .average()
        .orElseThrow();
  }

  /** The same of all networks, with its interval over seeds and images. */
  public CurvePoint fullTestError() {
    ImageWeights all = ImageWeights.equal(testBlocks());
    return CurvePoint.overSeedsAndImages(seeds, testBlocks(), this::fullTestError)
        .withSeeds(seeds, one -> fullTestError(one, all));
  }

  /** Number of blocks of test images, the unit that is resampled. */
  public int testBlocks() {
    return fullTestMistakes()[0].length;
  }

  private synchronized float[][] fullTestMistakes() {
    if (fullTestMistakes == null) {
      fullTestMistakes =
          eachNetwork(
                  network -> {
                    Representation layer = layers.of(network, FULL_TEST_IMAGES, 1);
                    double[][][] logits = {layer.readout().logits(layer.test())};
                    return ErrorCurve.means(
                        EnsembleError.of(logits, layer.test().labels()).mistakes()[0]);
                  })
              .toArray(float[][]::new);
    }
    return fullTestMistakes;
  }

  /** err∞ of these networks. */
  public synchronized ErrInf errInf() {
    if (errInf == null) {
      errInf = knownErrInf.orElseGet(this::errInfOfEnsemble);
    }
    return errInf;
  }

  private ErrInf errInfOfEnsemble() {
    List<Representation> tested = eachNetwork(network -> layers.of(network, Layers.ALL, 1));
    return ErrInf.ofLogits(
        tested.stream()
            .map(layer -> layer.readout().logits(layer.test()))
            .toArray(double[][][]::new),
        tested.get(0).test().labels());
  }

  /** Measures the networks side by side; each by itself, so the order does not matter. */
  private <T> List<T> eachNetwork(IntFunction<T> measurement) {
    return IntStream.range(0, seeds).parallel().mapToObj(measurement).toList();
  }

  /** Sizes at which training errors are measured: 1…W, four to a factor of two, rounded. */
  public int[] trainSizes() {
    return ChunkSizes.quarterOctaves(width);
  }

  /** Mean training error of chunks of each of {@link #trainSizes}, over the seeds given. */
  public double[] trainErrors(int[] chosen) {
    double[] mean = new double[trainSizes().length];
    for (int seed : chosen) {
      double[] errors = measuredTrainErrors().get(seed).trainErrors();
      for (int k = 0; k < mean.length; k++) {
        mean[k] += errors[k] / chosen.length;
      }
    }
    return mean;
  }

  /** Mean training error of chunks of each of {@link #trainSizes}, with its interval over seeds. */
  public List<CurvePoint> trainErrors() {
    return IntStream.range(0, trainSizes().length)
        .mapToObj(k -> CurvePoint.overSeeds(seeds, chosen -> trainErrors(chosen)[k]))
        .toList();
  }

  /** Mean training error of the full layers, with its interval over seeds. */
  public CurvePoint fullTrainError() {
    return CurvePoint.overSeeds(seeds, this::fullTrainError);
  }

  /** Mean training error of the full layers of the seeds given. */
  public double fullTrainError(int[] chosen) {
    double sum = 0;
    for (int seed : chosen) {
      sum += measuredTrainErrors().get(seed).full().train();
    }
    return sum / chosen.length;
  }

  private synchronized List<ChunkError> measuredTrainErrors() {
    if (trainErrors == null) {
      trainErrors =
          eachNetwork(
              network ->
                  ChunkError.measure(
                      layers.of(network, 1, Layers.ALL),
                      trainSizes(),
                      chunks.errors(),
                      CHUNK_SEED + network));
    }
    return trainErrors;
  }

  /**
   * Reconstructions from chunks, network by network, on the first 10,000 test images, or more where
   * the layer is wider than 1,666 neurons.
   *
   * @param sizes increasing; where residual correlations are measured, perhaps among others
   * @throws Unmeasurable if no neuron of a layer is live on one half of the images
   */
  public synchronized List<Reconstruction> reconstructions(int[] sizes) {
    Set<Integer> wanted = IntStream.of(sizes).boxed().collect(Collectors.toSet());
    // What is measured at one size does not depend on the others.
    return reconstructions.entrySet().stream()
        .filter(known -> known.getKey().containsAll(wanted))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(
            () -> {
              List<Reconstruction> measured =
                  eachNetwork(
                      network -> reconstruction(rebuilt(network), sizes, CHUNK_SEED + network));
              reconstructions.put(wanted, measured);
              return measured;
            });
  }

  private Split rebuilt(int network) {
    return layers.of(network, reconstructionImages(width), 1).test();
  }

  private Reconstruction reconstruction(Split test, int[] sizes, long seed) {
    try {
      return Reconstruction.measure(test, sizes, chunks.reconstructions(), seed);
    } catch (IllegalArgumentException e) {
      throw new Unmeasurable(
          "a layer to rebuild: of %s %s".formatted(name, e.getMessage()),
          "look whether weight decay has switched all neurons off");
    }
  }

  /**
   * Whether chance alone would correlate so much what a chunk misses: the first network, one random
   * chunk, on the images of {@link #reconstructions}.
   *
   * @param size w, at least 1
   * @param flips draws of all signs, at least 2
   * @return nothing if fewer than two live neurons are left outside the chunk
   */
  public Optional<SignFlips> signFlips(int size, int flips) {
    if (size >= width) {
      return Optional.empty();
    }
    int[] chunk = Arrays.copyOf(new Permutations(width, CHUNK_SEED).permutation(0), size);
    return SignFlips.ofChunk(rebuilt(0), chunk, flips, CHUNK_SEED);
  }

  /**
   * The intrinsic dimension of each network's layer.
   *
   * @param images the first so many test images, or all if there are fewer
   * @throws Unmeasurable if too few of them differ in a layer
   */
  public List<IntrinsicDimension.Dimension> dimensions(int images) {
    return dimensions(
        "layer, " + images,
        images,
        (network, test) -> IntrinsicDimension.of(test, FRACTION, CHUNK_SEED).fitted());
  }

  /**
   * The intrinsic dimension of chunks of each network's layer, the mean over four random ones.
   *
   * @param size w, from 1 to W
   * @param images as above
   * @throws Unmeasurable if too few of them differ in a chunk
   */
  public List<IntrinsicDimension.Dimension> chunkDimensions(int size, int images) {
    return dimensions(
        "chunks of %d, %d".formatted(size, images),
        images,
        (network, test) -> {
          Permutations permutations = new Permutations(width, CHUNK_SEED + network);
          List<IntrinsicDimension.Dimension> chunks =
              IntStream.range(0, CHUNKS_FOR_DIMENSION)
                  .mapToObj(chunk -> Arrays.copyOf(permutations.permutation(chunk), size))
                  .map(
                      neurons ->
                          IntrinsicDimension.ofChunk(test, neurons, FRACTION, CHUNK_SEED).fitted())
                  .toList();
          // All see the same images, so their errors do not average out.
          return new IntrinsicDimension.Dimension(
              mean(chunks, IntrinsicDimension.Dimension::value),
              mean(chunks, IntrinsicDimension.Dimension::standardError));
        });
  }

  private static double mean(
      List<IntrinsicDimension.Dimension> chunks,
      ToDoubleFunction<IntrinsicDimension.Dimension> part) {
    return chunks.stream().mapToDouble(part).average().orElseThrow();
  }

  private interface OfLayer {
    IntrinsicDimension.Dimension of(int network, Split test);
  }

  /** One network after the other, as each takes all cores and much memory. */
  private synchronized List<IntrinsicDimension.Dimension> dimensions(
      String what, int images, OfLayer dimension) {
    return dimensions.computeIfAbsent(
        what,
        key ->
            IntStream.range(0, seeds)
                .mapToObj(
                    network -> {
                      Split test = layers.of(network, images, 1).test();
                      try {
                        return dimension.of(network, test);
                      } catch (IllegalArgumentException e) {
                        throw new Unmeasurable(
                            "a dimension: in %s, network %d, %s"
                                .formatted(name, network, e.getMessage()),
                            "measure on more test images, with a larger -Dscale");
                      }
                    })
                .toList());
  }
}
