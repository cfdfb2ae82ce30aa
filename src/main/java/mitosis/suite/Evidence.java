package mitosis.suite;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.ChunkSizes;
import mitosis.analysis.Dynamics;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.LayerSummary;
import mitosis.claim.ClaimId;
import mitosis.data.Dataset;
import mitosis.evidence.Course;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Ensembles;
import mitosis.evidence.ErrInf;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.FullNetworks;
import mitosis.evidence.Layers;
import mitosis.evidence.NotTrained;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;
import mitosis.evidence.VariancePeak;
import mitosis.representation.Representation;
import mitosis.representation.Split;
import mitosis.representation.TrainedNetworks;
import mitosis.train.BudgetSpent;
import mitosis.train.Recipe;
import mitosis.train.Run;

/**
 * The networks of one system at one scale, and what is measured on them. Nothing is trained or
 * measured before it is asked for, and nothing twice.
 */
public final class Evidence {

  /** Claims that look at full networks of every width, or draw them; the others at the widest. */
  private static final Set<ClaimId> OF_EVERY_WIDTH =
      EnumSet.of(
          ClaimId.C01,
          ClaimId.C04,
          ClaimId.C05,
          ClaimId.C08,
          ClaimId.C13,
          ClaimId.C14,
          ClaimId.C15);

  /** As many as in P22. */
  private static final Subject.Chunks CHUNKS = new Subject.Chunks(500, 100);

  /** Fewer where only a curve's course or a clear contrast is asked for. */
  private static final Subject.Chunks FEW_CHUNKS = new Subject.Chunks(100, 30);

  /** Fewer still where a whole layer is summed up at every snapshot. */
  private static final Subject.Chunks CHUNKS_IN_TRAINING = new Subject.Chunks(100, 20);

  /** Fewer than elsewhere: the time that dimensions take goes with the square of their number. */
  private static final int IMAGES_IN_TRAINING = 4_000;

  private static final long CHUNK_SEED = 1;

  private static final double TOLERANCE = 1e-3;

  /** As a share of training: what happens within a fifth of it must be seen (claim C09). */
  private static final double WIDEST_GAP = 0.2;

  private static final int SIZES_BEYOND = 6;
  private static final int SIZES_BELOW = 4;

  private final Study study;
  private final Set<ClaimId> claims;
  private final Function<List<Recipe>, List<Run>> trainer;
  private final Supplier<Dataset> dataset;
  private final boolean smoke;
  private final Map<Recipe, List<Run>> runs = new HashMap<>();
  private final Map<String, TrainedNetworks> networks = new HashMap<>();
  private final Map<String, Subject> subjects = new HashMap<>();
  private FullNetworks ofEveryWidth = FullNetworks.none();
  private ErrorCurve fullNetworks;
  private Ensembles ensembles;

  /**
   * @param study what is trained
   * @param claims those that will ask; they decide what is trained at once
   * @param trainer sees to it that runs are there, training them if need be
   * @param dataset of the study
   * @param smoke whether nothing is to be decided, and all to be tried
   */
  public Evidence(
      Study study,
      Set<ClaimId> claims,
      Function<List<Recipe>, List<Run>> trainer,
      Supplier<Dataset> dataset,
      boolean smoke) {
    this.study = study;
    this.claims = Set.copyOf(claims);
    this.trainer = trainer;
    this.dataset = dataset;
    this.smoke = smoke;
  }

  /** What it was trained on, loaded when first asked for. */
  public Dataset dataset() {
    return dataset.get();
  }

  /** What was trained. */
  public Study study() {
    return study;
  }

  /** Number of seeds S. */
  public int seeds() {
    return study.widest().seeds().size();
  }

  private List<Run> runs(Recipe recipe) {
    if (!runs.containsKey(recipe)) {
      List<Recipe> wanted =
          study.recipes().stream()
              .filter(
                  each ->
                      each.equals(recipe)
                          || each.equals(study.widest())
                          || Optional.of(each).equals(study.withoutWeightDecay())
                          || study.regularised().containsValue(each)
                              && claims.stream().anyMatch(OF_EVERY_WIDTH::contains)
                          || study.variants().values().stream()
                              .anyMatch(variant -> variant.contains(each)))
              .toList();
      try {
        train(wanted);
      } catch (BudgetSpent others) {
        trainWithinBudget(recipe);
      }
    }
    return runs.get(recipe);
  }

