package mitosis.data;

import java.util.SplittableRandom;

/** Decides which part of an image is looked at: a pure function of its arguments. */
public sealed interface CropRule {

  /**
   * The crop of one image.
   *
   * @param image the image's index in its data set
   * @param width pixels across, at least 2
   * @param height pixels down, at least 2
   * @param side pixels along an edge of the square to cut, at least 2
   */
  Crop crop(int image, int width, int height, int side);

  /**
   * What is cut from an image: a rectangle of it is resized, and a square window of the result
   * taken, which may be mirrored.
   *
   * @param left first pixel of the rectangle across, from 0
   * @param top first pixel of the rectangle down, from 0
   * @param width pixels of the rectangle across, at least 1
   * @param height pixels of the rectangle down, at least 1
   * @param resizedWidth pixels across that the rectangle is resized to
   * @param resizedHeight pixels down that the rectangle is resized to
   * @param windowLeft first pixel across of the window, in the resized rectangle
   * @param windowTop first pixel down of the window, in the resized rectangle
   * @param mirrored whether left and right are exchanged in the end
   */
  public record Crop(
      int left,
      int top,
      int width,
      int height,
      int resizedWidth,
      int resizedHeight,
      int windowLeft,
      int windowTop,
      boolean mirrored) {}

  /**
   * The crop of test images: the shorter edge is resized to {@code side · 256/224}, and the middle
   * taken (Krizhevsky, Sutskever and Hinton 2012; the same pixels as {@code Resize(256)} and {@code
   * CenterCrop(224)} of torchvision).
   */
  public record CentreCrop() implements CropRule {

    private static final double MARGIN = 256.0 / 224;

    @Override
    public Crop crop(int image, int width, int height, int side) {
      long shorter = Math.round(side * MARGIN);
      int edge = Math.min(width, height);
      int resizedWidth = (int) (shorter * width / edge);
      int resizedHeight = (int) (shorter * height / edge);
      return new Crop(
          0,
          0,
          width,
          height,
          resizedWidth,
          resizedHeight,
          middle(resizedWidth, side),
          middle(resizedHeight, side),
          false);
    }

    /** Half of an odd margin goes to the even number of pixels, as Python rounds. */
    private static int middle(int length, int side) {
      return (int) Math.rint((length - side) / 2.0);
    }
  }

  /**
   * The crop of training images (Szegedy et al. 2015; torchvision's {@code RandomResizedCrop} and
   * {@code RandomHorizontalFlip}): a rectangle of 0.08 to 1 of the image's area and of proportions
   * 3:4 to 4:3, resized to the square, and every other time mirrored. Ten rectangles are tried;
   * when none fits into the image, its middle is taken, cut to the nearest of these proportions.
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
}
