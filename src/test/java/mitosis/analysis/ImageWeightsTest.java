package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageWeightsTest {

  @Test
  void weighsImages() {
    assertThat(new ImageWeights(new double[] {1, 0, 3}).mean(new float[] {1, 5, 0}))
        .isEqualTo(0.25);
    assertThat(ImageWeights.equal(4).mean(new float[] {1, 0, 0, 0})).isEqualTo(0.25);
  }

  @Test
  void resamplesAsManyImagesAsThereAre() {
    double[] weights = ImageWeights.resampled(1000, new SplittableRandom(1)).weights();

    assertThat(Arrays.stream(weights).sum()).isEqualTo(1000);
    // An image is left out with probability 1/e.
    assertThat(Arrays.stream(weights).filter(weight -> weight == 0).count() / 1000.0)
        .isCloseTo(Math.exp(-1), within(0.05));
  }

  @Test
  void refusesBadInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageWeights(new double[] {1, -1}))
        .withMessageContaining("image 1 is -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageWeights(new double[] {Double.NaN}));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImageWeights(new double[2]));
    assertThatIllegalArgumentException().isThrownBy(() -> ImageWeights.equal(2).mean(new float[3]));
  }

  @Test
  void several_means_are_those_of_each_curve() {
    ImageWeights weights = new ImageWeights(new double[] {1, 0, 3});
    float[][] curves = {{1, 5, 0}, {2, 7, 4}};

    assertThat(weights.means(curves)).containsExactly(0.25, 3.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> weights.means(new float[][] {{1, 5, 0}, {2, 7}}))
        .withMessage("3 weights are given for 2 images");
  }
}
