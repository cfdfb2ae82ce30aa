package mitosis.suite;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.GaussianLayer;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.Course;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Ensembles;
import mitosis.evidence.ErrInf;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Layers;
import mitosis.evidence.Subject;
import mitosis.evidence.TwoPhases;
import mitosis.evidence.VariancePeak;
import mitosis.representation.Representation;

/**
 * Made-up subjects of which it is known whether a claim holds for them, with as many networks and
 * neurons as the trained ones that they stand beside. Their labels are those of a clean readout, so
 * their err∞ is 0.
 */
public final class Controls {

  /** Fewer than for trained networks: a control's curves need not be drawn, only be decided. */
  private static final Subject.Chunks CHUNKS = new Subject.Chunks(100, 20);

  private static final long SEED = 22;

  /** Deviation that hidden factors add to a neuron, five times that of its noise. */
  private static final double HIDDEN = 0.05;

  private static final int ONE_IN = 12;

  /** By how much w* of planted clones grows with each feature. */
  private static final double PER_FEATURE = 9.5;

  /** Deviation of the noise of noisy clones. */
  private static final double NOISY = 0.5;

  /** Share of the smallest error that networks have in common. */
  private static final double COMMON = 0.8;

  /** Enough for a dimension to be known to a few percent, and for noise not to seem correlated. */
  private static final int FEW_IMAGES = 4_000;

  private static final int COINCIDING_IMAGES = 10_000;
  private static final double COINCIDING_NOISE = 0.085;

  /** Deviation of the output's noise of the widest planted networks that are averaged. */
  private static final double WIDEST_NOISE = 0.125;

  /** Of either kind, where layers of several epochs are planted. */
  private static final int COURSE_IMAGES = 4_000;

  /** Deviation of the output at which one or two clear images in a hundred are misread. */
  private static final double MISREADING = 0.6;

  private static final double ASYMPTOTE = 0.048;
  private static final double NARROWEST_EXCESS = 0.0075;

  private final int width;
  private final int seeds;
  private final int testImages;
  private final int trainImages;
  private final Map<String, Subject> known = new HashMap<>();

  /**
   * @param width W of the layers
   * @param seeds number of networks
   * @param testImages N
   * @param trainImages N'
   */
  public Controls(int width, int seeds, int testImages, int trainImages) {
    this.width = width;
    this.seeds = seeds;
    this.testImages = testImages;
    this.trainImages = trainImages;
  }

  private Subject subject(String name, Layers layers) {
    return subject(name, width, layers);
  }

  private Subject subject(String name, int ofWidth, Layers layers) {
    return known.computeIfAbsent(
        name + ", W=" + ofWidth,
        key ->
            new Subject(name, ofWidth, seeds, CHUNKS, layers, ErrInf.known(new float[testImages])));
  }

  /** Half of the test images hard, so that errors are many and counted well. */
  private PlantedClones clones(int width) {
    return PlantedClones.ofWidth(width, testImages, trainImages, SEED).withHardShare(0.5);
  }

  private Subject planted(String name, PlantedClones clones) {
    return subject(
        name, clones.width(), (network, test, train) -> few(clones, test, train).network(network));
  }

  /** The same on fewer images. */
  private static PlantedClones few(PlantedClones clones, int testImages, int trainImages) {
    return clones.withImages(
        Math.min(clones.testImages(), testImages), Math.min(clones.trainImages(), trainImages));
  }

  /** Clones with independent noise: chunk errors go as w^-½ from w* ≈ 29 on. */
  public Subject plantedClones() {
    return planted("planted clones", clones(width));
  }

  /** Clones of which hardly an image is hard, so that small chunks stand out. */
  public Subject plantedClonesWithSmallChunks() {
    return planted("planted clones with few hard images", clones(width).withHardShare(0.005));
  }

  /**
   * Clones of so many features that w* is about what is asked for, by the closed form in {@link
   * PlantedClones}.
   */
  public Subject plantedClonesOfCriticalWidth(double critical) {
    return planted("planted clones with w* about " + Math.round(critical), clones(width, critical));
  }

  /** The same with ten times the noise and so fewer features. */
  public Subject plantedNoisyClonesOfCriticalWidth(double critical) {
    return planted(
        "planted noisy clones with w* about " + Math.round(critical), noisyClones(critical));
  }