  /**
   * What one claim asks for may be there, though the time was too short for all.
   *
   * @throws NotTrained if it is not
   */
  private void trainWithinBudget(Recipe recipe) {
    try {
      train(List.of(recipe));
    } catch (BudgetSpent e) {
      throw new NotTrained(
          "runs of %s W=%d: %s".formatted(recipe.system(), recipe.width(), e.getMessage()),
          e.remedy());
    }
  }

  private void train(List<Recipe> wanted) {
    Iterator<Run> trained =
        trainer
            .apply(wanted.stream().flatMap(each -> each.trainings().stream()).toList())
            .iterator();
    wanted.forEach(
        each -> runs.put(each, each.trainings().stream().map(one -> trained.next()).toList()));
  }

  /** One for all who ask, so that what it remembers serves them all. */
  private synchronized TrainedNetworks networks(Recipe recipe, int epoch) {
    return networks.computeIfAbsent(
        recipe + ", epoch " + epoch,
        key -> new TrainedNetworks(runs(recipe), epoch, dataset.get()));
  }

  /** The widest network with weight decay, at the end of training. */
  public Subject widest() {
    return subject("the widest network", study.widest(), lastEpoch(study.widest()));
  }

  /** Full networks of every width with weight decay, at the end of training, the widest last. */
  public List<Subject> networks() {
    return study.regularised().keySet().stream().map(this::networksOfWidth).toList();
  }

  /** Those of widths from w* on, without the widest. */
  public List<Subject> networksBeyondCritical() {
    return Arrays.stream(widthsBeyondCritical(false)).mapToObj(this::networksOfWidth).toList();
  }

  private Subject networksOfWidth(int width) {
    Recipe recipe = study.regularised().get(width);
    return recipe.equals(study.widest())
        ? widest()
        : subject("full networks of width " + width, recipe, lastEpoch(recipe));
  }

  /** The widest network before training. */
  public Subject atInitialisation() {
    return subject("the widest network at initialisation", study.widest(), 0);
  }

  /** The widest network early in training. */
  public Subject stoppedEarly() {
    return subject(
        "the widest network stopped at epoch " + study.stoppedEarly(),
        study.widest(),
        study.stoppedEarly());
  }

  /** The widest network without weight decay, at the end of training. */
  public Subject withoutWeightDecay() {
    Recipe recipe = study.withoutWeightDecay().orElseThrow();
    return subject("the widest network without weight decay", recipe, lastEpoch(recipe));
  }

  /** The widest network without weight decay, at each snapshot from the middle of training on. */
  public List<Subject> secondHalfWithoutWeightDecay() {
    return secondHalf(study.withoutWeightDecay().orElseThrow(), "without weight decay");
  }

  /** The widest network with weight decay, at each snapshot from the middle of training on. */
  public List<Subject> secondHalf() {
    return secondHalf(study.widest(), "with weight decay");
  }

  private List<Subject> secondHalf(Recipe recipe, String which) {
    return recipe.snapshots().stream()
        .filter(epoch -> 2 * epoch >= recipe.epochs())
        .map(
            epoch ->
                epoch == recipe.epochs()
                    ? recipe.equals(study.widest()) ? widest() : withoutWeightDecay()
                    : snapshot(recipe, which, epoch))
        .toList();
  }

  private Subject snapshot(Recipe recipe, String which, int epoch) {
    return subject("the widest network %s, epoch %d".formatted(which, epoch), recipe, epoch);
  }

  /**
   * The widest network with weight decay at every snapshot of its training.
   *
   * @throws Unmeasurable if it does not interpolate before the last, or snapshots are more than a
   *     fifth of training apart from there on; a smoke run goes on
   */
  public Course phases() {
    Recipe recipe = study.widest();
    Course course =
        new Course(
            IntStream.of(snapshotsOf(recipe))
                .mapToObj(epoch -> new Course.Moment(epoch, widestAt(recipe, epoch)))
                .toList());
    return smoke ? course : course.showing(TOLERANCE, WIDEST_GAP);
  }

