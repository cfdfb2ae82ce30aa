package mitosis.suite;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mitosis.data.Datasets;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Budget;
import mitosis.train.DeviceCheck;
import mitosis.train.DeviceCheck.Throughput;
import mitosis.train.DeviceSlot;
import mitosis.train.Gpu;
import mitosis.train.Gpu.DeviceProbe;
import mitosis.train.RunStore;

/** Says, before anything is trained on GPUs, on what, whether they compute right, and how long. */
final class DeviceReport {

  private static final String PREFIX = "GPU: ";

  private final PrintStream out;
  private final Options options;

  /**
   * @param out where it is said
   * @param options what will run
   */
  DeviceReport(PrintStream out, Options options) {
    this.out = out;
    this.options = options;
  }

  /** Says what there is. */
  void devices(DeviceProbe.Sighting seen, Hardware hardware) {
    hardware.gpus().stream().map(Gpu::toString).forEach(this::say);
    say(
        "driver %s%s; PyTorch's libraries: %s"
            .formatted(
                seen.driver().orElse("unknown"),
                seen.cuda().map(version -> ", for CUDA up to " + version).orElse(""),
                seen.natives().orElse("none")));
  }

  /**
   * Tries every slot.
   *
   * @param check tries one
   * @return how fast the slowest trains
   * @throws IllegalStateException if one computes something else than the CPU
   */
  Throughput check(List<DeviceSlot> places, Function<DeviceSlot, DeviceCheck.Finding> check) {
    say("trying convolutions, products and BatchNorm; first, 4 GB of libraries may be unpacked");
    List<Throughput> speeds = new ArrayList<>();
    for (DeviceSlot place : places) {
      DeviceCheck.Finding found = check.apply(place);
      say("on the CPU beside %s: %s".formatted(place, found.trial()));
      say(
          "%s (%s) computes what the CPU does, to %.1e of the largest number; %.2f·10^12 multiply-adds a second"
              .formatted(
                  place,
                  found.device(),
                  found.deviation(),
                  found.throughput().multiplyAddsPerSecond() / 1e12));
      speeds.add(found.throughput());
    }
    return new Throughput(
        speeds.stream().mapToDouble(Throughput::secondsPerArray).max().orElseThrow(),
        speeds.stream().mapToDouble(Throughput::multiplyAddsPerSecond).min().orElseThrow());
  }

  /**
   * Says what will be trained and how long that may take.
   *
   * @param store where runs are kept
   * @param places how many trainings at once
   * @param speed of one place
   * @param datasets that are trained on; a system whose data is missing is left out
   */
  void plan(RunStore store, int places, Throughput speed, Datasets datasets) {
    Duration all = Duration.ZERO;
    options.systems().stream()
        .map(Systems::named)
        .filter(system -> !(system instanceof SystemOnData))
        .forEach(system -> say("%s: trained on the CPU's cores".formatted(system.name())));
    for (TrainingPlan plan : TrainingPlan.of(options, store, datasets, ClaimSession.EXPECTED)) {
      String name = plan.system().name();
      if (plan.obstacle().isPresent()) {
        say("%s: not trained: %s".formatted(name, plan.obstacle().get()));
        continue;
      }
      Duration time =
          plan.missing().stream()
              .map(recipe -> speed.time(recipe, plan.examples()))
              .reduce(Duration.ZERO, Duration::plus)
              .dividedBy(places);
      all = all.plus(time);
      say(
          "%s: W = %s, %d seeds: %d of %d trainings to do, about %s, for %d open verdicts"
              .formatted(
                  name,
                  Options.joined(plan.study().regularised().keySet()),
                  options.seedsOf(plan.system()),
                  plan.missing().size(),
                  plan.trainings().size(),
                  Budget.words(time),
                  plan.open()));
    }
    say(
        "in this order, which brings most verdicts an hour; about %s of training in all on %d %s%s. A rough estimate, from a second of small networks; wide ones use a GPU better"
            .formatted(
                Budget.words(all),
                places,
                places == 1 ? "GPU" : "GPUs",
                options.budget().map(b -> ", budget " + Budget.of(b)).orElse("")));
  }

  private void say(String text) {
    out.println(PREFIX + text);
  }
}
