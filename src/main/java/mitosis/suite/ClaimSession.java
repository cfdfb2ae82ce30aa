package mitosis.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Judgement;
import mitosis.claim.Published.PublishedCurve;
import mitosis.claim.RecordedFindings;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import mitosis.data.BaseFolder;
import mitosis.data.Dataset;
import mitosis.data.Datasets;
import mitosis.evidence.Unmeasurable.NotTrained;
import mitosis.model.OpenBlas;
import mitosis.model.Precision;
import mitosis.report.FindingsMarkdown;
import mitosis.report.PowerTable;
import mitosis.suite.ClaimContext.KeptMeasurement;
import mitosis.suite.KeptMeasurements.ComputingPlatform;
import mitosis.suite.KeptMeasurements.MeasurementKey;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.suite.TestedSystem.Untestable;
import mitosis.suite.Times.Stopwatch;
import mitosis.train.Budget;
import mitosis.train.Execution;
import mitosis.train.OnlineRuns;
import mitosis.train.RecordedRuns;
import mitosis.train.RunStore;
import mitosis.train.SystemProbe;
import mitosis.train.TrainingPool;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One run of the suite: its options, the networks that it trains or loads, and the reports that it
 * fills, result by result.
 */
public final class ClaimSession implements ClaimContext, AutoCloseable {

  /** Enough for controls to be decided; the test set itself may be several times that. */
  private static final int CONTROL_IMAGES = 20_000;

  static final Path EXPECTED = BaseFolder.SUITE.resolve("expected");

  private final Options options;
  private final KeptMeasurements measurements;
  private final ComputingPlatform platform = ComputingPlatform.current();
  private final Map<Class<?>, String> code = new HashMap<>();
  private final TrainingPool pool;
  private final RunStore store;
  private final OnlineRuns onlineRuns;
  private final RecordedRuns recorded;
  private final Commit commit = Commit.current();
  private final Reports reports;
  private final Map<String, Evidence> evidence = new ConcurrentHashMap<>();
  private final Map<Integer, Students> students = new ConcurrentHashMap<>();
  private final Map<String, Controls> controls = new HashMap<>();

  /** Read by tests and by the thread that trains ahead of them. */
  private final Map<String, Expectations> expectations = new ConcurrentHashMap<>();

  private final Stopwatch stopwatch = new Stopwatch();
  private final Datasets datasets;
  private final Map<String, Dataset> loaded = new ConcurrentHashMap<>();

  /**
   * @param options what is tested, and how
   * @throws mitosis.train.RunStore.RunStoreException if the runs directory cannot be used
   */
  public ClaimSession(Options options) {
    this.options = options;
    this.measurements = new KeptMeasurements(options.runsDir(), options.measureAgain());
    Hardware hardware = Hardware.of(options, new SystemProbe());
    this.datasets = new Datasets(options.dataDir());
    this.store = RunStore.open(options.runsDir(), hardware.execution(), datasets);
    this.onlineRuns =
        new OnlineRuns(
            options.runsDir().resolve(TeacherStudent.NAME),
            warning -> System.out.println("WARNING: " + warning));
    this.recorded = new RecordedRuns(NetworkRecorder.NETWORKS, datasets);
    this.pool =
        new TrainingPool(
            store,
            options.dataDir(),
            hardware.places(),
            options.budget().map(Budget::of).orElseGet(Budget::none),
            ProgressLine.ofThisProcess());
    this.reports = new Reports(RecordedPower.read(EXPECTED));
  }

  /** What it was told. */
  public Options options() {
    return options;
  }