  private Subject widestAt(Recipe recipe, int epoch) {
    if (epoch == lastEpoch(recipe)) {
      return widest();
    }
    if (epoch == 0) {
      return atInitialisation();
    }
    return epoch == study.stoppedEarly()
        ? stoppedEarly()
        : snapshot(recipe, "with weight decay", epoch);
  }

  /** Those kept before the training ended, and its end. */
  private int[] snapshotsOf(Recipe recipe) {
    int last = lastEpoch(recipe);
    return IntStream.concat(
            recipe.snapshots().stream().mapToInt(Integer::intValue).filter(epoch -> epoch < last),
            IntStream.of(last))
        .toArray();
  }

  /** The first of the widest networks with weight decay, at every snapshot of its training. */
  public Dynamics dynamics() {
    return dynamics(study.widest());
  }

  /** The first of the widest networks without weight decay, at every snapshot of its training. */
  public Dynamics dynamicsWithoutWeightDecay() {
    return dynamics(study.withoutWeightDecay().orElseThrow());
  }

  /** On the first 4,000 test images, with the err∞ that all seeds have there at the same epoch. */
  private Dynamics dynamics(Recipe recipe) {
    return new Dynamics(
        IntStream.of(snapshotsOf(recipe))
            .mapToObj(epoch -> new Dynamics.Snapshot(epoch, summary(recipe, epoch)))
            .toList());
  }

  private LayerSummary summary(Recipe recipe, int epoch) {
    TrainedNetworks networks = networks(recipe, epoch);
    List<Representation> layers =
        IntStream.range(0, networks.seeds())
            .parallel()
            .mapToObj(
                seed ->
                    networks.representation(seed, IMAGES_IN_TRAINING, seed == 0 ? Layers.ALL : 1))
            .toList();
    double errInf =
        EnsembleError.of(
                layers.stream()
                    .map(layer -> layer.readout().logits(layer.test()))
                    .toArray(double[][][]::new),
                layers.get(0).test().labels())
            .limit(1);
    return LayerSummary.measure(
        layers.get(0),
        ChunkSizes.halvings(recipe.width()),
        CHUNKS_IN_TRAINING.errors(),
        CHUNKS_IN_TRAINING.reconstructions(),
        errInf,
        CHUNK_SEED);
  }

  private int lastEpoch(Recipe recipe) {
    return runs(recipe).get(0).manifest().epochs();
  }

  private Subject subject(String name, Recipe recipe, int epoch) {
    return subjects.computeIfAbsent(
        name,
        key -> {
          TrainedNetworks networks = networks(recipe, epoch);
          return new Subject(
              name,
              recipe.width(),
              networks.seeds(),
              epoch == lastEpoch(recipe) ? CHUNKS : FEW_CHUNKS,
              networks::representation);
        });
  }

  /** Test errors of full networks of every width, with the err∞ of the widest. */
  public ErrorCurve fullNetworks() {
    if (fullNetworks == null) {
      SortedMap<Integer, Recipe> recipes = study.regularised();
      int[] widths = recipes.keySet().stream().mapToInt(Integer::intValue).toArray();
      float[][][] mistakes = new float[seeds()][widths.length][];
      for (int k = 0; k < widths.length; k++) {
        Recipe recipe = recipes.get(widths[k]);
        TrainedNetworks networks = networks(recipe, lastEpoch(recipe));
        double[] trainErrors = new double[seeds()];
        double[][][] logits = new double[seeds()][][];
        for (int seed = 0; seed < seeds(); seed++) {
          Representation layer = networks.representation(seed, Layers.ALL, Layers.ALL);
          logits[seed] = layer.readout().logits(layer.test());
          mistakes[seed][k] = single(logits[seed], layer.test()).mistakes()[0];
          trainErrors[seed] = single(layer.readout().logits(layer.train()), layer.train()).of(1);
        }
        ofEveryWidth = ofEveryWidth.with(widths[k], trainErrors, logits, dataset().test().labels());
      }
      fullNetworks = ErrorCurve.of(widths, mistakes, widest().errInf());
    }
    return fullNetworks;
  }