  /** The same on few test images, for what takes a time that goes with their square. */
  public Subject plantedNoisyClonesOnFewImages(double critical) {
    return planted(
        "planted noisy clones with w* about %d on few images".formatted(Math.round(critical)),
        onFewImages(noisyClones(critical)));
  }

  private PlantedClones noisyClones(double critical) {
    double features = (critical / PER_FEATURE + 1) / (1 + NOISY * NOISY);
    return clones(width).withFeatures(atMost(width, features)).withNoise(NOISY);
  }

  private PlantedClones onFewImages(PlantedClones clones) {
    return few(clones, FEW_IMAGES, trainImages);
  }

  private PlantedClones clones(int width, double critical) {
    return clones(width).withFeatures(atMost(width, critical / PER_FEATURE + 1));
  }

  private static int atMost(int width, double features) {
    return Math.max(1, (int) Math.min(width, Math.round(features)));
  }

  /** Clones of one feature: a single neuron is a clone, so there are no small chunks. */
  public Subject plantedClonesOfOneNeuron() {
    return planted(
        "planted clones with w* = 1",
        clones(width).withFeatures(1).withNoise(0.3).withHardShare(1));
  }

  /** Clones of which one training image in twelve has the other label than they read out. */
  public Subject plantedClonesWithWrongLabels() {
    return subject(
        "planted clones with wrong labels",
        (network, test, train) ->
            few(clones(width), test, train).networkWithWrongLabels(network, ONE_IN));
  }

  /** Almost clean clones of two features, which two neurons rebuild. */
  public Subject plantedCleanClonesOfTwoFeatures() {
    return planted(
        "planted clean clones of two features", clones(width).withFeatures(2).withNoise(0.01));
  }

  /** Noisy clones of two features, another w^-½. */
  public Subject plantedClonesOfTwoFeatures() {
    return planted(
        "planted noisy clones of two features", clones(width).withFeatures(2).withNoise(NOISY));
  }

  /** Noisy clones of one feature: R² bends at once. */
  public Subject plantedNoisyClones() {
    return planted(
        "planted noisy clones of one feature", clones(width).withFeatures(1).withNoise(NOISY));
  }

  /**
   * Clones of one feature in noise as large, different in every neuron: the images fill as many
   * dimensions as there are neurons, and yet w* is small.
   */
  public Subject plantedClonesDrownedInNoise() {
    return planted(
        "planted clones drowned in noise", onFewImages(clones(width).withFeatures(1).withNoise(1)));
  }

  /** Neurons that are all different, as {@link #gaussianLayer} has them, on few test images. */
  public Subject layerOfFullDimension() {
    return subject(
        "Gaussian layer on few images",
        (network, test, train) ->
            new GaussianLayer(
                    width,
                    Math.min(FEW_IMAGES, Math.min(testImages, test)),
                    Math.min(trainImages, train),
                    SEED + network)
                .representation());
  }

  /** Exact copies of some features: images on a manifold of as many dimensions. */
  public Subject exactCopies(int features) {
    return exactCopies(features, width);
  }

  private Subject exactCopies(int features, int ofWidth) {
    return planted(
        "exact copies of %d features".formatted(features),
        onFewImages(clones(ofWidth).withFeatures(Math.min(ofWidth, features)).withNoise(0)));
  }

  /** The same as full networks of some widths. */
  public List<Subject> networksOfExactCopies(int features, int[] widths) {
    return Arrays.stream(widths).mapToObj(each -> exactCopies(features, each)).toList();
  }

  /**
   * Networks of some widths whose neurons copy one feature with so much noise that w* is about what
   * is asked for, see {@link PlantedClones}. Whatever that is, it goes with the noise's variance
   * alone, so that ratios of w* are exact.
   *
   * @param critical w* by width
   */
  public List<Subject> noisyNetworks(int[] widths, DoubleUnaryOperator critical) {
    return Arrays.stream(widths)
        .mapToObj(
            each -> {
              double size = critical.applyAsDouble(each);
              return planted(
                  "planted noisy clones of one feature with w* about %.1f".formatted(size),
                  clones(each).withFeatures(1).withNoise(Math.sqrt(size / PER_FEATURE)));
            })
        .toList();
  }

