package mitosis.train;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A core or a GPU that one process at a time trains on.
 *
 * @param gpu the number of the GPU; nothing for a core
 * @param decoders threads that decode images
 */
public record DeviceSlot(Optional<Integer> gpu, int decoders) {

  /** The system property that tells a process that trains how many threads decode images. */
  private static final String IMAGE_DECODERS = "image.decoders";

  /**
   * How many threads of this process decode images: one, unless the process was told otherwise, as
   * beside it other processes train on the other cores.
   */
  public static int decodersHere() {
    return Math.max(1, Integer.getInteger(IMAGE_DECODERS, 1));
  }

  /**
   * Slots for one training on each core.
   *
   * @param count how many cores
   */
  public static List<DeviceSlot> cores(int count) {
    return Collections.nCopies(count, new DeviceSlot(Optional.empty(), 1));
  }

  /**
   * One training on each GPU; they share the machine's cores.
   *
   * @param gpus to be used
   * @param cores of the machine
   */
  public static List<DeviceSlot> of(List<Gpu> gpus, int cores) {
    int share = Math.max(1, cores / Math.max(1, gpus.size()));
    return gpus.stream().map(gpu -> new DeviceSlot(Optional.of(gpu.index()), share)).toList();
  }

  /**
   * Options of a process that uses the GPU: cuDNN times its algorithms and takes the fastest, and
   * images are decoded by the place's share of the cores.
   */
  List<String> options() {
    return gpu.isEmpty()
        ? List.of()
        : List.of(
            "-Dai.djl.pytorch.cudnn_benchmark=true", "-D%s=%d".formatted(IMAGE_DECODERS, decoders));
  }

  /**
   * Environment of a process that uses the GPU: it sees no other, by the numbers of {@code
   * nvidia-smi}, and multiplies matrices with TF32. For convolutions that is PyTorch 2.5's default
   * (ATen/Context.h: {@code allow_tf32_cudnn = true}); for matrices it is not, unless this variable
   * is set.
   */
  Map<String, String> environment() {
    return gpu.map(
            number ->
                Map.of(
                    "CUDA_VISIBLE_DEVICES", number.toString(),
                    "CUDA_DEVICE_ORDER", "PCI_BUS_ID",
                    "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1"))
        .orElse(Map.of());
  }

  /** The name for messages: {@code GPU 0} or {@code CPU}. */
  @Override
  public String toString() {
    return gpu.map(number -> "GPU " + number).orElse("CPU");
  }
}
