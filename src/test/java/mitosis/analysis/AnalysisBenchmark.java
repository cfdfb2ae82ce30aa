package mitosis.analysis;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mitosis.representation.Representation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A layer of 512 neurons, 10,000 test and 50,000 training images, 10 classes: errors of chunks on
 * both sets, R² and residual correlations at the sizes 512/2^k, beside the authors' way to measure
 * the same.
 *
 * <p>{@code mvn -q test-compile exec:exec@benchmark -Dbenchmark=AnalysisBenchmark}. The authors'
 * way would take minutes, so it measures {@link #FEW} chunks of each size, on all cores, and has to
 * be multiplied by 500/{@value #FEW}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1500m")
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class AnalysisBenchmark {

  private static final int WIDTH = 512;
  private static final int CHUNKS = 500;

  /** Chunks of each size that the authors' way measures. */
  public static final int FEW = 8;

  private Representation layer;
  private int[] sizes;

  /** Draws the layer. */
  @Setup(Level.Trial)
  public void draw() {
    layer = ManyClassesLayer.of(WIDTH, 10, 10_000, 50_000);
    sizes = ChunkSizes.halvings(WIDTH);
  }

  /** Errors on both sets of 500 chunks of each size. */
  @Benchmark
  public ChunkError errors() {
    return ChunkError.measure(layer, sizes, CHUNKS, 1);
  }

  /** R² at every size, in sample and held out, and correlations, of 500 chunks of each size. */
  @Benchmark
  public Reconstruction reconstruction() {
    return Reconstruction.measure(layer.test(), sizes, CHUNKS, 1);
  }

  /** The authors' way, for a few chunks of each size. */
  @Benchmark
  public double[] authorsWayForFewChunks() {
    RegressionByChunk regression = new RegressionByChunk(layer);
    Permutations permutations = new Permutations(WIDTH, 1);
    return IntStream.range(0, FEW * sizes.length)
        .parallel()
        .mapToDouble(
            k ->
                regression
                    .measure(
                        Arrays.copyOf(
                            permutations.permutation(k / sizes.length), sizes[k % sizes.length]))
                    .r2())
        .toArray();
  }
}
