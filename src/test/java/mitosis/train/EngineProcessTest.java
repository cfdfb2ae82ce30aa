package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mitosis.model.Architecture;
import mitosis.model.NativeEngine;
import mitosis.model.Weights;
import mitosis.model.WideResNet;
import mitosis.train.EngineProcess.HeapNeed;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are started from one whose environment a user has filled. */
class EngineProcessTest {

  private static final String LOAD = "load";
  private static final String NAME = "name";

  /**
   * @param args {@code load} prints where the engine's libraries lie, {@code name} the names of a
   *     network's arrays and a number; with {@code start} before it a process is started that does
   *     so
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 2) {
      Process process = process(args[1]).inheritIO().start();
      System.exit(process.waitFor());
    }
    System.out.println(
        args[0].equals(LOAD)
            ? NativeEngine.get().getEngineName() + " loaded"
            : "%s %.1f".formatted(names(), 0.5));
  }

  private static String names() {
    return String.join(" ", Weights.shapes(WideResNet.ofWidth(10, 8, 2, 8), 1).keySet());
  }

  private static ProcessBuilder process(String task) {
    return EngineProcess.of(
        DeviceSlot.cores(1).get(0), 1, 128, EngineProcessTest.class, List.of(task));
  }

  private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** The values are those of an image of PyTorch, and of one of djl-serving. */
  @Test
  void a_process_loads_the_natives_of_the_class_path_whatever_the_environment_names()
      throws Exception {
    ProcessBuilder outer =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            EngineProcess.classPath(),
            EngineProcessTest.class.getName(),
            "start",
            LOAD);
    outer
        .environment()
        .putAll(
            Map.of(
                "PYTORCH_VERSION", "2.1.0a0+32f93b1",
                "PYTORCH_LIBRARY_PATH", "/usr/local/lib/python3.10/dist-packages/torch/lib",
                "PYTORCH_FLAVOR", "cu121",
                "PYTORCH_PRECXX11", "true",
                "DJL_DEFAULT_ENGINE", "OnnxRuntime"));

    assertThat(output(outer)).isEqualTo("PyTorch loaded");
  }

  @Test
  void a_process_writes_as_those_of_the_build_do() throws IOException {
    assertThat(process(NAME).command())
        .containsAll(
            Files.readAllLines(Path.of(".mvn", "jvm.config")).stream()
                .filter(option -> option.startsWith("-D"))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=mr -Duser.country=IN",
        "-Duser.language.format=fa -Duser.country.format=IR",
        "-Duser.extensions=u-nu-arab",
        "-Duser.extensions.format=u-nu-arab"
      })
  void arrays_and_numbers_are_named_alike_in_every_locale_of_the_user(String options)
      throws Exception {
    ProcessBuilder process = process(NAME);
    process.environment().put("JAVA_TOOL_OPTIONS", options);

    assertThat(output(process)).isEqualTo(names() + " 0.5").contains("group0.0.conv1.weight");
  }

  @Nested
  class HeapNeedTest {

    private static long megabytes(Architecture network) {
      Recipe small = Pictures.recipe(Augmentation.NONE, 128, 200);
      return HeapNeed.megabytes(
          new Recipe(
              small.system(),
              small.dataset(),
              network,
              small.seeds(),
              small.initialisation(),
              small.loss(),
              small.optimiser(),
              small.schedule(),
              small.augmentation(),
              small.batch(),
              small.epochs(),
              small.snapshots(),
              small.stopAtZeroLoss()));
    }

    @Test
    void small_networks_on_vectors_take_little() {
      assertThat(HeapNeed.megabytes(Recipes.of(64, List.of(1, 2), 0.1, 256, 2)))
          .isBetween(512L, 514L);
    }

    /** 4 layers of 512 neurons on 10,000 examples are 20.5 million floats. */
    @Test
    void activities_of_a_whole_training_set_at_once_add_their_own() {
      long batch = HeapNeed.megabytes(Recipes.of(512, List.of(1), 0.1, 256, 2));
      assertThat(HeapNeed.megabytes(Recipes.of(512, List.of(1), 0.1, 10_000, 2)) - batch)
          .isBetween(75L, 78L);
    }

    /** Wide-ResNet-28-1 has 0.37 million parameters, and SGD remembers as many. */
    @Test
    void images_take_a_gigabyte_more() {
      assertThat(megabytes(WideResNet.ofWidth(28, 64, 10, 32))).isBetween(1536L, 1560L);
    }

    /** Wide-ResNet-28-16 has 93 million parameters: 4 times 2·93e6·4 bytes are 2.8 GiB. */
    @Test
    void so_do_checkpoints_of_wide_networks() {
      assertThat(megabytes(WideResNet.ofWidth(28, 1024, 10, 32))).isBetween(4200L, 4700L);
    }
  }
}
