package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mitosis.model.NativeEngine;
import mitosis.train.Gpu.DeviceProbe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of files and of a script that says what {@code nvidia-smi} says. */
class SystemProbeTest {

  private static final String TWO =
      """
      0, GPU-8f6b0e1c-0001, 9.0, 81559, 80994, 550.54.15, NVIDIA H100 80GB HBM3
      1, GPU-2c771d9a-0002, [N/A], 81559, [N/A], 550.54.15, NVIDIA H100 80GB HBM3
      """;

  private static final String BANNER =
      "| NVIDIA-SMI 550.54.15   Driver Version: 550.54.15   CUDA Version: 12.4     |";

  @TempDir private Path root;

  private String tool;

  @BeforeEach
  void noTool() {
    tool = root.resolve("nvidia-smi").toString();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private void tool(String listing, String banner, int exit) throws IOException {
    write(
        "nvidia-smi",
        "#!/bin/sh\nif [ $# -gt 0 ]; then cat <<'END'\n%s\nEND\nelse cat <<'END'\n%s\nEND\nfi\nexit %d\n"
            .formatted(listing, banner, exit));
    assertThat(Path.of(tool).toFile().setExecutable(true)).isTrue();
  }

  private void driver() throws IOException {
    write(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  470.223.02  Sat Oct  7 15:39:11 UTC 2023\n"
            + "GCC version:  gcc version 11.4.0 (Ubuntu 11.4.0-1ubuntu1~22.04)\n");
    write(
        "proc/driver/nvidia/gpus/0000:3b:00.0/information",
        "Model: \t\t Tesla T4\nIRQ:   \t\t 68\nGPU UUID: \t GPU-aaaa-1\n");
  }

  private DeviceProbe.Sighting look(Map<String, String> environment) {
    return new SystemProbe(root, tool, environment).look();
  }

  @Test
  void the_drivers_tool_tells_all() throws IOException {
    tool(TWO, BANNER, 0);
    write("etc/ld.so.cache", "\0\1libcuda.so.1\0/usr/lib/libcuda.so.1\0");

    DeviceProbe.Sighting seen = look(Map.of());

    assertThat(seen.driver()).contains("550.54.15");
    assertThat(seen.cuda()).contains("12.4");
    assertThat(seen.driverLibrary()).isTrue();
    assertThat(seen.complaint()).isEmpty();
    assertThat(seen.natives()).isEqualTo(NativeEngine.cudaFlavor());
    assertThat(seen.gpus())
        .containsExactly(
            new Gpu(
                0,
                "GPU-8f6b0e1c-0001",
                "NVIDIA H100 80GB HBM3",
                Optional.of(new Gpu.Capability(9, 0)),
                OptionalLong.of(81559L << 20),
                OptionalLong.of(80994L << 20)),
            new Gpu(
                1,
                "GPU-2c771d9a-0002",
                "NVIDIA H100 80GB HBM3",
                Optional.empty(),
                OptionalLong.of(81559L << 20),
                OptionalLong.empty()));
  }

  @Test
  void devices_that_the_environment_hides_are_not_there() throws IOException {
    tool(TWO, BANNER, 0);

    assertThat(look(Map.of("CUDA_VISIBLE_DEVICES", "1")).gpus())
        .extracting(Gpu::index)
        .containsExactly(1);
    assertThat(look(Map.of("CUDA_VISIBLE_DEVICES", "GPU-8f6b")).gpus())
        .extracting(Gpu::index)
        .containsExactly(0);
    assertThat(look(Map.of("CUDA_VISIBLE_DEVICES", "")).gpus()).isEmpty();
  }

  @Test
  void without_the_tool_the_drivers_files_tell_what_they_know() throws IOException {
    driver();
    Files.createDirectories(root.resolve("libraries"));
    write("libraries/libcuda.so.1", "");

    DeviceProbe.Sighting seen =
        look(Map.of("LD_LIBRARY_PATH", "/nowhere:" + root.resolve("libraries")));

    assertThat(seen.driver()).contains("470.223.02");
    assertThat(seen.driverLibrary()).isTrue();
    assertThat(seen.cuda()).isEmpty();
    assertThat(seen.gpus()).extracting(Gpu::name).containsExactly("Tesla T4");
    assertThat(seen.gpus()).extracting(Gpu::uuid).containsExactly("GPU-aaaa-1");
  }

  /** As that of drivers before 510, which do not know the field. */
  @Test
  void a_tool_that_does_not_answer_is_quoted_and_the_files_stand_in() throws IOException {
    driver();
    tool("Field \"compute_cap\" is not a valid field to query.", "", 2);

    DeviceProbe.Sighting seen = look(Map.of());

    assertThat(seen.complaint()).contains("Field \"compute_cap\" is not a valid field to query.");
    assertThat(seen.driver()).contains("470.223.02");
    assertThat(seen.gpus()).hasSize(1);
  }

  @Test
  void a_machine_without_anything_has_nothing() {
    assertThat(look(Map.of()))
        .isEqualTo(
            new DeviceProbe.Sighting(
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                NativeEngine.cudaFlavor(),
                Optional.empty()));
  }
}
