package mitosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitosis.model.NativeEngine;
import mitosis.train.Execution;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Notes in a file which test is under way, and on what, for {@code src/test/bin/java-of-a-fork} to
 * tell if a native library ends the process: nothing in Java runs any more then. The file's first
 * line is the test's class; it is gone when the tests are over.
 */
public final class ForkDiary implements TestExecutionListener {

  private final Optional<Path> file;
  private final String processor = NativeEngine.processor();

  /** In the file that the environment variable {@code FORK_DIARY} names; nowhere without it. */
  public ForkDiary() {
    this(Optional.ofNullable(System.getenv("FORK_DIARY")).map(Path::of));
  }

  ForkDiary(Optional<Path> file) {
    this.file = file;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .ifPresent(source -> note(source.getClassName(), source.getMethodName()));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the diary of this process", e);
    }
  }

  private void note(String testClass, String method) {
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(
          file.get(), "%s%n%s#%s%non %s%n".formatted(testClass, testClass, method, surroundings()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the diary of this process", e);
    }
  }

  /** What a crash of a native library depends on besides the test. */
  private String surroundings() {
    return String.join(
        "; ",
        processor,
        Execution.onCpu().engine(),
        NativeEngine.trialSoFar().orElse("the engine was not loaded"));
  }
}
