package mitosis.analysis;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mitosis.representation.Split;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The step that is done once a permutation, on one thread: Cholesky's factorisation of 512 neurons'
 * products, by OpenBLAS and by Commons Math; and TwoNN of 10,000 images in 512 dimensions on all
 * cores.
 *
 * <p>{@code mvn -q test-compile exec:exec@benchmark -Dbenchmark=FactorisationBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FactorisationBenchmark {

  private static final int WIDTH = 512;

  private Split test;
  private GramMatrix gram;
  private RealMatrix dense;
  private int[] order;
  private Elimination elimination;

  /** Draws the layer. */
  @Setup(Level.Trial)
  public void draw() {
    test = ManyClassesLayer.of(WIDTH, 10, 10_000, 1).test();
    gram = GramMatrix.of(test, IntStream.range(0, test.images()).toArray());
    order = new Permutations(WIDTH, 1).permutation(0);
    double[][] products = new double[WIDTH][WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j < WIDTH; j++) {
        products[i][j] = gram.product(order[i], order[j]);
      }
    }
    dense = new Array2DRowRealMatrix(products, false);
    elimination = new Elimination(WIDTH);
  }

  /** Gives the memory back. */
  @TearDown(Level.Trial)
  public void close() {
    elimination.close();
  }

  /** With the permutation of the products. */
  @Benchmark
  public double[] byOpenBlas() {
    elimination.start(gram, order);
    elimination.advanceTo(WIDTH);
    return elimination.unexplained();
  }

  /** Of products that are permuted already. */
  @Benchmark
  public Object byCommonsMath() {
    return new CholeskyDecomposition(dense);
  }

  /** The dimension of 10,000 points. */
  @Benchmark
  public double twoNearestNeighbours() {
    return TwoNearestNeighbours.of(test).fittedDimension(0.9);
  }
}
