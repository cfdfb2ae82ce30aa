package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimatesTest {

  private static final Band AT_MOST_ONE = Band.atMost(1);

  private static Estimates.Case at(String name, double value, double halfWidth) {
    return new Estimates.Case(
        name, new Estimate(value, new Interval(value - halfWidth, value + halfWidth), 0.95), value);
  }

  private static String worst(Estimates.Case... cases) {
    return new Estimates(Arrays.asList(cases)).worst(AT_MOST_ONE).name();
  }

  @Test
  void a_case_outside_the_band_decides_before_one_that_is_further_out_but_undecided() {
    assertThat(worst(at("inside", 0, 0.1), at("undecided", 3, 2.5), at("outside", 2, 0.1)))
        .isEqualTo("outside");
  }

  @Test
  void an_undecided_case_decides_before_one_inside_the_band_that_departs_more() {
    assertThat(worst(at("undecided", 0.5, 1), at("inside", 0.9, 0.01))).isEqualTo("undecided");
  }

  @Test
  void of_cases_with_the_same_verdict_the_one_that_departs_most_decides() {
    assertThat(worst(at("near", 2, 0.1), at("far", 5, 0.1), at("between", 3, 0.1)))
        .isEqualTo("far");
  }

  @Test
  void estimates_of_no_case_are_refused() {
    assertThatThrownBy(() -> new Estimates(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of no case");
  }
}
