package mitosis.suite;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.analysis.ChunkSizes;
import mitosis.evidence.ErrorCurve;
import mitosis.evidence.Subject;

/** Test errors of a subject's chunks, at the sizes that claims and figures look at. */
public final class ChunkCurves {

  private final Evidence evidence;

  ChunkCurves(Evidence evidence) {
    this.evidence = evidence;
  }

  /** At all of them, the widths of full networks among them. */
  public ErrorCurve of(Subject subject) {
    Sizes sizes = evidence.sizes();
    return subject.chunkCurve(
        Stream.of(
                ChunkSizes.halvings(evidence.study().widest().width()),
                sizes.widths(),
                sizes.belowCritical(),
                sizes.beyondCritical())
            .flatMapToInt(IntStream::of)
            .distinct()
            .sorted()
            .toArray());
  }

  /** At six sizes from w* to W. */
  public ErrorCurve beyondCritical(Subject subject) {
    return of(subject).at(evidence.sizes().beyondCritical());
  }

  /** At four sizes up to w*. */
  public ErrorCurve belowCritical(Subject subject) {
    return of(subject).at(evidence.sizes().belowCritical());
  }

  /**
   * At W/2, W/4 and so on: sizes a factor of two apart, as slopes between closer ones would be
   * mostly noise, and without W, of which there is but one chunk.
   */
  public ErrorCurve halved(Subject subject) {
    int[] sizes = ChunkSizes.halvings(evidence.study().widest().width());
    return of(subject).at(Arrays.copyOf(sizes, sizes.length - 1));
  }
}