  /**
   * Networks that differ in one thing from the others, at the end of training, in the study's
   * order.
   *
   * @throws Unmeasurable if this scale has none
   */
  public List<Subject> variant(Variant variant) {
    return recipes(variant).stream()
        .map(recipe -> subject("%s, %s".formatted(variant, recipe), recipe, lastEpoch(recipe)))
        .toList();
  }

  /** What was trained of a variant, in the same order. */
  public List<Recipe> recipes(Variant variant) {
    List<Recipe> recipes = study.variant(variant);
    if (recipes.isEmpty()) {
      throw new Unmeasurable(
          "networks with " + variant + " at this scale",
          "run it with -Dscale=extended, or -Dscale=full on a GPU");
    }
    return recipes;
  }

  /**
   * Test errors of a variant's full networks.
   *
   * @param by the number that tells them apart, increasing
   * @throws Unmeasurable if this scale has none
   */
  public ErrorCurve errors(Variant variant, ToIntFunction<Recipe> by) {
    List<Recipe> recipes = recipes(variant);
    float[][][] mistakes = new float[seeds()][recipes.size()][];
    for (int k = 0; k < recipes.size(); k++) {
      TrainedNetworks networks = networks(recipes.get(k), lastEpoch(recipes.get(k)));
      for (int seed = 0; seed < seeds(); seed++) {
        Representation layer = networks.representation(seed, Layers.ALL, 1);
        mistakes[seed][k] =
            single(layer.readout().logits(layer.test()), layer.test()).mistakes()[0];
      }
    }
    return ErrorCurve.of(
        recipes.stream().mapToInt(by).toArray(),
        mistakes,
        ErrInf.known(new float[mistakes[0][0].length]));
  }

  private static EnsembleError single(double[][] logits, Split split) {
    return EnsembleError.of(new double[][][] {logits}, split.labels());
  }

  /** Full networks of every width, and the widest of them in chunks. */
  public VariancePeak.Family family() {
    fullNetworks();
    return new VariancePeak.Family(widest(), ofEveryWidth);
  }

  /** The logits of full networks of every width on the test images. */
  public Ensembles ensembles() {
    if (ensembles == null) {
      int[] labels = dataset().test().labels();
      ensembles =
          new Ensembles(
              study.regularised().values().stream().map(this::testLogits).toList(), labels);
    }
    return ensembles;
  }

  private Ensembles.Family testLogits(Recipe recipe) {
    TrainedNetworks networks = networks(recipe, lastEpoch(recipe));
    double[][][] logits =
        IntStream.range(0, networks.seeds())
            .parallel()
            .mapToObj(
                seed -> {
                  Representation layer = networks.representation(seed, Layers.ALL, 1);
                  return layer.readout().logits(layer.test());
                })
            .toArray(double[][][]::new);
    return new Ensembles.Family(recipe.width(), recipe.network().activations(), logits);
  }

  /** Mean training error of full networks by width. */
  public SortedMap<Integer, Double> fullTrainErrors() {
    FullNetworks networks = family().networks();
    int[] widths = networks.widths();
    double[] errors = networks.trainErrors(IntStream.range(0, seeds()).toArray());
    SortedMap<Integer, Double> byWidth = new TreeMap<>();
    for (int k = 0; k < widths.length; k++) {
      byWidth.put(widths[k], errors[k]);
    }
    return byWidth;
  }

  /**
   * w*, measured on the training errors of chunks of the widest network; infinite if it does not
   * fit its training set, but for a smoke run, which goes on with W/4 then.
   */
  public double criticalWidth() {
    double measured = new CriticalSize(TOLERANCE).of(widest());
    return smoke && Double.isInfinite(measured) ? study.widest().width() / 4.0 : measured;
  }

  /** Six chunk sizes from w* to W in equal ratios; none if the network does not interpolate. */
  public int[] sizesBeyondCritical() {
    return geometric(criticalWidth(), study.widest().width(), SIZES_BEYOND);
  }

  /**
   * Four chunk sizes from w*&#47;8 to w*, each twice the one before: the smallest published chunks,
   * 16 where w* is 100, lie about that far below.
   */
  public int[] sizesBelowCritical() {
    return geometric(Math.max(1, criticalWidth() / 8), criticalWidth(), SIZES_BELOW);
  }

