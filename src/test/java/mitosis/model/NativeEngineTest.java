package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mitosis.model.NativeEngine.CudaRuntime;
import mitosis.model.NativeEngine.EngineVariables;
import mitosis.model.NativeEngine.OneDnn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeEngineTest {

  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path folder;

  @Tag("process")
  @Test
  void aProcessWaitsWhileAnotherOneLoadsTheLibraries() throws Exception {
    NativeEngine.get();
    Path lockFile = NativeEngine.cache().resolve(NativeEngine.LOCK);
    Process waiting;
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      waiting = start(NativeEngine.cache().getParent());
      assertThat(waiting.waitFor(1500, TimeUnit.MILLISECONDS)).as("loads beside another").isFalse();
    }
    assertLoads(waiting);
  }

  @Tag("process")
  @Test
  void processesThatStartTogetherOnAnEmptyCacheAllLoadFromOneCopy() throws Exception {
    Path cache = folder.resolve("cache");
    Process first = start(cache);
    Process second = start(cache);
    assertLoads(first);
    assertLoads(second);
    try (var copies = Files.list(cache.resolve("pytorch"))) {
      assertThat(copies.filter(copy -> Files.exists(copy.resolve("libtorch.so")))).hasSize(1);
    }
  }

  @Test
  void aCacheThatCannotBeWrittenToIsRefusedWithWhatToSet() {
    assertThatIllegalStateException()
        .isThrownBy(() -> NativeEngine.requireCache(Path.of("/proc/mitosis")))
        .withMessageStartingWith("PyTorch's libraries cannot be unpacked into /proc/mitosis")
        .withMessageContaining("DJL_CACHE_DIR");
  }

  @Test
  void aCacheThatHoldsTheLibrariesNeedsNotBeWrittenTo() throws IOException {
    Path unpacked = Files.createDirectories(folder.resolve("pytorch/2.5.1-cpu-linux-x86_64"));
    Files.createFile(unpacked.resolve("libtorch.so"));
    // Where a folder is in the way of a file, not even root can write one.
    Files.createDirectory(folder.resolve("pytorch").resolve(NativeEngine.LOCK));

    assertThatCode(() -> NativeEngine.requireCache(folder.resolve("pytorch")))
        .doesNotThrowAnyException();
  }

  @Test
  void aProcessThatCannotUnpackTheLibrariesSaysWhatToSet() throws Exception {
    Process process = start(Path.of("/proc/mitosis"));
    String output = new String(process.getInputStream().readAllBytes());

    assertThat(process.waitFor()).isNotZero();
    assertThat(output).contains("cannot be unpacked into /proc/mitosis/pytorch", "DJL_CACHE_DIR");
  }

  @Tag("process")
  @Test
  void a_process_that_is_told_so_computes_without_onednn_and_says_so() throws Exception {
    Process process =
        start(NativeEngine.cache().getParent(), "-D%s=off".formatted(NativeEngine.ONEDNN));

    assertThat(new String(process.getInputStream().readAllBytes()))
        .contains("oneDNN is switched off in this process (")
        .contains("asked for with -Dengine.onednn=off")
        .contains("PyTorch uses oneDNN: false");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void the_trial_tells_the_processor_and_whether_onednn_is_used() {
    assertThat(NativeEngine.isWithoutOneDnn()).isEqualTo(!OneDnn.isOn());
    assertThat(NativeEngine.trial())
        .containsPattern("are exact here|oneDNN is switched off in this process");
  }

  private static void assertLoads(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).contains("loaded PyTorch");
  }

  private static Process start(Path cache, String... options) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            classPath.replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
            NativeEngineTest.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DJL_CACHE_DIR", cache.toString());
    return builder.start();
  }

  /** Loads the engine and says so, and whether it uses oneDNN. */
  public static void main(String[] args) {
    System.out.println("loaded " + NativeEngine.get().getEngineName());
    System.out.println("PyTorch uses oneDNN: " + OneDnn.isOn());
  }

  @Nested
  class CudaRuntimeTest {

    private static final String LIST =
        """
        version=2.5.1-20241113
        flavor=cu124
        classifier=linux-x86_64
        libraries=libc10.so,libcudart-8774224f.so.12,libtorch.so
        """;

    @TempDir private Path folder;

    private ClassLoader natives;

    @BeforeEach
    void lay() throws IOException {
      Path jar = folder.resolve("natives");
      Path libraries = jar.resolve("pytorch/cu124/linux-x86_64");
      Files.createDirectories(libraries);
      Files.createDirectories(jar.resolve("native/lib"));
      Files.writeString(jar.resolve("native/lib/pytorch.properties"), LIST);
      Files.writeString(libraries.resolve("libcudart-8774224f.so.12"), "the runtime");
      natives = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    @Test
    void the_runtime_among_the_natives_is_unpacked_under_the_name_that_is_looked_for()
        throws IOException {
      CudaRuntime runtime = CudaRuntime.on(natives).orElseThrow();
      Path cache = folder.resolve("cache");

      runtime.offer(cache);
      runtime.offer(cache);

      assertThat(runtime.flavor()).isEqualTo("cu124");
      assertThat(cache.resolve("cudart-cu124/libcudart.so")).hasContent("the runtime");
      assertThat(cache.resolve("cudart-cu124").toFile().list()).containsExactly("libcudart.so");
    }

    @Test
    void natives_for_the_cpu_have_none() throws IOException {
      Files.writeString(
          folder.resolve("natives/native/lib/pytorch.properties"),
          "version=2.5.1\nflavor=cpu\nclassifier=linux-x86_64\nlibraries=libc10.so,libtorch.so");

      assertThat(CudaRuntime.on(natives)).isEmpty();
    }

    @Test
    void a_runtime_that_the_list_names_and_the_natives_lack_leaves_nothing_behind()
        throws IOException {
      CudaRuntime runtime = CudaRuntime.on(natives).orElseThrow();
      Files.delete(folder.resolve("natives/pytorch/cu124/linux-x86_64/libcudart-8774224f.so.12"));

      assertThatThrownBy(() -> runtime.offer(folder.resolve("cache")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("libcudart-8774224f.so.12 is not on the class path");
      assertThat(folder.resolve("cache/cudart-cu124")).isEmptyDirectory();
    }
  }

  @Nested
  class EngineVariablesTest {

    /** As in NVIDIA's image of PyTorch 23.05. */
    private static final Map<String, String> CONTAINER =
        Map.of("PYTORCH_VERSION", "2.0.0", "DJL_CACHE_DIR", "/cache", "PATH", "/usr/bin");

    private static final Map<String, String> NOTHING = Map.of();

    @Test
    void what_names_other_natives_is_taken_out_of_an_environment_and_nothing_else() {
      Map<String, String> environment = new HashMap<>(CONTAINER);

      EngineVariables.removeFrom(environment);

      assertThat(environment).isEqualTo(Map.of("DJL_CACHE_DIR", "/cache", "PATH", "/usr/bin"));
    }

    @Test
    void a_variable_that_names_other_natives_is_refused_by_name() {
      assertThatIllegalStateException()
          .isThrownBy(() -> EngineVariables.requireNone(CONTAINER::get, NOTHING::get))
          .withMessageStartingWith("the environment variable PYTORCH_VERSION is set (2.0.0)")
          .withMessageEndingWith("env -u PYTORCH_VERSION mvn verify");
    }

    @Test
    void so_is_a_system_property() {
      Map<String, String> properties = Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch/lib");

      assertThatIllegalStateException()
          .isThrownBy(() -> EngineVariables.requireNone(NOTHING::get, properties::get))
          .withMessageStartingWith(
              "the system property PYTORCH_LIBRARY_PATH is set (/opt/torch/lib)")
          .withMessageEndingWith("leave out -DPYTORCH_LIBRARY_PATH");
    }

    @Test
    void where_natives_are_unpacked_may_be_said() {
      Map<String, String> environment = Map.of("DJL_CACHE_DIR", "/cache");

      assertThatCode(() -> EngineVariables.requireNone(environment::get, NOTHING::get))
          .doesNotThrowAnyException();
    }
  }
}
