package mitosis.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mitosis.representation.Split;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far numbers read off a {@link Reconstruction} would move with other test images: the layer is
 * measured anew with one of g groups of images left out at a time, the chunks being the same (Tukey
 * 1958; by groups, Shao and Tu, <em>The Jackknife and Bootstrap</em>, 1995, §2.3).
 *
 * <p>A bootstrap will not do. Images that are drawn twice correlate residuals that have nothing in
 * common: on N images drawn with replacement the mean ρ² of pure noise is near 2/N instead of 1/N,
 * and the smaller a correlation the more of it would be an artefact of the resampling.
 *
 * <p>Neighbouring images 2p and 2p+1 are left out together, pair p with group p mod g, so that the
 * even and the odd half of the images, which held-out R² is fitted to and judged on, shrink alike.
 *
 * @param leftOut g reconstructions, without group 0 first
 */
public record ReconstructionJackknife(List<Reconstruction> leftOut) {

  /**
   * @throws IllegalArgumentException if there are fewer than two reconstructions
   */
  public ReconstructionJackknife {
    if (leftOut.size() < 2) {
      throw new IllegalArgumentException(
          "a jackknife takes at least 2 groups of images, but there are " + leftOut.size());
    }
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Measures g times.
   *
   * @param test N images as for {@link Reconstruction#measure}; without any one group there must
   *     still be 10
   * @param sizes increasing sizes from 1 to W at which correlations are measured
   * @param chunks the number of chunks of each size, at least 2: the first so many of a main
   *     measurement with the same seed, which may have more. With fewer of them the standard error
   *     comes out the same or a little larger, because less of the images' noise averages out
   * @param seed of the permutations
   * @param groups g, at least 2 and at most N/2
   * @throws IllegalArgumentException as {@link Reconstruction#measure}, or if the number of groups
   *     is out of range
   */
  public static ReconstructionJackknife measure(
      Split test, int[] sizes, int chunks, long seed, int groups) {
    int images = test.images();
    if (groups < 2 || groups > images / 2) {
      throw new IllegalArgumentException(
          "number of groups of images is %d, but must be 2 to half of the %d images"
              .formatted(groups, images));
    }
    return new ReconstructionJackknife(
        IntStream.range(0, groups)
            .mapToObj(
                group ->
                    Reconstruction.measureOn(
                        test, without(group, groups, images), sizes, chunks, seed))
            .toList());
  }

  private static int[] without(int group, int groups, int images) {
    return IntStream.range(0, images).filter(image -> image / 2 % groups != group).toArray();
  }

  /**
   * The standard error of a number over draws of the images, the chunks being given: se² =
   * (g−1)/g·Σ(θ₍ᵢ₎ − mean)². Where the number is a mean over images, as R² nearly is, se² is right
   * on average, with the spread of χ² with g−1 degrees of freedom. Where all of it is noise, as the
   * correlations of independent residuals are, it depends on images only by pairs, and se² is
   * g(2g−3)/(g−1)² times too large, about twice: it errs on the side of caution.
   *
   * @param quantity what is read off a reconstruction, such as held-out R² at a size, mean |ρ| or
   *     its ratio at two sizes
   * @throws IllegalArgumentException if the number is not finite without one of the groups
   */
  public double standardError(ToDoubleFunction<Reconstruction> quantity) {
    double[] values = leftOut.stream().mapToDouble(quantity).toArray();
    for (int group = 0; group < values.length; group++) {
      if (!Double.isFinite(values[group])) {
        throw new IllegalArgumentException(
            "without group %d of the images the quantity is %s, not a finite number: %s"
                .formatted(group, values[group], Arrays.toString(values)));
      }
    }
    return Math.sqrt((values.length - 1) * StatUtils.populationVariance(values));
  }
}
