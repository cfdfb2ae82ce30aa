package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.CropRule.Crop;
import mitosis.data.CropRule.RandomResizedCrop;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class CropRuleTest {

  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int SIDE = 224;
  private static final int DRAWS = 20_000;

  /** Sizes by torchvision's Resize(256), offsets by its CenterCrop(224), which rounds as Python. */
  @Test
  void the_centre_is_that_of_torchvision() {
    CentreCrop rule = new CentreCrop();
    assertThat(rule.crop(0, 500, 375, 224))
        .isEqualTo(new Crop(0, 0, 500, 375, 341, 256, 58, 16, false));
    assertThat(rule.crop(0, 375, 503, 224))
        .isEqualTo(new Crop(0, 0, 375, 503, 256, 343, 16, 60, false));
    assertThat(rule.crop(0, 64, 64, 64)).isEqualTo(new Crop(0, 0, 64, 64, 73, 73, 4, 4, false));
  }

  private static Crop random(int epoch, int image) {
    return new RandomResizedCrop(3, epoch).crop(image, WIDTH, HEIGHT, SIDE);
  }

  @Test
  void a_random_crop_lies_in_the_image_and_in_the_bounds_of_area_and_proportion() {
    for (int image = 0; image < DRAWS; image++) {
      Crop crop = random(1, image);
      assertThat(crop.left()).isBetween(0, WIDTH - crop.width());
      assertThat(crop.top()).isBetween(0, HEIGHT - crop.height());
      // Edges are rounded to whole pixels, the shortest of which here is 91 pixels.
      double area = (double) crop.width() * crop.height() / (WIDTH * HEIGHT);
      double proportion = (double) crop.width() / crop.height();
      assertThat(area).isBetween(0.08 * 0.99, 1.0);
      assertThat(proportion).isBetween(0.75 * 0.99, 4 / 3.0 * 1.01);
    }
  }

  /**
   * Means and deviations of 200,000 crops drawn as torchvision draws them by numpy 1.24.2: area
   * 0.43273 ± 0.21622, logarithm of the proportion 0.03092 ± 0.16433, centre across 249.81 ± 68.12.
   * The bounds are four standard errors of {@value #DRAWS} draws.
   */
  @Test
  void random_crops_are_distributed_as_torchvision_s() {
    SummaryStatistics area = new SummaryStatistics();
    SummaryStatistics proportion = new SummaryStatistics();
    SummaryStatistics centre = new SummaryStatistics();
    SummaryStatistics mirrored = new SummaryStatistics();
    for (int image = 0; image < DRAWS; image++) {
      Crop crop = random(1, image);
      area.addValue((double) crop.width() * crop.height() / (WIDTH * HEIGHT));
      proportion.addValue(Math.log((double) crop.width() / crop.height()));
      centre.addValue(crop.left() + crop.width() / 2.0);
      mirrored.addValue(crop.mirrored() ? 1 : 0);
    }
    double errors = 4 / Math.sqrt(DRAWS);
    assertThat(area.getMean()).isCloseTo(0.43273, within(0.21622 * errors));
    assertThat(area.getStandardDeviation()).isCloseTo(0.21622, within(0.21622 * errors));
    assertThat(proportion.getMean()).isCloseTo(0.03092, within(0.16433 * errors));
    assertThat(proportion.getStandardDeviation()).isCloseTo(0.16433, within(0.16433 * errors));
    assertThat(centre.getMean()).isCloseTo(249.81, within(68.12 * errors));
    assertThat(mirrored.getMean()).isCloseTo(0.5, within(0.5 * errors));
  }

  @Test
  void crops_of_neighbouring_images_epochs_and_seeds_are_unrelated() {
    double[] own = areas(3, 1, 0);
    double bound = 4 / Math.sqrt(DRAWS);
    for (double[] other : new double[][] {areas(3, 1, 1), areas(3, 2, 0), areas(4, 1, 0)}) {
      assertThat(new PearsonsCorrelation().correlation(own, other)).isBetween(-bound, bound);
    }
  }

  private static double[] areas(int seed, int epoch, int firstImage) {
    RandomResizedCrop rule = new RandomResizedCrop(seed, epoch);
    return IntStream.range(firstImage, firstImage + DRAWS)
        .mapToObj(image -> rule.crop(image, WIDTH, HEIGHT, SIDE))
        .mapToDouble(crop -> crop.width() * crop.height())
        .toArray();
  }

  /** By the same rule written in Python, on SplitMix64 as its authors publish it. */
  @Test
  void a_crop_is_the_same_on_every_machine_and_java_version() {
    assertThat(random(0, 0)).isEqualTo(new Crop(16, 2, 424, 350, SIDE, SIDE, 0, 0, false));
    assertThat(random(7, 1_281_166)).isEqualTo(new Crop(173, 99, 248, 215, SIDE, SIDE, 0, 0, true));
    assertThat(new RandomResizedCrop(12, 90).crop(1, WIDTH, HEIGHT, SIDE))
        .isEqualTo(new Crop(80, 45, 217, 280, SIDE, SIDE, 0, 0, true));
  }

  @Test
  void where_no_rectangle_fits_the_middle_is_taken() {
    RandomResizedCrop rule = new RandomResizedCrop(1, 1);
    Crop tall = rule.crop(0, 2, 1000, 8);
    assertThat(tall).isEqualTo(new Crop(0, 498, 2, 3, 8, 8, 0, 0, tall.mirrored()));
    Crop wide = rule.crop(1, 1000, 2, 8);
    assertThat(wide).isEqualTo(new Crop(498, 0, 3, 2, 8, 8, 0, 0, wide.mirrored()));
  }
}
