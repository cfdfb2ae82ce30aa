package mitosis.suite;

import java.nio.file.Path;
import mitosis.claim.Expectations;
import mitosis.data.Datasets;
import mitosis.representation.SubjectSource;
import mitosis.train.DeviceCheck;
import mitosis.train.DeviceProbe;
import mitosis.train.Execution;
import mitosis.train.RunStore;
import mitosis.train.SystemProbe;
import mitosis.train.Throughput;
import mitosis.train.TrainingPool;

/**
 * Refuses, before anything else is done, what could not be run: an option with a wrong value, a
 * device that is not there, a runs directory that cannot be written to, a file of expectations with
 * a mistake in it, data that is missing or damaged, a network to be audited that cannot be read.
 */
public final class Preflight {

  private Preflight() {}

  /**
   * @param args none; options are system properties
   * @throws RuntimeException saying what was found and what to do about it
   */
  public static void main(String[] args) {
    Options options = Options.ofSystemProperties();
    if (!options.usesCuda()) {
      requireWhatIsRead(options, Execution.onCpu());
      return;
    }
    DeviceProbe.Sighting seen = new SystemProbe().look();
    Equipment equipment = Equipment.of(options, () -> seen);
    DeviceReport report = new DeviceReport(System.out, options);
    report.devices(seen, equipment);
    requireWhatIsRead(options, equipment.execution());
    Throughput speed = report.check(equipment.places(), DeviceCheck::of);
    if (options.subject().isEmpty()) {
      report.plan(
          RunStore.open(options.runsDir(), equipment.execution()),
          equipment.places().size(),
          speed,
          dataset -> TrainingPool.EXAMPLES);
    }
  }

  private static void requireWhatIsRead(Options options, Execution execution) {
    if (options.subject().isPresent()) {
      SubjectSource.read(options.subject().get());
      Expectations.read(Path.of("expected"), Options.SUBJECT);
      return;
    }
    RunStore.open(options.runsDir(), execution);
    for (String system : options.systems()) {
      Expectations.read(Path.of("expected"), system);
      Datasets.check(Systems.named(system).dataset(), options.dataDir());
    }
  }
}
