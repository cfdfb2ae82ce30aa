package mitosis.data;

import java.util.SplittableRandom;

/**
 * The crop of training images (Szegedy et al. 2015; torchvision's {@code RandomResizedCrop} and
 * {@code RandomHorizontalFlip}): a rectangle of 0.08 to 1 of the image's area and of proportions
 * 3:4 to 4:3, resized to the square, and every other time mirrored. Ten rectangles are tried; when
 * none fits into the image, its middle is taken, cut to the nearest of these proportions.
 *
 * <p>It depends on nothing but the seed, the epoch and the image: neither on the order in which
 * images are read nor on threads.
 *
 * @param seed the training's seed
 * @param epoch the epoch, which gives an image another crop each time
 */
public record RandomResizedCrop(int seed, int epoch) implements CropRule {

  private static final int TRIES = 10;
  private static final double LEAST_AREA = 0.08;
  private static final double MOST_AREA = 1;
  private static final double NARROWEST = 3.0 / 4;
  private static final double WIDEST = 4.0 / 3;

  @Override
  public Crop crop(int image, int width, int height, int side) {
    SplittableRandom random = new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + image));
    boolean mirrored = random.nextDouble() < 0.5;
    for (int t = 0; t < TRIES; t++) {
      double area = between(LEAST_AREA, MOST_AREA, random) * width * height;
      double proportion =
          StrictMath.exp(between(StrictMath.log(NARROWEST), StrictMath.log(WIDEST), random));
      int w = (int) Math.rint(Math.sqrt(area * proportion));
      int h = (int) Math.rint(Math.sqrt(area / proportion));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int top = below(height - h + 1, random);
        int left = below(width - w + 1, random);
        return new Crop(left, top, w, h, side, side, 0, 0, mirrored);
      }
    }
    return middle(width, height, side, mirrored);
  }

  private static Crop middle(int width, int height, int side, boolean mirrored) {
    int w = (int) Math.min(width, Math.rint(height * WIDEST));
    int h = (int) Math.min(height, Math.rint(width / NARROWEST));
    return new Crop((width - w) / 2, (height - h) / 2, w, h, side, side, 0, 0, mirrored);
  }

  /** The first number of a generator depends on every bit of its seed. */
  private static long mixed(long value) {
    return new SplittableRandom(value).nextLong();
  }

  private static double between(double least, double most, SplittableRandom random) {
    return least + (most - least) * random.nextDouble();
  }

  private static int below(int bound, SplittableRandom random) {
    return (int) (bound * random.nextDouble());
  }
}
