package mitosis.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import mitosis.analysis.OtherChunks.OtherChunk;
import mitosis.analysis.ResidualCorrelation.ChunkCorrelation;
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
 * @param otherChunks how well chunks rebuild other chunks, at those of the sizes that are at most
 *     W/2
 */
public record Reconstruction(
    int images,
    int width,
    int liveNeurons,
    List<MeanOverChunks> r2,
    List<MeanOverChunks> heldOutR2,
    List<ResidualCorrelation> correlations,
    List<OtherChunks> otherChunks) {

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
    return measureOn(test, everyImage(test), sizes, chunks, seed);
  }

  /**
   * Measures random chunks on some of the images. An image stays in the half, even or odd, of its
   * own number, so that maps fitted to different selections are judged on images of the same half.
   *
   * @param test as above
   * @param chosen increasing numbers of at least 10 images, of 0 to N−1; at least two fifths of
   *     them even and two fifths odd, so that a half is more than any chunk that is judged on it
   * @param sizes as above
   * @param chunks as above
   * @param seed as above
   * @return of as many images as are chosen
   * @throws IllegalArgumentException as above, or if the chosen images are out of range or order,
   *     or too few of them are even or odd
   */
  public static Reconstruction measureOn(
      Split test, int[] chosen, int[] sizes, int chunks, long seed) {
    ChunkSizes.requireIncreasing(sizes, test.width());
    ChunkSizes.requireSpread(chunks);
    Permutations permutations = new Permutations(test.width(), seed);
    List<Prefixes> prefixes;
    int live;
    try (Layer layer = new Layer(test, chosen)) {
      live = layer.live();
      prefixes =
          IntStream.range(0, chunks)
              .parallel()
              .mapToObj(chunk -> layer.rebuild(permutations.permutation(chunk), sizes))
              .toList();
    }
    return new Reconstruction(
        chosen.length,
        test.width(),
        live,
        means(prefixes.stream().map(Prefixes::r2).toList()),
        means(prefixes.stream().map(Prefixes::heldOutR2).toList()),
        IntStream.range(0, sizes.length)
            .mapToObj(
                size ->
                    ResidualCorrelation.over(
                        prefixes.stream().map(prefix -> prefix.correlations().get(size)).toList(),
                        chosen.length,
                        sizes[size]))
            .toList(),
        IntStream.range(0, sizes.length)
            .mapToObj(
                size ->
                    OtherChunks.over(
                        prefixes.stream()
                            .flatMap(prefix -> prefix.others().get(size).stream())
                            .toList(),
                        chosen.length,
                        sizes[size]))
            .flatMap(Optional::stream)
            .toList());
  }

  private static int[] everyImage(Split test) {
    return IntStream.range(0, test.images()).toArray();
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
    Prefixes prefixes;
    try (Layer layer = new Layer(test, everyImage(test))) {
      prefixes = layer.rebuild(order, new int[] {size});
    }
    return new ChunkReconstruction(
        size,
        prefixes.r2()[size - 1],
        size <= prefixes.heldOutR2().length
            ? OptionalDouble.of(prefixes.heldOutR2()[size - 1])
            : OptionalDouble.empty(),
        prefixes.correlations().get(0),
        prefixes.others().get(0));
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
    if (size > images / IMAGES_PER_NEURON) {
      // Asked for many times: the words are made only where they are needed.
      requireUpTo(size, images / IMAGES_PER_NEURON, "a fifth of the " + images + " images");
    }
    return heldOutR2.get(size - 1);
  }

  /**
   * The correlation of residuals off chunks of one size.
   *
   * @param size w, any
   * @return nothing if correlations were not measured at that size, or there are none off the chunk
   */
  public Optional<ResidualCorrelation.OffChunk> offChunkAt(int size) {
    return correlations.stream()
        .filter(correlation -> correlation.size() == size)
        .findFirst()
        .flatMap(ResidualCorrelation::offChunk);
  }

  private static void requireUpTo(int size, int limit, String what) {
    if (size < 1 || size > limit) {
      throw new IllegalArgumentException(
          "chunk size is %d, but must be 1 to %d, %s".formatted(size, limit, what));
    }
  }

  /**
   * One permutation: R² of every prefix, and correlations and other chunks at some.
   *
   * @param r2 W numbers
   * @param heldOutR2 min(W, N/5) numbers
   */
  private record Prefixes(
      double[] r2,
      double[] heldOutR2,
      List<ChunkCorrelation> correlations,
      List<Optional<OtherChunk>> others) {}

  /** What one permutation is worked out in; used again for the next. */
  private record Workspace(Elimination elimination, NativeMatrix scratch) implements AutoCloseable {

    static Workspace of(int width) {
      return new Workspace(new Elimination(width), new NativeMatrix(width, width));
    }

    @Override
    public void close() {
      elimination.close();
      scratch.close();
    }
  }

  /** What one layer's permutations share. */
  private static final class Layer implements AutoCloseable {

    private final GramMatrix all;
    private final GramMatrix even;
    private final GramMatrix odd;
    private final GramMatrix evenAboutOdd;
    private final GramMatrix oddAboutEven;
    private final int heldOutSizes;
    private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

    Layer(Split test, int[] images) {
      requireImages(images, test.images());
      this.even = GramMatrix.of(test, half(images, 0));
      this.odd = GramMatrix.of(test, half(images, 1));
      requireLive(even, "even-numbered");
      requireLive(odd, "odd-numbered");
      this.all = even.joined(odd);
      this.evenAboutOdd = even.aboutMeansOf(odd);
      this.oddAboutEven = odd.aboutMeansOf(even);
      this.heldOutSizes = Math.min(test.width(), images.length / IMAGES_PER_NEURON);
    }

    private static int[] half(int[] images, int remainder) {
      return Arrays.stream(images).filter(image -> image % 2 == remainder).toArray();
    }

    private static void requireImages(int[] images, int all) {
      if (images.length < 2 * IMAGES_PER_NEURON) {
        throw new IllegalArgumentException(
            "reconstruction takes at least %d images, but there are %d"
                .formatted(2 * IMAGES_PER_NEURON, images.length));
      }
      int previous = -1;
      for (int i = 0; i < images.length; i++) {
        if (images[i] <= previous || images[i] >= all) {
          throw new IllegalArgumentException(
              "chosen image %d is number %d, but numbers must increase from at least 0 to at most %d"
                  .formatted(i, images[i], all - 1));
        }
        previous = images[i];
      }
      int even = half(images, 0).length;
      int odd = images.length - even;
      if (IMAGES_PER_NEURON * Math.min(even, odd) < 2 * images.length) {
        throw new IllegalArgumentException(
            "%d of the chosen images are even and %d odd, but at least two fifths must be of each"
                .formatted(even, odd));
      }
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
      Workspace free = idle.poll();
      Workspace workspace = free == null ? Workspace.of(all.width()) : free;
      try {
        return rebuild(order, sizes, workspace);
      } finally {
        idle.add(workspace);
      }
    }

    private Prefixes rebuild(int[] order, int[] sizes, Workspace workspace) {
      Elimination elimination = workspace.elimination();
      elimination.start(all, order);
      List<ChunkCorrelation> correlations = new ArrayList<>();
      List<Optional<OtherChunk>> others = new ArrayList<>();
      for (int size : sizes) {
        elimination.advanceTo(size);
        correlations.add(ChunkCorrelation.of(elimination, all.images()));
        others.add(OtherChunk.of(elimination, all.images()));
      }
      elimination.advanceTo(all.width());
      double[] r2 = explained(elimination.unexplained(), all.total());
      double[] there = heldOut(even, oddAboutEven, odd.total(), order, workspace);
      double[] back = heldOut(odd, evenAboutOdd, even.total(), order, workspace);
      double[] heldOut = new double[heldOutSizes];
      Arrays.setAll(heldOut, i -> 0.5 * (there[i] + back[i]));
      return new Prefixes(r2, heldOut, correlations, others);
    }

    private double[] heldOut(
        GramMatrix fit, GramMatrix judged, double total, int[] order, Workspace workspace) {
      Elimination elimination = workspace.elimination();
      elimination.start(fit, order);
      elimination.advanceTo(heldOutSizes);
      return explained(elimination.unexplainedOn(judged, order, workspace.scratch()), total);
    }

    private static double[] explained(double[] unexplained, double total) {
      return Arrays.stream(unexplained).map(left -> 1 - left / total).toArray();
    }

    @Override
    public void close() {
      idle.forEach(Workspace::close);
    }
  }

  /**
   * How well one chunk rebuilds its layer, and how what it misses is correlated.
   *
   * @param size the chunk size w
   * @param r2 explained variance on the images that the map was fitted to, in [0, 1]
   * @param heldOutR2 explained variance on images that it wasn't fitted to, at most 1; nothing if w
   *     is more than a fifth of the images
   * @param correlation of the residuals
   * @param other how well it rebuilds another chunk of its size: of the neurons outside it, the
   *     first w; nothing if there are not so many
   */
  public record ChunkReconstruction(
      int size,
      double r2,
      OptionalDouble heldOutR2,
      ChunkCorrelation correlation,
      Optional<OtherChunk> other) {}
}
