package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import java.util.Map;
import mitosis.train.DeviceCheck.ConvolutionTrial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("convolution")
class ConvolutionTrialTest {

  private static final Map<String, float[]> CPU = ConvolutionTrial.on(Device.cpu());

  @Test
  void the_cpu_computes_what_the_cpu_does() {
    assertThat(ConvolutionTrial.compared(CPU, ConvolutionTrial.on(Device.cpu()))).isZero();
    assertThat(CPU)
        .containsKeys(
            "logits",
            "gradient of conv1.weight",
            "gradient of bn1.bias",
            "gradient of conv2.weight",
            "bn1.running_var");
    CPU.forEach(
        (name, values) -> {
          float largest = 0;
          for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertThat(largest).as(name).isGreaterThan(1e-3f);
        });
  }

  @Test
  void another_result_is_refused_by_name() {
    for (String name : CPU.keySet()) {
      Map<String, float[]> spoilt = ConvolutionTrial.on(Device.cpu());
      float[] values = spoilt.get(name);
      float largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      values[values.length - 1] += 0.05f * largest;
      assertThatIllegalStateException()
          .isThrownBy(() -> ConvolutionTrial.compared(CPU, spoilt))
          .withMessageContaining("computes something else than the CPU: " + name);
    }
  }

  @Test
  void a_result_that_is_no_number_is_refused() {
    Map<String, float[]> spoilt = ConvolutionTrial.on(Device.cpu());
    spoilt.get("gradient of conv2.weight")[7] = Float.NaN;
    assertThatIllegalStateException()
        .isThrownBy(() -> ConvolutionTrial.compared(CPU, spoilt))
        .withMessageContaining(
            "gradient of conv2.weight of a small network of convolutions and BatchNorm differ by NaN");
  }

  /** Images and weights rounded to TF32's 10 bits, as a GPU's units do before they multiply. */
  @Test
  void what_tf32_rounds_is_well_within_the_tolerance() {
    double deviation =
        ConvolutionTrial.compared(CPU, ConvolutionTrial.on(Device.cpu(), Tf32::rounded));
    assertThat(deviation).isBetween(1e-4, ConvolutionTrial.TOLERANCE / 10);
  }

  private static final class Tf32 {
    private static final int DROPPED = 13;

    static float[] rounded(float[] values) {
      float[] rounded = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        int bits = Float.floatToRawIntBits(values[i]) + (1 << DROPPED - 1);
        rounded[i] = Float.intBitsToFloat(bits & -(1 << DROPPED));
      }
      return rounded;
    }
  }
}
