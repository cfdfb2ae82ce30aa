package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import mitosis.analysis.WideOrEnsemble.Comparison;
import mitosis.analysis.WideOrEnsemble.Family;
import org.junit.jupiter.api.Test;

class WideOrEnsembleTest {

  private static final ImageWeights BOTH = ImageWeights.equal(2);

  /** Ensembles of n = 1, 2, … networks misread two images with these shares. */
  private static Family family(int width, long activations, float[]... mistakes) {
    return new Family(width, activations, new EnsembleError(mistakes.length, mistakes));
  }

  /** Three or four networks each; activations a little short of in proportion to width. */
  private static final WideOrEnsemble NETWORKS =
      new WideOrEnsemble(
          List.of(
              family(8, 110, new float[][] {{.5f, .25f}, {.25f, .25f}, {.25f, 0}, {.125f, 0}}),
              family(16, 210, new float[][] {{.25f, .25f}, {.125f, .125f}, {0, 0}}),
              family(24, 310, new float[][] {{.25f, 0}, {.125f, 0}, {0, 0}}),
              family(64, 810, new float[][] {{.125f, 0}, {0, 0}, {0, 0}})));

  @Test
  void anEnsembleIsHeldAgainstOneNetworkOfItsWidth() {
    assertThat(NETWORKS.ofSameWidth(BOTH))
        .containsExactly(
            new Comparison(8, 2, 16, 220.0 / 210, 0.75, 0.75),
            new Comparison(8, 3, 24, 330.0 / 310, 0.875, 0.875));
  }

  @Test
  void weightsOfImagesCount() {
    Comparison first = NETWORKS.ofSameWidth(new ImageWeights(new double[] {1, 3})).get(1);

    assertThat(first.ensembleAccuracy()).isCloseTo(1 - .25 / 4, within(1e-12));
    assertThat(first.wideAccuracy()).isCloseTo(1 - .25 / 4, within(1e-12));
    assertThat(first.advantageOfWidth()).isCloseTo(0, within(1e-12));
  }

  /** 210/110, 310/110, 810/210 and 810/310 round to 2, 3, 4 and 3; only three networks of 16. */
  @Test
  void anEnsembleIsHeldAgainstOneNetworkOfItsMemory() {
    List<Comparison> comparisons = NETWORKS.ofSameMemory(BOTH);

    assertThat(comparisons)
        .extracting(c -> List.of(c.narrow(), c.networks(), c.wide()))
        .containsExactly(List.of(8, 2, 16), List.of(8, 3, 24), List.of(24, 3, 64));
    Comparison last = comparisons.get(2);
    assertThat(last.memory()).isCloseTo(930.0 / 810, within(1e-12));
    assertThat(last.ensembleAccuracy()).isEqualTo(1);
    assertThat(last.advantageOfWidth()).isCloseTo(-.0625, within(1e-9));
  }

  @Test
  void ensemblesOfAsManyNetworks() {
    assertThat(NETWORKS.accuracies(3, BOTH)).containsExactly(0.875, 1, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NETWORKS.accuracies(4, BOTH))
        .withMessageContaining("ensemble of 4 networks");
  }

  @Test
  void refusesBadInput() {
    Family narrow = family(8, 100, new float[][] {{0, 0}});
    Family asWide = family(8, 200, new float[][] {{0, 0}});
    Family asLarge = family(16, 100, new float[][] {{0, 0}});
    Family otherImages = family(16, 200, new float[][] {{0, 0, 0}});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WideOrEnsemble(List.of(narrow)))
        .withMessageContaining("two widths");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WideOrEnsemble(List.of(narrow, asWide)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WideOrEnsemble(List.of(narrow, asLarge)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WideOrEnsemble(List.of(narrow, otherImages)))
        .withMessageContaining("width 8 saw 2 images, but those of width 16 3");
    assertThatIllegalArgumentException().isThrownBy(() -> family(0, 100, new float[][] {{0, 0}}));
    assertThatIllegalArgumentException().isThrownBy(() -> family(8, 0, new float[][] {{0, 0}}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NETWORKS.ofSameMemory(ImageWeights.equal(3)));
  }
}
