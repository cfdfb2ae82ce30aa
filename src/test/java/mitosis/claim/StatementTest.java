package mitosis.claim;

import static org.assertj.core.api.Assertions.assertThat;

import mitosis.claim.Statement.Paper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

  private static Statement in(String figure) {
    Paper paper = new Paper("P22", "title", "authors", 2022, "link", "code");
    return new Statement(ClaimId.C01, "text", paper, "§3", figure, "");
  }

  @Test
  void figures_are_named_one_by_one() {
    assertThat(in("Fig. 1b, 2").figures()).containsExactly("P22 Fig. 1b", "P22 Fig. 2");
    assertThat(in("Fig. S5").figures()).containsExactly("P22 Fig. S5");
    assertThat(in("Fig. 7 (on ImageNet, where networks never fit)").figures())
        .containsExactly("P22 Fig. 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "no figure"})
  void a_claim_without_a_figure_has_none(String figure) {
    assertThat(in(figure).figures()).isEmpty();
  }
}
