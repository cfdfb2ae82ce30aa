package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mitosis.data.Examples.Vectors;
import org.junit.jupiter.api.Test;

class VectorsTest {

  @Test
  void counts_its_labels() {
    assertThat(new Vectors(new float[6], 3, new int[2]).count()).isEqualTo(2);
  }

  @Test
  void refuses_shapes_that_disagree() {
    assertThatThrownBy(() -> new Vectors(new float[5], 3, new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("5 numbers", "2 labels of dimension 3", "6");
  }

  @Test
  void refuses_to_be_empty() {
    assertThatThrownBy(() -> new Vectors(new float[0], 3, new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Vectors(new float[0], 0, new int[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_inputs_that_are_not_finite_and_says_where() {
    float[] inputs = {1, 2, 3, 4, Float.NaN, 6};
    assertThatThrownBy(() -> new Vectors(inputs, 3, new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 1 of example 1 is NaN");
  }
}
