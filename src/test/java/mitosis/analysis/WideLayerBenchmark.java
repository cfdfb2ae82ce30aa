package mitosis.analysis;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mitosis.analysis.ChunkError.ChunkMistakes;
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
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A layer as wide as that of ResNet50-4, 8,192 neurons, on 50,000 images of 1,000 classes, 10
 * chunks of each size 8,192/2^k.
 *
 * <p>{@code mvn -q test-compile exec:exec@benchmark -Dbenchmark=WideLayerBenchmark}; takes minutes
 * and 8 GiB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx5g")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
public class WideLayerBenchmark {

  private static final int WIDTH = 8_192;
  private static final int CHUNKS = 10;

  private Representation layer;
  private int[] sizes;

  /** Draws the layer. */
  @Setup(Level.Trial)
  public void draw() {
    layer = ManyClassesLayer.of(WIDTH, 1_000, 50_000, 1);
    sizes = ChunkSizes.halvings(WIDTH);
  }

  /** Test errors. */
  @Benchmark
  public ChunkMistakes errors() {
    return ChunkMistakes.measure(layer.test(), layer.readout(), sizes, CHUNKS, 1);
  }

  /** The sums of products of all images, which every permutation starts from. */
  @Benchmark
  public Object products() {
    int[] images = IntStream.range(0, 50_000).toArray();
    return GramMatrix.of(layer.test(), images);
  }

  /** R² at every size, in sample and held out, and correlations; with the products. */
  @Benchmark
  public Reconstruction reconstruction() {
    return Reconstruction.measure(layer.test(), sizes, CHUNKS, 1);
  }
}
