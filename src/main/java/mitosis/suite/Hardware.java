package mitosis.suite;

import java.util.List;
import mitosis.train.DeviceSlot;
import mitosis.train.Execution;
import mitosis.train.Gpu;
import mitosis.train.Gpu.Cuda;
import mitosis.train.Gpu.DeviceProbe;

/**
 * What a run of the suite trains and computes on.
 *
 * @param execution with what, and on what kind of device
 * @param places of trainings, side by side
 * @param gpus that are used; none on the CPU
 */
record Hardware(Execution execution, List<DeviceSlot> places, List<Gpu> gpus) {

  /**
   * What the options ask for.
   *
   * @param probe looks for GPUs, if they ask for one
   * @throws IllegalStateException if there is no GPU that can be used; the CPU does not stand in
   */
  static Hardware of(Options options, DeviceProbe probe) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (!options.usesCuda()) {
      return new Hardware(
          Execution.onCpu().withPrecision(options.precision()), DeviceSlot.cores(cores), List.of());
    }
    List<Gpu> gpus = Cuda.usable(probe.look(), options.devices());
    return new Hardware(
        Execution.onCuda(gpus.get(0).name()).withPrecision(options.precision()),
        DeviceSlot.of(gpus, cores),
        List.copyOf(gpus));
  }
}
