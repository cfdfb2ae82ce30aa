package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  @Test
  void a_permutation_holds_every_number_once() {
    for (int n : new int[] {1, 2, 7, 1000}) {
      int[] order = RandomStream.permutation(n, RandomStream.of(3, "order", 5));
      Arrays.sort(order);
      assertThat(order).isEqualTo(IntStream.range(0, n).toArray());
    }
  }

  @Test
  void the_same_arguments_give_the_same_numbers() {
    assertThat(order(3, "order", 5)).isEqualTo(order(3, "order", 5));
  }

  @Test
  void another_seed_purpose_or_index_gives_other_numbers() {
    int[] order = order(3, "order", 5);
    assertThat(order(4, "order", 5)).isNotEqualTo(order);
    assertThat(order(3, "crops", 5)).isNotEqualTo(order);
    assertThat(order(3, "order", 6)).isNotEqualTo(order);
  }

  /**
   * Pearson's chi-square of how often each of 10 numbers is at each of 10 positions, in 4,000
   * orders. The table has 81 degrees of freedom; 130.0 is passed with probability 4e-4 (Wilson and
   * Hilferty 1931). The seeds are fixed, so the outcome is too.
   */
  @Test
  void every_number_is_as_often_at_every_position() {
    int n = 10;
    int orders = 4000;
    int[][] counts = new int[n][n];
    for (int epoch = 0; epoch < orders; epoch++) {
      int[] order = RandomStream.permutation(n, RandomStream.of(1, "order", epoch));
      for (int position = 0; position < n; position++) {
        counts[position][order[position]]++;
      }
    }
    assertThat(chiSquare(counts, orders / (double) n)).isBetween(45.0, 130.0);
  }

  /**
   * Neighbouring seeds must not begin alike, or a few of their weights would be correlated: 10
   * classes of the first and of later numbers of 4,000 neighbouring seeds. 9 degrees of freedom;
   * 33.7 is passed with probability 1e-4 (tables).
   */
  @Test
  void the_numbers_at_one_place_are_uniform_over_neighbouring_seeds() {
    int seeds = 4000;
    int places = 6;
    int[][] counts = new int[places][10];
    for (int seed = 0; seed < seeds; seed++) {
      var random = RandomStream.of(seed, "body.0.weight", 0);
      for (int place = 0; place < places; place++) {
        counts[place][(int) (random.nextDouble() * 10)]++;
      }
    }
    for (int[] place : counts) {
      assertThat(chiSquare(new int[][] {place}, seeds / 10.0))
          .as(Arrays.toString(place))
          .isLessThan(33.7);
    }
  }

  private static int[] order(int seed, String purpose, int index) {
    return RandomStream.permutation(100, RandomStream.of(seed, purpose, index));
  }

  private static double chiSquare(int[][] counts, double expected) {
    double sum = 0;
    for (int[] row : counts) {
      for (int count : row) {
        sum += (count - expected) * (count - expected) / expected;
      }
    }
    return sum;
  }
}
