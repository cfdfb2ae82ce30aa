package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import mitosis.train.Gpu.Cuda;
import mitosis.train.Gpu.DeviceProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CudaTest {

  private static final Gpu AMPERE = gpu(0, "NVIDIA A100-SXM4-40GB", "8.0");
  private static final Gpu SECOND = gpu(1, "NVIDIA A100-SXM4-40GB", "8.0");
  private static final Gpu BLACKWELL = gpu(2, "NVIDIA B200", "10.0");

  private static Gpu gpu(int index, String name, String capability) {
    return new Gpu(
        index,
        "GPU-" + index,
        name,
        Gpu.Capability.parse(capability),
        OptionalLong.of(40L << 30),
        OptionalLong.of(39L << 30));
  }

  private static DeviceProbe.Sighting machine(String driver, Gpu... gpus) {
    return new DeviceProbe.Sighting(
        Optional.of(driver),
        true,
        Optional.of("12.4"),
        List.of(gpus),
        Optional.of("cu124"),
        Optional.empty());
  }

  private static void refused(DeviceProbe.Sighting seen, Set<Integer> chosen, String... words) {
    assertThatIllegalStateException()
        .isThrownBy(() -> Cuda.usable(seen, chosen))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void all_gpus_of_a_fine_machine_are_used_unless_some_are_chosen() {
    DeviceProbe.Sighting fine = machine("550.54.15", AMPERE, SECOND);

    assertThat(Cuda.usable(fine, Set.of())).containsExactly(AMPERE, SECOND);
    assertThat(Cuda.usable(fine, Set.of(1))).containsExactly(SECOND);
    refused(fine, Set.of(1, 5), "-Ddevices=", "5", "this process sees device 0: NVIDIA A100");
    assertThat(AMPERE)
        .hasToString(
            "device 0: NVIDIA A100-SXM4-40GB, compute capability 8.0, 39.0 of 40.0 GiB free");
  }

  @Test
  void a_machine_without_anything_is_told_all_that_is_missing() {
    refused(
        new DeviceProbe.Sighting(
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        Set.of(),
        "no NVIDIA driver (/proc/driver/nvidia/version is not there, and nvidia-smi is not there",
        "libcuda.so.1",
        "no NVIDIA device",
        "no PyTorch natives for CUDA",
        "leave out -Pgpu");
  }

  @Test
  void what_the_drivers_tool_complains_of_is_told() {
    refused(
        new DeviceProbe.Sighting(
            Optional.empty(),
            true,
            Optional.empty(),
            List.of(),
            Optional.of("cu124"),
            Optional.of("NVIDIA-SMI has failed because it couldn't communicate")),
        Set.of(),
        "nvidia-smi said: NVIDIA-SMI has failed because it couldn't communicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"525.60.12", "525.53", "470.223.02", "99.9"})
  void a_driver_older_than_cuda_12_asks_for_is_refused(String driver) {
    refused(machine(driver, AMPERE), Set.of(), "too old (found " + driver, "525.60.13 or newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"525.60.13", "525.125.06", "535.54", "1000.1"})
  void a_driver_of_that_age_or_newer_is_not(String driver) {
    assertThat(Cuda.usable(machine(driver, AMPERE), Set.of())).hasSize(1);
  }

  @Test
  void a_chip_newer_than_hopper_is_refused_if_it_was_to_be_used() {
    DeviceProbe.Sighting mixed = machine("570.86.15", AMPERE, BLACKWELL);

    refused(mixed, Set.of(), "device 2: NVIDIA B200", "newer than Hopper", "5.0 to 9.0");
    assertThat(Cuda.usable(mixed, Set.of(0))).containsExactly(AMPERE);
  }

  @Test
  void a_chip_older_than_maxwell_is_refused() {
    refused(machine("550.54.15", gpu(0, "Tesla K80", "3.7")), Set.of(), "Tesla K80", "too old");
  }

  @Test
  void gpus_of_two_kinds_are_not_used_together() {
    refused(
        machine("550.54.15", AMPERE, gpu(3, "NVIDIA L4", "8.9")),
        Set.of(),
        "the devices differ",
        "-Ddevices");
  }
}
