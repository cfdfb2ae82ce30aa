package mitosis.suite;

import java.nio.file.Path;
import mitosis.claim.Expectations;
import mitosis.data.Datasets;
import mitosis.train.Cuda;
import mitosis.train.Execution;
import mitosis.train.RunStore;

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
    if (options.device().equals("cuda")) {
      Cuda.require();
      throw new IllegalStateException(
          "there is a CUDA device, but this version trains on the CPU only; leave out -Pgpu and"
              + " -Ddevice=cuda, and ask for the papers' scale with -Dscale=full");
    }
    if (options.subject().isPresent()) {
      new BroughtSubject(options).check();
      Expectations.read(Path.of("expected"), Options.SUBJECT);
      return;
    }
    RunStore.open(options.runsDir(), Execution.onCpu());
    for (String system : options.systems()) {
      Expectations.read(Path.of("expected"), system);
      Datasets.check(Systems.named(system).dataset(), options.dataDir());
    }
  }
}
