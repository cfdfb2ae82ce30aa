package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mitosis.data.Datasets;
import mitosis.train.DeviceCheck;
import mitosis.train.DeviceCheck.Throughput;
import mitosis.train.DeviceSlot;
import mitosis.train.Gpu;
import mitosis.train.Gpu.DeviceProbe;
import mitosis.train.RunStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceReportTest {

  private static final Options OPTIONS =
      Options.of(
          Map.of(
                  "device", "cuda",
                  "scale", "full",
                  "seeds", "5",
                  "claims", "C01,C02,C03,C04,C05,C06,C07,C10",
                  "systems", "pmnist-fc5,imagenet-resnet50")
              ::get);

  private static final DeviceProbe.Sighting MACHINE =
      new DeviceProbe.Sighting(
          Optional.of("550.54.15"),
          true,
          Optional.of("12.4"),
          List.of(gpu(0), gpu(1)),
          Optional.of("cu124"),
          Optional.empty());

  private static Gpu gpu(int index) {
    return new Gpu(
        index,
        "",
        "NVIDIA L4",
        Optional.of(new Gpu.Capability(8, 9)),
        OptionalLong.of(24L << 30),
        OptionalLong.of(22L << 30));
  }

  @TempDir private Path runs;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DeviceReport report =
      new DeviceReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), OPTIONS);

  private Datasets datasets() {
    return new Datasets(runs);
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void itSaysWhatThereIsAndWhatItWillTake() {
    Hardware hardware = Hardware.of(OPTIONS, () -> MACHINE);
    report.devices(MACHINE, hardware);
    Throughput slowest =
        report.check(
            hardware.places(),
            place ->
                new DeviceCheck.Finding(
                    "the chip",
                    "libraries",
                    "whole numbers are exact here",
                    3e-4,
                    place.gpu().orElseThrow() == 0
                        ? new Throughput(1e-4, 5e12)
                        : new Throughput(2e-4, 6e12)));
    report.plan(
        RunStore.open(runs, hardware.execution(), datasets()),
        hardware.places().size(),
        slowest,
        datasets());

    assertThat(slowest).isEqualTo(new Throughput(2e-4, 5e12));
    assertThat(hardware.execution().device()).isEqualTo("cuda NVIDIA L4");
    assertThat(said())
        .contains(
            "GPU: device 1: NVIDIA L4, compute capability 8.9, 22.0 of 24.0 GiB free",
            "GPU: driver 550.54.15, for CUDA up to 12.4; PyTorch's libraries: cu124",
            "GPU: on the CPU beside GPU 1: whole numbers are exact here",
            "GPU: GPU 1 (the chip) computes what the CPU does, to 3.0e-04 of the largest number")
        .containsPattern(
            "GPU: pmnist-fc5: W = 2,4,8,16,32,64,128,256,512, 5 seeds: 10 of 10 trainings to do, about .*, for 13 open verdicts")
        .contains("GPU: imagenet-resnet50: not trained: ImageNet is not in " + runs)
        .contains(" on 2 GPUs, budget 7 h. A rough estimate");
  }

  /** 10 trainings of 5,000 epochs of 40 steps of 18 arrays at 1 ms each, on two GPUs: 5 h. */
  @Test
  void stepsHaveACostOfTheirOwn() {
    report.plan(
        RunStore.open(runs, Hardware.of(OPTIONS, () -> MACHINE).execution(), datasets()),
        2,
        new Throughput(1e-3, 1e30),
        datasets());

    assertThat(said()).contains("10 of 10 trainings to do, about 5 h");
  }

  @Test
  void nothingStandsInForAGpu() {
    DeviceProbe.Sighting none =
        new DeviceProbe.Sighting(
            Optional.empty(),
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    assertThatIllegalStateException()
        .isThrownBy(() -> Hardware.of(OPTIONS, () -> none))
        .withMessageContaining("no NVIDIA driver");
    assertThat(Hardware.of(Options.of(name -> null), () -> none).places())
        .containsExactlyElementsOf(DeviceSlot.cores(Runtime.getRuntime().availableProcessors()));
  }
}