  /** Six chunk sizes, each twice the one before, the last of them W. */
  public int[] halvings() {
    int[] all = ChunkSizes.halvings(study.widest().width());
    return Arrays.copyOfRange(all, Math.max(0, all.length - SIZES_BEYOND), all.length);
  }

  /**
   * Half of the widest layer, or a fifth of the test images where that is fewer: a larger chunk
   * rebuilds any layer.
   */
  public int halfLayer() {
    int width = study.widest().width();
    int images = Math.min(Subject.reconstructionImages(width), dataset().test().count());
    return Math.max(1, Math.min(width / 2, images / 5));
  }

  private static int[] geometric(double first, double last, int count) {
    if (Double.isInfinite(first)) {
      return new int[0];
    }
    return IntStream.range(0, count)
        .map(k -> (int) Math.round(first * Math.pow(last / first, k / (count - 1.0))))
        .distinct()
        .sorted()
        .toArray();
  }

  /**
   * Widths that were trained, from w* on.
   *
   * @param widest whether the widest is one of them
   */
  public int[] widthsBeyondCritical(boolean widest) {
    double critical = criticalWidth();
    return study.regularised().keySet().stream()
        .mapToInt(Integer::intValue)
        .filter(width -> width >= critical)
        .filter(width -> widest || width < study.widest().width())
        .toArray();
  }

  /**
   * Test errors of a subject's chunks at all the sizes that claims and figures look at, the widths
   * of full networks among them.
   */
  public ErrorCurve chunkCurve(Subject subject) {
    return subject.chunkCurve(
        Stream.of(
                ChunkSizes.halvings(study.widest().width()),
                study.regularised().keySet().stream().mapToInt(Integer::intValue).toArray(),
                sizesBelowCritical(),
                sizesBeyondCritical())
            .flatMapToInt(IntStream::of)
            .distinct()
            .sorted()
            .toArray());
  }

  /**
   * Test errors of a subject's chunks at W/2, W/4 and so on: sizes a factor of two apart, as slopes
   * between closer ones would be mostly noise, and without W, of which there is but one chunk.
   */
  public ErrorCurve halvedChunkCurve(Subject subject) {
    int[] sizes = ChunkSizes.halvings(study.widest().width());
    return chunkCurve(subject).at(Arrays.copyOf(sizes, sizes.length - 1));
  }

  /**
   * The chunk sizes at which residual correlations are measured: W/2, W/4, …, w*&#47;4 and 2·w*, as
   * far as there are such.
   */
  public int[] correlationSizes() {
    int width = study.widest().width();
    IntStream ofCritical =
        Double.isFinite(criticalWidth())
            ? IntStream.of(small(criticalWidth()), clone(criticalWidth()))
            : IntStream.empty();
    return IntStream.concat(IntStream.of(ChunkSizes.halvings(width)), ofCritical)
        .distinct()
        .sorted()
        .filter(size -> size < width)
        .toArray();
  }

  /**
   * 2·w*, rounded.
   *
   * @throws Unmeasurable if there is no w*, or fewer than two neurons are left outside such a chunk
   */
  public int cloneSize() {
    int size = clone(requiredCriticalWidth());
    int width = study.widest().width();
    if (size > width - 2) {
      throw new Unmeasurable(
          "residuals outside a chunk of 2·w* = %d neurons, in a layer of %d".formatted(size, width),
          "train wider networks, with -Dscale=extended or -Dscale=full");
    }
    return size;
  }

  /**
   * w*&#47;4, rounded, at least 1.
   *
   * @throws Unmeasurable if there is no w*
   */
  public int smallSize() {
    return small(requiredCriticalWidth());
  }

  /**
   * w*.
   *
   * @throws Unmeasurable if there is none
   */
  public double requiredCriticalWidth() {
    double critical = criticalWidth();
    if (Double.isInfinite(critical)) {
      throw new Unmeasurable(
          "a critical size w*, as the widest network does not fit its training set",
          "train it longer, with -Dscale=extended or -Dscale=full");
    }
    return critical;
  }

  private static int clone(double critical) {
    return (int) Math.round(2 * critical);
  }

  private static int small(double critical) {
    return (int) Math.max(1, Math.round(critical / 4));
  }
}
