package mitosis.suite;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.data.BaseFolder;
import mitosis.data.DataException;
import mitosis.data.Datasets;
import mitosis.model.NativeEngine;
import mitosis.suite.ProgressLine.DownloadLine;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.DeviceCheck;
import mitosis.train.DeviceCheck.Throughput;
import mitosis.train.Execution;
import mitosis.train.Gpu.DeviceProbe;
import mitosis.train.RunStore;
import mitosis.train.SystemProbe;

/**
 * Refuses, before anything else is done, what could not be run: a folder or a locale in which
 * nothing would work, an option with a wrong value, a device that is not there, a runs directory
 * that cannot be written to, a file of expectations with a mistake in it, data that is missing or
 * damaged, a network to be audited that cannot be read, a network that is not trained in the
 * precision that was asked for.
 */
public final class Preflight {

  private static final String PLAIN = "1234567890.5";

  private Preflight() {}

  /**
   * @param args none; options are system properties
   * @throws RuntimeException saying what was found and what to do about it
   */
  public static void main(String[] args) {
    requirePlainNumbers(Locale.getDefault(Locale.Category.FORMAT));
    requireClassPath(BaseFolder.SUITE.resolve(""));
    Options options = Options.ofSystemProperties();
    Commit.current()
        .missing()
        .ifPresent(
            why ->
                System.out.println(
                    "WARNING: results will not name the commit that made them: " + why));
    if (!options.usesCuda()) {
      requireWhatIsRead(options, Execution.onCpu());
      return;
    }
    DeviceProbe.Sighting seen = new SystemProbe().look();
    Hardware hardware = Hardware.of(options, () -> seen);
    DeviceReport report = new DeviceReport(System.out, options);
    report.devices(seen, hardware);
    Throughput speed = report.check(hardware.places(), DeviceCheck::of);
    requireWhatIsRead(options, hardware.execution());
    if (options.subject().isEmpty()) {
      report.plan(
          RunStore.open(options.runsDir(), hardware.execution(), new Datasets(options.dataDir())),
          hardware.places().size(),
          speed,
          new Datasets(options.dataDir()));
    }
  }

  private static void requireWhatIsRead(Options options, Execution execution) {
    Datasets datasets = new Datasets(options.dataDir());
    if (options.subject().isPresent()) {
      ExternalSubject subject = new ExternalSubject(options);
      subject.dataset().ifPresent(dataset -> fetch(dataset, datasets, options));
      subject.check();
      Expectations.read(ClaimSession.EXPECTED, Options.SUBJECT);
      return;
    }
    RunStore store = RunStore.open(options.runsDir(), execution, datasets);
    NativeEngine.requireCache();
    if (options.prune() != Options.Prune.NOTHING) {
      new Pruning(options, store, datasets).run(System.out);
    }
    for (String system : options.systems()) {
      Expectations.read(ClaimSession.EXPECTED, system);
      if (Systems.named(system) instanceof SystemOnData tested
          && tested.tooSlowAt(options.scale()).isEmpty()) {
        String dataset = tested.dataset(options.scale());
        tested
            .study(options.scale(), List.of(0), dataset, datasets)
            .recipes()
            .forEach(
                recipe -> {
                  if (!tested.isRecorded()) {
                    execution.requireTrainable(recipe);
                  }
                });
        fetch(dataset, datasets, options);
        if (datasets.missing(dataset).isEmpty()) {
          datasets.check(dataset);
        }
      }
    }
    Expectations.requireTested(ClaimSession.EXPECTED);
  }

  /** What cannot be had makes claims untested, with the reason, but keeps no other from running. */
  private static void fetch(String dataset, Datasets datasets, Options options) {
    if (datasets.missing(dataset).isEmpty() || options.scale() == Scale.SMOKE) {
      return;
    }
    if (options.offline()) {
      System.out.println("WARNING: " + datasets.missing(dataset).orElseThrow());
      return;
    }
    try {
      datasets.fetch(dataset, new DownloadLine(dataset, System.out));
    } catch (DataException e) {
      System.out.println("WARNING: " + e.getMessage());
    }
  }

  /**
   * Refuses a locale with digits or a decimal point of its own: names such as {@code layer1.0},
   * file names and numbers in reports are made of them. The build fixes the locale of all
   * processes, but {@code MAVEN_OPTS} and {@code _JAVA_OPTIONS} come after that.
   *
   * @param locale by which numbers are written
   * @throws IllegalStateException if it is one; says what to do
   */
  static void requirePlainNumbers(Locale locale) {
    String written = String.format(locale, "%d.%d", 1_234_567_890, 5);
    String decimal = String.format(locale, "%.1f", 0.5);
    if (!written.equals(PLAIN) || !decimal.equals("0.5")) {
      throw new IllegalStateException(
          "numbers are written as %s and %s in the locale %s of this process, and could not be read again; take -Duser.language and its like out of the environment variables MAVEN_OPTS and _JAVA_OPTIONS, or call Maven with -f POM rather than --file=POM, so that it finds .mvn/jvm.config"
              .formatted(written, decimal, locale.toLanguageTag()));
    }
  }

  /**
   * Refuses a folder that no class path can hold.
   *
   * @param suite the suite's own folder
   * @throws IllegalStateException if its path has the sign that separates the parts of a class path
   */
  static void requireClassPath(Path suite) {
    String path = suite.toAbsolutePath().toString();
    if (path.contains(File.pathSeparator)) {
      throw new IllegalStateException(
          "the suite lies in %s, and Java's class path is divided at each '%s', so that no class would be found there; move it to a folder without that sign"
              .formatted(path, File.pathSeparator));
    }
  }
}
