package mitosis.suite;

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

  private Preflight() {}

  /**
   * @param args none; options are system properties
   * @throws RuntimeException saying what was found and what to do about it
   */
  public static void main(String[] args) {
    Surroundings.requirePlainNumbers(Locale.getDefault(Locale.Category.FORMAT));
    Surroundings.requireClassPath(BaseFolder.SUITE.resolve(""));
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
      Expectations.read(Laboratory.EXPECTED, Options.SUBJECT);
      return;
    }
    RunStore store = RunStore.open(options.runsDir(), execution, datasets);
    NativeEngine.requireCache();
    if (options.prune() != Options.Prune.NOTHING) {
      new Pruning(options, store, datasets).run(System.out);
    }
    for (String system : options.systems()) {
      Expectations.read(Laboratory.EXPECTED, system);
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
    Expectations.requireTested(Laboratory.EXPECTED);
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
}