  /**
   * Clones of which every sign sets in between 30 and 45 neurons: training errors at 9.5·((d−1) +
   * dσ²) = 48 for six features and a noise of 0.085, or a little below; R² of 0.99 where the sixth
   * of a layer that a chunk lacks with each feature, (5/6)^w, and the σ² of all else make up 0.01;
   * correlations where 1/(w+6) of pairs with a feature in common and the floor of others make up
   * 0.03; and the fall as w^-½ where, with a seventh of the images hard, clear ones no longer
   * count.
   *
   * <p>Always five networks, and as many chunks as of trained ones: w* by R² rests on the few
   * chunks that lack a feature.
   */
  public Subject plantedClonesWithCoincidingSigns() {
    return ofFiveNetworks(
        "planted clones with coinciding signs",
        coinciding().withImages(Math.min(testImages, COINCIDING_IMAGES), trainImages),
        new Subject.Chunks(100, 100));
  }

  /**
   * The same with their noise replaced by factors that no chunk can find, so that residuals stay
   * correlated where all else says that a chunk is a clone.
   */
  public Subject plantedClonesWithOneSignMissing() {
    return ofFiveNetworks(
        "planted clones with correlated residuals",
        coinciding()
            .withNoise(COINCIDING_NOISE / 10)
            .withHiddenFactors(width, COINCIDING_NOISE)
            .withImages(Math.min(testImages, FEW_IMAGES), Math.min(trainImages, FEW_IMAGES)),
        CHUNKS);
  }

  private PlantedClones coinciding() {
    return clones(width)
        .withFeatures(atMost(width, 6))
        .withNoise(COINCIDING_NOISE)
        .withHardShare(0.14);
  }

  private Subject ofFiveNetworks(String name, PlantedClones clones, Subject.Chunks chunks) {
    return known.computeIfAbsent(
        name,
        key ->
            new Subject(
                name,
                width,
                5,
                chunks,
                (network, test, train) -> few(clones, test, train).network(network),
                ErrInf.known(new float[clones.testImages()])));
  }

  /** Clones that share factors which no chunk can find. */
  public Subject plantedClonesWithHiddenFactors() {
    return planted("planted clones with hidden factors", withHiddenFactors(HIDDEN));
  }

  /** As many factors as neurons, so that no chunk can tell them apart. */
  private PlantedClones withHiddenFactors(double strength) {
    return clones(width).withNoise(0.01).withHiddenFactors(width, strength);
  }

  /** Neurons that are all different: independent, no copies. */
  public Subject gaussianLayer() {
    return subject(
        "Gaussian layer",
        (network, test, train) ->
            new GaussianLayer(
                    width, Math.min(testImages, test), Math.min(trainImages, train), SEED + network)
                .representation());
  }

  /**
   * Errors of planted full networks of some widths, which see the images of the planted clones of
   * that w*.
   */
  public ErrorCurve plantedNetworks(int[] widths, double critical) {
    float[][][] mistakes = new float[seeds][widths.length][];
    for (int seed = 0; seed < seeds; seed++) {
      for (int k = 0; k < widths.length; k++) {
        Representation network = clones(widths[k], critical).network(seed);
        mistakes[seed][k] =
            EnsembleError.ofSigns(network.readout().logits(network.test()), network.test().labels())
                .mistakes()[0];
      }
    }
    return ErrorCurve.of(widths, mistakes, ErrInf.known(new float[testImages]));
  }

  /**
   * Error curves that follow a power law exactly but for the noise of counting: every image is
   * misread for ever with probability 0.048, and by a network of width w with a further probability
   * that falls as w^exponent from 0.0075 at the narrowest; a wide network misreads only what a
   * narrow one of the same seed does.
   *
   * @param exponent of the law
   * @param widths increasing
   */
  public ErrorCurve powerLaw(double exponent, int[] widths) {
    DoubleUnaryOperator excess = width -> NARROWEST_EXCESS * Math.pow(width / widths[0], exponent);
    SplittableRandom random = new SplittableRandom(SEED);
    float[] always = new float[testImages];
    float[][][] mistakes = new float[seeds][widths.length][testImages];
    for (int i = 0; i < testImages; i++) {
      always[i] = random.nextDouble() < ASYMPTOTE ? 1 : 0;
      for (int seed = 0; seed < seeds; seed++) {
        double difficulty = random.nextDouble() * (1 - ASYMPTOTE);
        for (int k = 0; k < widths.length; k++) {
          boolean misread = always[i] > 0 || difficulty < excess.applyAsDouble(widths[k]);
          mistakes[seed][k][i] = misread ? 1 : 0;
        }
      }
    }
    return ErrorCurve.of(widths, mistakes, ErrInf.known(always));
  }

