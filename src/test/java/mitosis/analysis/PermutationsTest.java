package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationsTest {

  @Test
  void everyNeuronComesOnce() {
    assertThat(new Permutations(97, 5).permutation(3))
        .containsExactlyInAnyOrder(IntStream.range(0, 97).toArray());
  }

  @Test
  void seedAndNumberAloneDecide() {
    Permutations permutations = new Permutations(50, 5);
    int[] third = permutations.permutation(3);

    assertThat(new Permutations(50, 5).permutation(3)).isEqualTo(third);
    assertThat(permutations.permutation(4)).isNotEqualTo(third);
    assertThat(new Permutations(50, 6).permutation(2)).isNotEqualTo(third);
    assertThat(new Permutations(50, 6).permutation(3)).isNotEqualTo(third);
  }

  /** A change here means that no recorded number can be had again. */
  @Test
  void staysTheSameFromReleaseToRelease() {
    assertThat(new Permutations(8, 42).permutation(0)).containsExactly(4, 0, 1, 5, 3, 6, 7, 2);
  }

  /** 24 orders, 24,000 draws: chi-squared with 23 degrees of freedom is below 49.7 in 99.9 %. */
  @Test
  void allOrdersAreEquallyLikely() {
    Permutations permutations = new Permutations(4, 1);
    Map<String, Integer> counts = new HashMap<>();
    for (int number = 0; number < 24_000; number++) {
      counts.merge(Arrays.toString(permutations.permutation(number)), 1, Integer::sum);
    }
    double chiSquared =
        counts.values().stream()
            .mapToDouble(count -> (count - 1000.0) * (count - 1000) / 1000)
            .sum();

    assertThat(counts).hasSize(24);
    assertThat(chiSquared).isLessThan(49.7);
  }

  @Test
  void refusesBadInput() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Permutations(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Permutations(4, 1).permutation(-1));
  }
}
