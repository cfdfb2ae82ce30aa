package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import mitosis.claim.Scale;
import org.junit.jupiter.api.Test;

class RecipeDifferenceTest {

  @Test
  void only_what_differs_is_said() {
    assertThat(RecipeDifference.NONE).hasToString("The papers' recipe.");
    assertThat(RecipeDifference.NONE.differing("seeds", 20, 20)).isEqualTo(RecipeDifference.NONE);
    assertThat(RecipeDifference.NONE.differing("seeds", 4, 20).and("no augmentation"))
        .hasToString("Here seeds 4 instead of 20; no augmentation. All else as in the papers.");
  }

  /** Widths are the papers' at extended scale, and were said to be others. */
  @Test
  void extended_scale_has_the_papers_widths() {
    assertThat(Systems.named("pmnist-fc5").departure(Scale.EXTENDED))
        .contains("epochs 160 instead of 5000", "seeds 10 instead of 20")
        .doesNotContain("widths");
    assertThat(Systems.named("pmnist-fc5").departure(Scale.FULL)).isEqualTo("The papers' recipe.");
  }

  @Test
  void a_smoke_run_says_that_it_hardly_trains() {
    assertThat(Systems.named("pmnist-fc5-free").departure(Scale.SMOKE))
        .contains("widths 8, 16 instead of 2, 4, ", "epochs 2 instead of 100000");
  }
}