  /**
   * Begins to train what some systems lack, system by system in the order in which they are tested,
   * while tests measure what is there: recorded networks, and the systems whose trainings are done.
   * A test waits for the trainings of its own system alone. Students are trained last, on one core,
   * as measuring networks leaves the other one idle now and then.
   *
   * <p>On GPUs nothing is trained ahead, where measuring needs the memory that training does, and
   * neither with a budget, which is for training alone.
   *
   * @param systems that the tests of this run are about
   * @param measuring a class from the folder of the tests that say what is measured
   */
  public void trainAhead(Set<String> systems, Class<?> measuring) {
    if (options.usesCuda() || options.budget().isPresent()) {
      return;
    }
    List<Runnable> trainings = new ArrayList<>();
    SystemOrder.of(options).stream()
        .filter(systems::contains)
        .filter(name -> !Systems.named(name).isRecorded() && untestable(name).isEmpty())
        .forEach(name -> trainings.add(() -> evidence(name).train()));
    boolean measured = measurements.has(TeacherStudent.NAME, code(measuring));
    if (systems.contains(TeacherStudent.NAME) && (!measured || options.measureAgain())) {
      trainings.add(() -> students(0).train());
    }
    Thread thread =
        new Thread(() -> trainings.forEach(ClaimSession::untilItsTestSaysWhy), "training ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /** What keeps a system from being trained is said by the first test that asks for it. */
  private static void untilItsTestSaysWhy(Runnable training) {
    try {
      training.run();
    } catch (RuntimeException e) {
      System.out.println("WARNING: not trained ahead: " + e.getMessage());
    }
  }

  /** What is expected of a system. */
  public Expectations expectations(String system) {
    return expectations.computeIfAbsent(system, name -> Expectations.read(EXPECTED, name));
  }

  /** A system's networks: the seeds 0…S−1. */
  public Evidence evidence(String system) {
    return evidence.computeIfAbsent(system, name -> evidence(Systems.onData(name), 0));
  }

  /**
   * A system's networks with later seeds than those of the run itself, for baselines.
   *
   * @param group 1, 2, …: seeds group·S…(group+1)·S−1
   */
  public Evidence otherSeeds(String system, int group) {
    return evidence.computeIfAbsent(
        system + " " + group, name -> evidence(Systems.onData(system), group));
  }

  /** The scale of what is measured on a system: of recorded networks that which they have. */
  public Scale scale(String system) {
    return Systems.named(system).isRecorded() ? Scale.FULL : options.scale();
  }

  /** How many groups of other seeds a baseline is recorded from. */
  public int otherGroups(String system) {
    return Systems.named(system).isRecorded() ? 0 : options.record().orElse(0);
  }

  private Evidence evidence(SystemOnData system, int group) {
    return new Evidence(
        study(system, seeds(system, group)),
        options.claims(),
        system.isRecorded() ? recipes -> recipes.stream().map(recorded::of).toList() : pool::train,
        () -> loaded.computeIfAbsent(dataset(system), datasets::load),
        ClaimedThresholds.of(
            expectations(system.name()), expectations("pmnist-fc5"), scale(system.name())),
        options.scale() == Scale.SMOKE);
  }

  private List<Integer> seeds(TestedSystem system, int group) {
    int seeds = options.seedsOf(system);
    return IntStream.range(group * seeds, (group + 1) * seeds).boxed().toList();
  }

  /**
   * The students of {@link TeacherStudent}.
   *
   * @param group 0 for the run's own seeds, 1, 2, … for later ones, for baselines
   */
  public Students students(int group) {
    return students.computeIfAbsent(
        group,
        key -> {
          TeacherStudent system = Systems.students();
          return system.students(
              options.scale(), seeds(system, group), options.widths(), onlineRuns);
        });
  }

  private Study study(SystemOnData system, List<Integer> seeds) {
    return options.chosen(system, system.study(options.scale(), seeds, dataset(system), datasets));
  }

  /** The dataset, or in a smoke run, where nothing is decided, what stands in if it is missing. */
  private String dataset(SystemOnData system) {
    String wanted = system.dataset(options.scale());
    return options.scale() == Scale.SMOKE && datasets.missing(wanted).isPresent()
        ? system.standIn()
        : wanted;
  }

  /** The controls that stand beside a system's networks. */
  public Controls controls(String system) {
    return controls.computeIfAbsent(
        system,
        name -> {
          Evidence beside = evidence(name);
          return Controls.of(
              beside.study().widest().width(),
              beside.seeds(),
              () -> Math.min(CONTROL_IMAGES, beside.dataset().test().count()),
              () -> beside.dataset().train().count());
        });
  }

  /**
   * Whether a system is tested as its findings and baselines were recorded: with as many seeds and
   * widths, in the same precision.
   */
  public boolean isAsRecorded(String system) {
    TestedSystem tested = Systems.named(system);
    return options.isOfRecordedSize(tested)
        && isInItsPrecision(tested)
        // At every other scale recorded networks are measured, at this one they are not.
        && !(tested.isRecorded() && options.scale() == Scale.SMOKE);
  }

  /** Float32; a system that needs no engine is computed in double precision whatever is asked. */
  private boolean isInItsPrecision(TestedSystem system) {
    return options.precision() == Precision.FLOAT32
        || system.isRecorded()
        || !(system instanceof SystemOnData);
  }

  /** Why a system cannot be tested in this run, or nothing if it can. */
  public Optional<Untestable> untestable(String system) {
    TestedSystem tested = Systems.named(system);
    Optional<String> tooSlow = tested.tooSlowAt(options.scale());
    if (tooSlow.isPresent()) {
      return Optional.of(new Untestable(tooSlow.get(), atFirstScale(tested)));
    }
    return tested instanceof SystemOnData onData
        ? datasets.missing(dataset(onData)).map(missing -> new Untestable("its data", missing))
        : Optional.empty();
  }

  /** What keeps a measurement made in this run from deciding anything, if so. */
  public Optional<Untestable> undecided(String system) {
    TestedSystem tested = Systems.named(system);
    if (options.scale() != Scale.SMOKE) {
      return Optional.empty();
    }
    return Optional.of(
        new Untestable(
            tested instanceof SystemOnData onData
                    && !dataset(onData).equals(onData.dataset(Scale.SMOKE))
                ? "smoke run, on made-up images in place of %s"
                    .formatted(onData.dataset(Scale.FULL))
                : "smoke run",
            atFirstScale(tested)));
  }

  /** The smallest scale at which a system is decided. */
  private static String atFirstScale(TestedSystem system) {
    return Stream.of(Scale.QUICK, Scale.EXTENDED)
        .filter(scale -> system.tooSlowAt(scale).isEmpty())
        .findFirst()
        .map(scale -> "run it with -Dscale=" + scale.word())
        .orElse("run it on a machine with a GPU, with -Pgpu");
  }

  /** How the scale's recipe, and the numbers it is computed in, depart from the papers'. */
  @Override
  public String departure(String system) {
    TestedSystem tested = Systems.named(system);
    String departure = tested.departure(options.scale());
    if (!options.isOfRecordedSize(tested)) {
      departure += " This run was asked for otherwise: " + asked(tested) + ".";
    }
    if (tested instanceof SystemOnData onData) {
      int classes = datasets.classes(dataset(onData));
      if (classes != onData.classes()) {
        departure +=
            " The data that was found has %d classes instead of %,d."
                .formatted(classes, onData.classes());
      }
    }
    return isInItsPrecision(tested)
        ? departure
        : departure
            + " Trained in bfloat16 (`-Dprecision=bf16`) instead of float32; weights are kept, and"
            + " networks evaluated, in float32.";
  }

  /** Seeds, and widths if only some were wanted. */
  private String asked(TestedSystem system) {
    int seeds = options.seedsOf(system);
    return options.widths().isEmpty()
        ? seeds + " seeds"
        : "%d seeds, widths %s".formatted(seeds, Options.joined(options.widths()));
  }

  @Override
  public String remedy(String system, String remedy) {
    return Systems.named(system).remedy(remedy);
  }

  @Override
  public String rerun(ClaimId claim, String system) {
    TestedSystem tested = Systems.named(system);
    return "mvn verify%s -DskipUnitTests=true -Dclaims=%s -Dsystems=%s -Dscale=%s -Dseeds=%d%s%s%s"
        .formatted(
            store.execution().usesCuda() ? " -Pgpu" : "",
            claim,
            system,
            options.scale().word(),
            options.seedsOf(tested),
            options.widths().isEmpty() ? "" : " -Dwidths=" + Options.joined(options.widths()),
            isInItsPrecision(tested) ? "" : " -Dprecision=" + options.precision().word(),
            options.folders());
  }

  @Override
  public Map<String, Object> provenance(String system) {
    TestedSystem tested = Systems.named(system);
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("commit", commit.name());
    commit.missing().ifPresent(why -> provenance.put("commit_missing", why));
    provenance.put("java", System.getProperty("java.version"));
    provenance.put("seeds", seeds(tested, 0));
    if (tested instanceof SystemOnData onData) {
      provenance.putAll(provenance(onData));
    } else {
      provenance.put("precision", "float64");
      provenance.put("widths", students(0).widths());
      provenance.put("recipe_of_the_widest", students(0).recipe().toString());
    }
    return provenance;
  }

  private Map<String, Object> provenance(SystemOnData system) {
    Study study = study(system, seeds(system, 0));
    Execution execution =
        system.isRecorded()
            ? recorded.of(study.widest()).manifest().execution()
            : store.execution(study.widest());
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("engine", execution.engine());
    OpenBlas.environment().ifPresent(set -> provenance.put("openblas_environment", set));
    provenance.put("device", execution.device());
    provenance.put("threads", execution.threads());
    provenance.put("precision", execution.precision().word());
    if (!options.widths().isEmpty() && !system.isRecorded()) {
      provenance.put("widths", options.widths().stream().sorted().toList());
    }
    provenance.put("dataset", study.widest().dataset());
    provenance.put(
        "data_sha256", Datasets.checksums(datasets.fingerprint(study.widest().dataset())));
    provenance.put(
        "runs",
        study.recipes().stream()
            .flatMap(recipe -> recipe.trainings().stream())
            .map(
                recipe ->
                    system.isRecorded()
                        ? recorded.of(recipe).folder().toString()
                        : recipe.system() + "/" + store.hash(recipe))
            .toList());
    provenance.put("recipe_of_the_widest", study.widest().toString());
    return provenance;
  }

  /** Nothing in a smoke run, which is to try all of the way each time. */
  @Override
  public Optional<KeptMeasurement> kept(Expectation expectation, String test, Class<?> measuring) {
    return kept(expectation, test, 0, measuring);
  }

  /**
   * Where what a test measures is kept, of the run's own seeds or, for baselines, of later ones.
   *
   * @param group 0 for the run's own seeds, 1, 2, … for later ones
   */
  public Optional<KeptMeasurement> kept(
      Expectation expectation, String test, int group, Class<?> measuring) {
    if (options.scale() == Scale.SMOKE) {
      return Optional.empty();
    }
    List<String> networks;
    long start = System.nanoTime();
    try {
      networks = fingerprint(expectation, group);
    } catch (NotTrained e) {
      // The test says so itself once it asks for them.
      return Optional.empty();
    } finally {
      stopwatch.waitedSince(start);
    }
    return Optional.of(
        measurements.of(
            expectation,
            new MeasurementKey(
                MeasurementKey.FORMAT,
                test,
                options.scale().word(),
                networks,
                expected(expectation.system()),
                code(measuring),
                platform)));
  }

  private List<String> fingerprint(Expectation expectation, int group) {
    String system = expectation.system();
    if (!(Systems.named(system) instanceof SystemOnData)) {
      return students(group).fingerprint();
    }
    return (group == 0 ? evidence(system) : otherSeeds(system, group))
        .fingerprint(expectation.claim());
  }

  private String code(Class<?> measuring) {
    return code.computeIfAbsent(measuring, MeasuringCode::sha256);
  }

  /** Measurements look at bands and settings, figures at published points, and none at findings. */
  private String expected(String system) {
    Expectations all = expectations(system);
    return DigestUtils.sha256Hex(
        KeptMeasurements.bytes(
            List.of(
                all.at(scale(system)).stream()
                    .map(each -> Map.of(each.claim(), each.quantity()))
                    .toList(),
                Arrays.stream(PublishedCurve.values()).map(all::points).toList())));
  }

  /** What Allure shows of the run as a whole, on its first page. */
  public Map<String, String> environment() {
    Execution execution = store.execution();
    return Map.of(
        "commit", commit.name(),
        "scale", options.scale().word(),
        "engine", execution.engine(),
        "device", execution.device(),
        "precision", execution.precision().word(),
        "java", System.getProperty("java.version"));
  }

  @Override
  public void report(ClaimResult result) {
    reports.add(result);
    stopwatch.result(result);
  }

  /** Leaves the times of the run beside its results. */
  @Override
  public void close() {
    stopwatch.times(pool.seconds()).write(Reports.FOLDER);
  }

  /** The commit that is running. */
  public String commit() {
    return commit.name();
  }

  /**
   * Records what was found of a quantity, here and by groups of other seeds, in {@code expected/},
   * and says what changed.
   */
  public void record(
      Judgement judgement, Map<Verdict, Integer> otherSeeds, Optional<Baseline> baseline) {
    String change =
        new RecordedFindings(EXPECTED)
            .put(
                judgement.expectation(),
                judgement.verdict(),
                judgement.estimate(),
                otherSeeds,
                baseline);
    FindingsMarkdown.write(EXPECTED);
    System.out.println("RECORDED " + change);
  }

  @Override
  public PowerTable.Row power(Expectation expectation) {
    return reports.power(expectation);
  }

  @Override
  public Path figures() {
    return reports.file("figures");
  }

  @Override
  public Path dynamics() {
    return reports.file("dynamics");
  }
}
