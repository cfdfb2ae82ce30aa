package mitosis.train;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mitosis.data.DurableFile;
import mitosis.model.ErfNetwork;
import mitosis.model.Precision;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.OnlineTraining.OnlineRun;
import mitosis.train.Run.Manifest;
import mitosis.train.RunStore.RunStoreException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The runs of students, in the runs directory beside those of networks: each in a folder named
 * after the hash of its recipe and seed, with a manifest that has the checksums of its files and is
 * written last. Several processes and threads may share it.
 */
public final class OnlineRuns {

  /** Changes when a run's files, or what a training does with the same recipe, change. */
  private static final int FORMAT = 1;

  /** Double precision, whatever a run's other networks are trained in. */
  private static final Execution EXECUTION =
      new Execution("Java, double precision", "cpu", 1, Precision.FLOAT32);

  private static final String NETWORKS = "networks.f64";

  private final Path root;
  private final Consumer<String> warning;

  /**
   * @param root the folder of the system's runs; made when the first is stored
   * @param warning told of stored runs that could not be used
   */
  public OnlineRuns(Path root, Consumer<String> warning) {
    this.root = root;
    this.warning = warning;
  }

  /** What identifies a run, as its folder says it. */
  private record Student(OnlineRecipe recipe, int seed) {}

  /** The key of a run: 16 hexadecimal digits. */
  public String hash(OnlineRecipe recipe, int seed) {
    String key = Json.line(Map.of("format", FORMAT, "student", new Student(recipe, seed)));
    return DigestUtils.sha256Hex(key).substring(0, 16);
  }

  /**
   * The run of a recipe and seed, trained if it is not stored.
   *
   * @throws ArithmeticException if the weights grow beyond all bounds; nothing is stored then
   * @throws RunStoreException if the run cannot be stored
   */
  public OnlineRun of(OnlineRecipe recipe, int seed) {
    Student student = new Student(recipe, seed);
    Path folder = root.resolve(hash(recipe, seed));
    try {
      Optional<OnlineRun> stored = usable(folder, student);
      if (stored.isPresent()) {
        return stored.get();
      }
      try (Closeable lock = RunFolder.lock(folder)) {
        // Another process may have trained it meanwhile.
        Optional<OnlineRun> meanwhile = usable(folder, student);
        return meanwhile.isPresent() ? meanwhile.get() : train(folder, student);
      }
    } catch (IOException e) {
      throw new RunStoreException(
          "cannot store the student in %s: %s; make room, or name another folder with -Druns.dir"
              .formatted(folder.toAbsolutePath(), e.getMessage()),
          e);
    }
  }

  /**
   * The runs that nobody asks for any more: those of another recipe or seed, those that were stored
   * in another format, and those that were set aside as damaged.
   *
   * @param asked whether a recipe with a seed is asked for
   * @return their folders
   */
  public List<Path> unused(BiPredicate<OnlineRecipe, Integer> asked) {
    return RunFolder.finished(root).stream().filter(folder -> !isUsed(folder, asked)).toList();
  }

  private boolean isUsed(Path folder, BiPredicate<OnlineRecipe, Integer> asked) {
    try {
      Student student = RunFolder.read(folder.resolve(RunFolder.RECIPE), new TypeReference<>() {});
      return asked.test(student.recipe(), student.seed())
          && folder.getFileName().toString().equals(hash(student.recipe(), student.seed()));
    } catch (IOException | RunStoreException.Damaged e) {
      return false;
    }
  }

  private Optional<OnlineRun> usable(Path folder, Student student) throws IOException {
    if (!Files.exists(folder)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(folder, student));
    } catch (RunStoreException.Damaged e) {
      warning.accept(
          "%s; it is set aside as %s and trained again"
              .formatted(e.getMessage(), RunFolder.setAside(folder).getFileName()));
      return Optional.empty();
    }
  }

  private OnlineRun read(Path folder, Student student) throws IOException {
    Manifest manifest =
        RunFolder.read(folder.resolve(RunFolder.MANIFEST), new TypeReference<>() {});
    RunFolder.requireWhole(folder, manifest);
    Student stored = RunFolder.read(folder.resolve(RunFolder.RECIPE), new TypeReference<>() {});
    byte[] networks = Files.readAllBytes(folder.resolve(NETWORKS));
    if (!stored.equals(student) || networks.length != bytes(student.recipe())) {
      throw new RunStoreException.Damaged(
          "%s is foreign: it belongs to %s, not to %s".formatted(folder, stored, student));
    }
    return decode(student.recipe(), ByteBuffer.wrap(networks));
  }

  private OnlineRun train(Path folder, Student student) throws IOException {
    Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
    RunFolder.delete(partial);
    long start = System.nanoTime();
    OnlineRun run = OnlineTraining.run(student.recipe(), student.seed());
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, byte[]> contents =
        Map.of(RunFolder.RECIPE, Json.pretty(student), NETWORKS, encode(student.recipe(), run));
    RunFolder.write(
        partial,
        contents,
        checksums ->
            new Manifest(
                folder.getFileName().toString(),
                "",
                EXECUTION,
                student.recipe().snapshots(),
                seconds,
                RunFolder.machine(),
                checksums));
    DurableFile.move(partial, folder);
    return run;
  }

  /** Teacher, student before training, and snapshots. */
  private static Stream<ErfNetwork> networks(OnlineRun run) {
    return Stream.concat(Stream.of(run.teacher(), run.before()), run.snapshots().stream());
  }

  private static int bytes(OnlineRecipe recipe) {
    int neurons = recipe.teachers() + (1 + recipe.snapshots()) * recipe.width();
    return Math.multiplyExact(Double.BYTES * (recipe.inputs() + 1), neurons);
  }

  /** Network by network the weights of the first layer, row by row, and those of the second. */
  private static byte[] encode(OnlineRecipe recipe, OnlineRun run) {
    ByteBuffer bytes = ByteBuffer.allocate(bytes(recipe));
    networks(run)
        .forEach(
            network -> {
              for (double[] row : network.weights()) {
                put(bytes, row);
              }
              put(bytes, network.readout());
            });
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, double[] numbers) {
    for (double number : numbers) {
      bytes.putDouble(number);
    }
  }

  private static OnlineRun decode(OnlineRecipe recipe, ByteBuffer bytes) {
    ErfNetwork teacher = network(recipe.teachers(), recipe.inputs(), bytes);
    ErfNetwork before = network(recipe.width(), recipe.inputs(), bytes);
    List<ErfNetwork> snapshots = new ArrayList<>();
    for (int k = 0; k < recipe.snapshots(); k++) {
      snapshots.add(network(recipe.width(), recipe.inputs(), bytes));
    }
    return new OnlineRun(teacher, before, snapshots);
  }

  private static ErfNetwork network(int neurons, int inputs, ByteBuffer bytes) {
    double[][] weights = new double[neurons][];
    for (int k = 0; k < neurons; k++) {
      weights[k] = take(inputs, bytes);
    }
    return new ErfNetwork(weights, take(neurons, bytes));
  }

  private static double[] take(int count, ByteBuffer bytes) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = bytes.getDouble();
    }
    return numbers;
  }
}
