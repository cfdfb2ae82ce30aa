package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {

  @Test
  void every_number_of_16_bits_comes_back() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      double value = Half.value((short) bits);
      if (!Double.isNaN(value)) {
        assertThat(Half.bits((float) value)).as("%x", bits).isEqualTo((short) bits);
      }
    }
    assertThat(Half.value(Half.bits(Float.NaN))).isNaN();
  }

  /** Between two numbers, at the edges of the range, and below the least of them. */
  @ParameterizedTest
  @CsvSource({
    "1.00048828125, 1.0",
    "1.0004884, 1.0009765625",
    "1.00146484375, 1.001953125",
    "-2.9296875e-3, -2.9296875e-3",
    "6.1005353e-5, 6.103515625e-5",
    "2.9802322e-8, 0",
    "2.9802326e-8, 5.960464477539063e-8",
    "65519.996, 65504",
    "65520, Infinity",
    "-1e30, -Infinity"
  })
  void a_float_becomes_the_nearest_one_and_of_two_the_even_one(float value, double nearest) {
    assertThat(Half.value(Half.bits(value))).isEqualTo(nearest);
  }
}
