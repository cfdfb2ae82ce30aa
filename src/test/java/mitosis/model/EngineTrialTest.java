package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.djl.Device;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine's trial of itself, with faults that are planted. */
class EngineTrialTest {

  private static final EngineTrial.Arithmetic ENGINE =
      EngineTrial.of(NativeEngine.get(), Device.cpu());

  /** What of an arithmetic is spoilt. */
  private enum Fault {
    CONVOLUTION("convolutions are wrong in 1 of 1000 numbers"),
    GRADIENT_BY_IMAGES("gradients of convolutions are wrong in 1 of 1000 numbers"),
    GRADIENT_BY_WEIGHTS("gradients of their weights are wrong in 1 of 3600 numbers"),
    PRODUCT("products of matrices are wrong in 1 of 3922 numbers");

    private final String words;

    Fault(String words) {
      this.words = words;
    }
  }

  /** The engine's arithmetic, of whose results one number is another while the fault is there. */
  private record Spoilt(Fault fault, float value, AtomicBoolean there)
      implements EngineTrial.Arithmetic {

    @Override
    public float[] convolution(float[] images, float[] weights) {
      return spoilt(Fault.CONVOLUTION, ENGINE.convolution(images, weights));
    }

    @Override
    public List<float[]> gradients(float[] images, float[] weights, float[] directions) {
      List<float[]> found = ENGINE.gradients(images, weights, directions);
      return List.of(
          spoilt(Fault.GRADIENT_BY_IMAGES, found.get(0)),
          spoilt(Fault.GRADIENT_BY_WEIGHTS, found.get(1)));
    }

    @Override
    public float[] product(float[] left, float[] right) {
      return spoilt(Fault.PRODUCT, ENGINE.product(left, right));
    }

    private float[] spoilt(Fault place, float[] values) {
      if (place == fault && there.get()) {
        values[values.length / 2] += value;
      }
      return values;
    }
  }

  @Test
  void the_engine_of_this_process_computes_whole_numbers_exactly() {
    assertThat(new EngineTrial(0).fault(ENGINE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_single_wrong_number_is_found_and_named(Fault fault) {
    for (float value : new float[] {1, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThat(new EngineTrial(0).fault(new Spoilt(fault, value, new AtomicBoolean(true))))
          .hasValueSatisfying(words -> assertThat(words).startsWith(fault.words));
    }
  }

  @Test
  void a_tolerance_lets_small_differences_pass_and_no_large_ones() {
    AtomicBoolean there = new AtomicBoolean(true);
    Spoilt slightly = new Spoilt(Fault.CONVOLUTION, 1, there);
    Spoilt grossly = new Spoilt(Fault.CONVOLUTION, 500, there);

    assertThat(new EngineTrial(1e-2).fault(slightly)).isEmpty();
    assertThat(new EngineTrial(1e-2).fault(grossly)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_that_goes_away_without_onednn_is_mended_by_switching_it_off(Fault fault) {
    AtomicBoolean there = new AtomicBoolean(true);

    assertThat(NativeEngine.settled(new Spoilt(fault, 3, there), () -> there.set(false), false))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .startsWith("oneDNN is switched off in this process")
                    .contains(fault.words));
    assertThat(there).as("switched off").isFalse();
  }

  @Test
  void a_fault_that_stays_without_onednn_is_refused_with_what_is_wrong() {
    Spoilt spoilt = new Spoilt(Fault.PRODUCT, 3, new AtomicBoolean(true));

    assertThatIllegalStateException()
        .isThrownBy(() -> NativeEngine.settled(spoilt, () -> {}, false))
        .withMessageContaining("compute wrongly on this processor")
        .withMessageContaining(Fault.PRODUCT.words);
  }

  @Test
  void nothing_is_switched_off_where_all_is_right_unless_it_is_asked_for() {
    AtomicBoolean thrown = new AtomicBoolean();

    assertThat(NativeEngine.settled(ENGINE, () -> thrown.set(true), false)).isEmpty();
    assertThat(thrown).isFalse();
    assertThat(NativeEngine.settled(ENGINE, () -> thrown.set(true), true))
        .hasValueSatisfying(words -> assertThat(words).contains("asked for with -Dengine.onednn"));
    assertThat(thrown).isTrue();
  }
}
