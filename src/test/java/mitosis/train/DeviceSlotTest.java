package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeviceSlotTest {

  private static Gpu gpu(int index) {
    return new Gpu(
        index, "", "NVIDIA L4", Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  @Test
  void each_gpu_is_a_place_that_sees_no_other_and_has_its_share_of_the_cores() {
    List<DeviceSlot> places = DeviceSlot.of(List.of(gpu(0), gpu(3)), 17);

    assertThat(places).extracting(DeviceSlot::toString).containsExactly("GPU 0", "GPU 3");
    ProcessBuilder second = EngineProcess.of(places.get(1), 1, 700, Worker.class, List.of("a"));
    assertThat(second.command())
        .contains("-Xmx700m", "-Dai.djl.pytorch.cudnn_benchmark=true", "-Dimage.decoders=8")
        .endsWith(Worker.class.getName(), "a");
    assertThat(second.environment())
        .containsEntry("CUDA_VISIBLE_DEVICES", "3")
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
        .containsEntry("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
  }

  @Test
  void a_core_is_told_nothing_of_gpus() {
    List<DeviceSlot> places = DeviceSlot.cores(2);

    assertThat(places).hasSize(2);
    ProcessBuilder process = EngineProcess.of(places.get(0), 1, 512, Worker.class, List.of());
    assertThat(process.command()).noneMatch(option -> option.contains("cudnn"));
    assertThat(process.environment())
        .doesNotContainKey("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE")
        .containsEntry("OMP_NUM_THREADS", "1");
  }
}
