package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeEngineTest {

  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path folder;

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
}