  /**
   * Test errors of networks that are known. The greatest part of the smallest error is of images
   * that all misread, as hard images are; else each network errs by itself.
   *
   * @param rates the networks' errors, each at least 0 and at most 1
   */
  public ErrorCurve errorRates(double... rates) {
    double always = COMMON * Arrays.stream(rates).min().orElseThrow();
    SplittableRandom random = new SplittableRandom(SEED);
    float[][][] mistakes = new float[seeds][rates.length][testImages];
    for (int i = 0; i < testImages; i++) {
      boolean hard = random.nextDouble() < always;
      for (int seed = 0; seed < seeds; seed++) {
        for (int k = 0; k < rates.length; k++) {
          double further = (rates[k] - always) / (1 - always);
          mistakes[seed][k][i] = hard || random.nextDouble() < further ? 1 : 0;
        }
      }
    }
    return ErrorCurve.of(
        IntStream.rangeClosed(1, rates.length).toArray(),
        mistakes,
        ErrInf.known(new float[testImages]));
  }

  /** Clones that chunks rebuild the better the less noise they have. */
  public Subject plantedClonesWithNoise(double noise) {
    return planted("planted clones with noise " + noise, clones(width).withNoise(noise));
  }

  /** Snapshots between which correlations among residuals fade away. */
  public List<Subject> fadingCorrelations() {
    return List.of(plantedClonesWithHiddenFactors(), plantedClones());
  }

  /** Snapshots between which nothing changes but the noise. */
  public List<Subject> steadyCorrelations() {
    return List.of(
        plantedClonesWithHiddenFactors(),
        subject(
            "planted clones with hidden factors, later",
            (network, test, train) ->
                few(withHiddenFactors(HIDDEN), test, train).network(seeds + network)));
  }

  /**
   * A training in two phases, in ten epochs. For six of them the layer errs on its training set and
   * its neurons share hidden factors; then it fits, but only chunks of three times w* do; from the
   * eighth on all chunks from w* on do.
   *
   * @param critical w* at the end
   */
  public Course twoPhases(double critical) {
    return course(unfit(critical), fit(critical, 3), settled(critical));
  }

  /**
   * The same without an end to the first phase: one training image in twelve stays misread.
   *
   * @param critical w* of the others
   */
  public Course withoutInterpolation(double critical) {
    Subject wrong =
        subject(
            "planted clones with wrong labels and w* about " + Math.round(critical),
            (network, test, train) ->
                few(end(critical), test, train).networkWithWrongLabels(network, ONE_IN));
    return course(unfit(critical), wrong, wrong);
  }

