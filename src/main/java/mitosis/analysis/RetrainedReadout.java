package mitosis.analysis;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitosis.representation.Readout;
import mitosis.representation.Representation;

/**
 * What w numbers of a layer are worth when the readout is fitted anew to just them, for three kinds
 * of w numbers: the baselines that tell redundancy from mere low dimension. The papers retrain
 * nothing ({@link ChunkError}); a chunk that errs little only when retrained holds the information,
 * but is no clone.
 *
 * <p>Readouts are fitted to the training images by linear least squares with an intercept, to the
 * labels −1 and +1 or to one indicator a class, and judged on the test images.
 *
 * @param sizes S increasing numbers w
 * @param chunks for each size, the test error of w random neurons, in [0, 1]
 * @param principalComponents for each size, the test error of the w leading principal components of
 *     the layer on the training images
 * @param projections for each size, the test error of w random projections, each a sum over all
 *     neurons with independent standard normal weights
 */
public record RetrainedReadout(
    int[] sizes,
    List<MeanOverChunks> chunks,
    double[] principalComponents,
    List<MeanOverChunks> projections) {

  /**
   * Measures.
   *
   * @param representation a layer of W neurons, of which at least one is live on the training
   *     images
   * @param sizes increasing numbers from 1 to W
   * @param draws the number of chunks and of sets of projections of each size, at least 2
   * @param seed of both; chunks are those of {@link ChunkError} of this seed
   * @throws IllegalArgumentException if a size is out of range or out of order, draws are below 2,
   *     or no neuron is live
   */
  public static RetrainedReadout measure(
      Representation representation, int[] sizes, int draws, long seed) {
    ChunkSizes.requireIncreasing(sizes, representation.width());
    ChunkSizes.requireSpread(draws);
    LeastSquaresReadouts fits =
        new LeastSquaresReadouts(representation.train(), representation.readout().outputs());
    Permutations permutations = new Permutations(representation.width(), seed);
    SplittableRandom seeds = new SplittableRandom(seed);
    List<SplittableRandom> random =
        IntStream.range(0, draws).mapToObj(draw -> seeds.split()).toList();
    return new RetrainedReadout(
        sizes.clone(),
        meanErrors(
            representation, draws, draw -> fits.ofChunks(permutations.permutation(draw), sizes)),
        ManyReadouts.errors(representation.test(), fits.ofPrincipalComponents(sizes)),
        meanErrors(representation, draws, draw -> fits.ofProjections(random.get(draw), sizes)));
  }

  private static List<MeanOverChunks> meanErrors(
      Representation representation, int draws, IntFunction<List<Readout>> readouts) {
    List<List<Readout>> fitted = IntStream.range(0, draws).parallel().mapToObj(readouts).toList();
    double[] errors =
        ManyReadouts.errors(representation.test(), fitted.stream().flatMap(List::stream).toList());
    int sizes = errors.length / draws;
    return IntStream.range(0, sizes)
        .mapToObj(
            size ->
                MeanOverChunks.of(
                    IntStream.range(0, draws)
                        .mapToDouble(draw -> errors[draw * sizes + size])
                        .toArray()))
        .toList();
  }
}
