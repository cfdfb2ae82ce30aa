package mitosis.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import mitosis.representation.Split;

/**
 * How well chunks rebuild the full layer by ridge regression with penalty 1e-8 and an intercept, at
 * every chunk size 1 to W (P22 §2.2 equation 1, figure 4d-f; P21 §2, figure 3).
 *
 * <p>R² is 1 − (sum of squared residuals) / (sum of squares about the means), both over all W
 * neurons: the neurons' own R², weighted by their variance. <em>In sample</em> it is that of the
 * images which the map was fitted to, as the papers have it, and tends to 1 for any layer as w
 * nears N. <em>Held out</em> the map is fitted to the images of even number and judged on those of
 * odd number, about their own means, then the other way round, and the two are averaged. Neurons in
 * the chunk count as rebuilt exactly.
 *
 * @param images the number N of images
 * @param width the number W of neurons
 * @param liveNeurons the number of neurons that don't have the same activity on every image
 * @param r2 in sample, W elements: for w = 1 first; in [0, 1], never falling with w
 * @param heldOutR2 held out, for w = 1 first, as far as w is at most N/5 and W; at most 1
 * @param correlations of the residuals, in sample, at the sizes asked for
 */
public record Reconstruction(
    int images,
    int width,
    int liveNeurons,
    List<MeanOverChunks> r2,
    List<MeanOverChunks> heldOutR2,
    List<ResidualCorrelation> correlations) {

  /** Held-out R² is judged for chunks of at most one neuron in this many images. */
  private static final int IMAGES_PER_NEURON = 5;

  /**
   * Measures random chunks.
   *
   * @param test N images, at least 10, seen by W neurons, of which at least one is live on the
   *     even-numbered and on the odd-numbered images; labels are not looked at
   * @param sizes increasing sizes from 1 to W at which correlations are measured
   * @param chunks the number of chunks of each size, at least 2; the papers take 100
   * @param seed of the permutations; see {@link Permutations}
   * @throws IllegalArgumentException if there are too few images or live neurons, a size is out of
   *     range or out of order, or chunks below 2
   */
  public static Reconstruction measure(Split test, int[] sizes, int chunks, long seed) {
    ChunkSizes.requireIncreasing(sizes, test.width());
    ChunkSizes.requireSpread(chunks);
    Layer layer = new Layer(test);
    Permutations permutations = new Permutations(test.width(), seed);
    List<Prefixes> prefixes =
        IntStream.range(0, chunks)
            .parallel()
            .mapToObj(chunk -> layer.rebuild(permutations.permutation(chunk), sizes))
            .toList();
    return new Reconstruction(
        test.images(),
        test.width(),
        layer.live(),
        means(prefixes.stream().map(Prefixes::r2).toList()),
        means(prefixes.stream().map(Prefixes::heldOutR2).toList()),
        IntStream.range(0, sizes.length)
            .mapToObj(
                size ->
                    ResidualCorrelation.over(
                        prefixes.stream().map(prefix -> prefix.correlations().get(size)).toList(),
                        test.images(),
                        sizes[size]))
            .toList());
  }

  private static List<MeanOverChunks> means(List<double[]> curves) {
    return IntStream.range(0, curves.get(0).length)
        .mapToObj(i -> MeanOverChunks.of(curves.stream().mapToDouble(curve -> curve[i]).toArray()))
        .toList();
  }

  /**
   * Measures one given chunk.
   *
   * @param test as above
   * @param neurons the chunk: different neurons of 0 to W−1, at least one
   * @throws IllegalArgumentException if there are too few images or live neurons, or a neuron is
   *     out of range or given twice
   */
  public static ChunkReconstruction ofChunk(Split test, int[] neurons) {
    int[] order = ChunkSizes.first(neurons, test.width());
    int size = neurons.length;
    Prefixes prefixes = new Layer(test).rebuild(order, new int[] {size});
    return new ChunkReconstruction(
        size,
        prefixes.r2()[size - 1],
        size <= prefixes.heldOutR2().length
            ? OptionalDouble.of(prefixes.heldOutR2()[size - 1])
            : OptionalDouble.empty(),
        prefixes.correlations().get(0));
  }

  /**
   * In-sample R² at one chunk size.
   *
   * @param size w, from 1 to W
   * @throws IllegalArgumentException if w is out of range
   */
  public MeanOverChunks r2At(int size) {
    requireUpTo(size, width, "the width");
    return r2.get(size - 1);
  }

  /**
   * Held-out R² at one chunk size.
   *
   * @param size w, from 1 to W and to N/5
   * @throws IllegalArgumentException if w is out of range, or more than N/5: with so few images to
   *     fit to, R² says more of their number than of the layer
   */
  public MeanOverChunks heldOutR2At(int size) {
    requireUpTo(size, width, "the width");
    requireUpTo(size, images / IMAGES_PER_NEURON, "a fifth of the " + images + " images");
    return heldOutR2.get(size - 1);
  }

  private static void requireUpTo(int size, int limit, String what) {
    if (size < 1 || size > limit) {
      throw new IllegalArgumentException(
          "chunk size is %d, but must be 1 to %d, %s".formatted(size, limit, what));
    }
  }

  /**
   * One permutation: R² of every prefix, and correlations at some.
   *
   * @param r2 W numbers
   * @param heldOutR2 min(W, N/5) numbers
   */
  private record Prefixes(double[] r2, double[] heldOutR2, List<ChunkCorrelation> correlations) {}

  /** What one layer's permutations share. */
  private static final class Layer {

    private final GramMatrix all;
    private final GramMatrix even;
    private final GramMatrix odd;
    private final int heldOutSizes;

    Layer(Split test) {
      if (test.images() < 2 * IMAGES_PER_NEURON) {
        throw new IllegalArgumentException(
            "reconstruction takes at least %d images, but there are %d"
                .formatted(2 * IMAGES_PER_NEURON, test.images()));
      }
      this.even = GramMatrix.of(test, 0, 2);
      this.odd = GramMatrix.of(test, 1, 2);
      this.all = even.joined(odd);
      this.heldOutSizes = Math.min(test.width(), test.images() / IMAGES_PER_NEURON);
      requireLive(even, "even-numbered");
      requireLive(odd, "odd-numbered");
    }

    private static void requireLive(GramMatrix gram, String which) {
      if (!(gram.total() > 0)) {
        throw new IllegalArgumentException(
            "none of the %d neurons is live on the %s images".formatted(gram.width(), which));
      }
    }

    int live() {
      return (int)
          IntStream.range(0, all.width()).filter(neuron -> all.squares(neuron) > 0).count();
    }

    Prefixes rebuild(int[] order, int[] sizes) {
      Residuals residuals = new Residuals(all, order);
      double[] slopes = new double[all.width()];
      double[] r2 = new double[all.width()];
      List<ChunkCorrelation> correlations = new ArrayList<>();
      double total = all.total();
      for (int size = 1; size <= all.width(); size++) {
        residuals.fitNext(slopes);
        r2[size - 1] = 1 - residuals.unexplained() / total;
        if (Arrays.binarySearch(sizes, size) >= 0) {
          correlations.add(ChunkCorrelation.of(residuals, all.width(), all.images()));
        }
      }
      double[] heldOut = heldOut(even, odd, order);
      double[] otherWay = heldOut(odd, even, order);
      Arrays.setAll(heldOut, i -> 0.5 * (heldOut[i] + otherWay[i]));
      return new Prefixes(r2, heldOut, correlations);
    }

    private double[] heldOut(GramMatrix fit, GramMatrix judged, int[] order) {
      Residuals fitted = new Residuals(fit, order);
      Residuals predicted = new Residuals(judged.aboutMeansOf(fit), order);
      double[] slopes = new double[fit.width()];
      double[] r2 = new double[heldOutSizes];
      for (int i = 0; i < heldOutSizes; i++) {
        fitted.fitNext(slopes);
        predicted.followNext(slopes);
        r2[i] = 1 - predicted.unexplained() / judged.total();
      }
      return r2;
    }
  }
}