  private static Course course(Subject early, Subject then, Subject late) {
    return new Course(
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                epoch -> new Course.Moment(epoch, epoch <= 6 ? early : epoch == 7 ? then : late))
            .toList());
  }

  /** One test image in twenty is hard, so that a little noise more costs little. */
  private PlantedClones end(double critical) {
    return few(clones(width, critical).withHardShare(0.05), COURSE_IMAGES, COURSE_IMAGES);
  }

  private Subject settled(double critical) {
    return planted("planted clones at the end of training", end(critical));
  }

  /** With so much noise that w* is so many times larger. */
  private Subject fit(double critical, double times) {
    PlantedClones end = end(critical);
    double variance = times * (end.features() - 1.0 + varianceOf(end)) - (end.features() - 1.0);
    return planted(
        "planted clones that have just come to fit",
        end.withNoise(Math.sqrt(variance / end.features())));
  }

  private static double varianceOf(PlantedClones clones) {
    return clones.features() * clones.noise() * clones.noise();
  }

  /** With hidden factors so strong that the full layer misreads clear images. */
  private Subject unfit(double critical) {
    PlantedClones end = end(critical);
    double variance = MISREADING * MISREADING * width - (end.features() - 1.0);
    return planted(
        "planted clones that do not fit yet",
        end.withNoise(0.01)
            .withHiddenFactors(width, Math.sqrt(Math.max(0, variance) / end.features())));
  }

  /**
   * Networks of four widths whose noise goes as W^-½, so that the average of n of them is one of n
   * times their width, and large ensembles of any width make no error.
   */
  public Ensembles ensemblesOfClones() {
    return ensembles(0.02, (width, number) -> number, Controls::noise);
  }

  /** The same, but all networks of a width are one and the same: an ensemble is no better. */
  public Ensembles ensemblesOfOneNetwork() {
    return ensembles(1, (width, number) -> width, Controls::noise);
  }

  /** Networks that all err like the narrowest. */
  public Ensembles ensemblesOfOneWidth() {
    return ensembles(1, (width, number) -> width * seeds + number, share -> noise(1.0 / 8));
  }

  /** Networks that take some images for the other class, the more the narrower they are. */
  public Ensembles ensemblesThatErrForGood() {
    Ensembles.Family[] families =
        ensembles(0.02, (width, number) -> number, Controls::noise).families().stream()
            .map(
                family -> {
                  int every = 24 * family.width() / narrowest();
                  for (double[][] outputs : family.logits()) {
                    for (int image = 0; image < testImages; image += every) {
                      outputs[0][image] = -outputs[0][image];
                    }
                  }
                  return family;
                })
            .toArray(Ensembles.Family[]::new);
    return new Ensembles(List.of(families), outputs(0.02).labels());
  }

  /** Deviation of the output's noise at a share of the widest network's width. */
  private static double noise(double share) {
    return WIDEST_NOISE / Math.sqrt(share);
  }

  private int narrowest() {
    return Math.max(1, width / 8);
  }

  private PlantedOutputs outputs(double hardShare) {
    return new PlantedOutputs(hardShare, testImages, SEED);
  }

  /**
   * @param number which noise a network of a width has
   * @param noise its deviation by share of the widest network's width
   */
  private Ensembles ensembles(
      double hardShare, IntBinaryOperator number, DoubleUnaryOperator noise) {
    PlantedOutputs outputs = outputs(hardShare);
    return new Ensembles(
        IntStream.of(1, 2, 4, 8)
            .mapToObj(
                times -> {
                  int[] numbers =
                      IntStream.range(0, seeds).map(k -> number.applyAsInt(times, k)).toArray();
                  return new Ensembles.Family(
                      times * narrowest(),
                      times,
                      outputs.of(numbers, noise.applyAsDouble(times / 8.0)));
                })
            .toList(),
        outputs.labels());
  }

  /**
   * Planted clones beside networks of widths from 1/64 to 32 times their w*, whose variance has a
   * peak and whose training error falls as W^-3.
   *
   * @param critical about what w* is to be
   * @param peak where the variance is largest, in units of w*, a power of two
   * @param interpolating where the training error is 1e-3, in units of w*
   */
  public VariancePeak.Family family(double critical, double peak, double interpolating) {
    Subject clones = plantedClonesOfCriticalWidth(critical);
    double size = new CriticalSize(TwoPhases.TOLERANCE).of(clones);
    PlantedOutputs outputs = new PlantedOutputs(0.5, Math.min(COURSE_IMAGES, testImages), SEED);
    FullNetworks networks = FullNetworks.none();
    for (double times = 1.0 / 64; times <= 32; times *= 2) {
      int here = (int) Math.round(times * size);
      if (here >= 1 && (networks.widths().length == 0 || here > last(networks.widths()))) {
        double octaves = Math.log(times / peak) / Math.log(2);
        double[] trainErrors = new double[seeds];
        Arrays.fill(
            trainErrors,
            Math.min(0.5, TwoPhases.TOLERANCE * Math.pow(here / (interpolating * size), -3)));
        networks =
            networks.with(
                here,
                trainErrors,
                outputs.of(IntStream.range(0, seeds).toArray(), Math.exp(-octaves * octaves / 4)),
                outputs.labels());
      }
    }
    return new VariancePeak.Family(clones, networks);
  }

  private static int last(int[] widths) {
    return widths[widths.length - 1];
  }
}
