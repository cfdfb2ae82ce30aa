package mitosis.evidence;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mitosis.analysis.EnsembleError;
import mitosis.analysis.ImageWeights;

/**
 * err∞: the error of the ensemble that averages the logits of infinitely many networks,
 * extrapolated in 1/n from those that there are (P22 §1; claims.md, "err∞ drives the exponent").
 */
public interface ErrInf {

  /**
   * @param seeds which networks are there, at least two, by position
   * @param images how often each block of test images counts
   */
  double of(int[] seeds, ImageWeights images);

  /**
   * From the logits of networks.
   *
   * @param logits {@code S x K x N}
   * @param labels N labels: −1 or +1 where K is 1, else 0 to K−1
   */
  static ErrInf ofLogits(double[][][] logits, int[] labels) {
    Map<String, EnsembleError> known = new ConcurrentHashMap<>();
    return (seeds, images) ->
        known
            .computeIfAbsent(
                Arrays.toString(seeds),
                key ->
                    ImageBlocks.of(
                        EnsembleError.of(
                            Arrays.stream(seeds)
                                .mapToObj(s -> logits[s])
                                .toArray(double[][][]::new),
                            labels)))
            .limit(1, images);
  }

  /** A known error of each image, the same whichever networks there are. */
  static ErrInf known(float[] mistakes) {
    float[] means = ImageBlocks.means(mistakes);
    return (seeds, images) -> images.mean(means);
  }
}
