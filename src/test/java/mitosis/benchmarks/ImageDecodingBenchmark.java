package mitosis.benchmarks;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import mitosis.data.CropRule.RandomResizedCrop;
import mitosis.data.ImageFiles;
import mitosis.data.ImageFiles.DamagedImages;
import mitosis.data.ImageFolder;
import mitosis.data.ImageStream;
import mitosis.data.ImageStream.ImageBatch;
import mitosis.data.ImageStream.Prefetch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Images per second that are read, decoded and cut for training: JPEGs of 500 x 375 pixels and
 * about 110 kB, the mean size of ImageNet's files, to squares of 224. From files that the system
 * has in memory, so a disk's speed is not in it.
 *
 * <p>{@code mvn -q test-compile exec:exec@benchmark -Dbenchmark=ImageDecodingBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ImageDecodingBenchmark {

  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int IMAGES = 64;
  private static final int SIDE = 224;
  private static final int BYTES = 110_000;

  /** Grey levels of the finest noise; gives files of that size. */
  private static final double AMPLITUDE = 11;

  /** Threads that decode; each takes a core. */
  @Param({"1", "2"})
  public int threads;

  private Path folder;
  private ImageFiles files;

  /** Writes the images. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory("images");
    for (int i = 0; i < IMAGES; i++) {
      write(i, "train");
    }
    for (int i = 0; i < 2; i++) {
      write(i, "val");
    }
    files = ImageFolder.list(folder).train(SIDE);
    double bytes =
        IntStream.range(0, IMAGES).mapToLong(i -> size(files.file(i))).average().orElseThrow();
    if (Math.abs(bytes / BYTES - 1) > 0.1) {
      throw new IllegalStateException("the images have %.0f bytes, not %d".formatted(bytes, BYTES));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(int i, String split) throws IOException {
    Path file = folder.resolve(split).resolve("class" + i % 2).resolve(i + ".JPEG");
    Files.createDirectories(file.getParent());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(0.95f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(landscape(i), null, null), quality);
    } finally {
      writer.dispose();
    }
  }

  /** Noise whose strength grows with its scale, as that of photographs does. */
  private static BufferedImage landscape(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] levels = new double[3][WIDTH * HEIGHT];
    for (int scale = 1; scale <= 128; scale *= 2) {
      int columns = WIDTH / scale + 2;
      for (double[] channel : levels) {
        double[] grid = random.doubles((long) columns * (HEIGHT / scale + 2), -1, 1).toArray();
        for (int p = 0; p < channel.length; p++) {
          double x = (double) (p % WIDTH) / scale;
          double y = (double) (p / WIDTH) / scale;
          int at = (int) y * columns + (int) x;
          double u = x - (int) x;
          double v = y - (int) y;
          channel[p] +=
              AMPLITUDE
                  * Math.sqrt(scale)
                  * ((1 - v) * ((1 - u) * grid[at] + u * grid[at + 1])
                      + v * ((1 - u) * grid[at + columns] + u * grid[at + columns + 1]));
        }
      }
    }
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int p = 0; p < WIDTH * HEIGHT; p++) {
      int rgb = 0;
      for (double[] channel : levels) {
        rgb = rgb << 8 | (int) Math.max(0, Math.min(255, 128 + channel[p]));
      }
      image.setRGB(p % WIDTH, p / WIDTH, rgb);
    }
    return image;
  }

  /** Reads all images once. */
  @Benchmark
  @OperationsPerInvocation(IMAGES)
  public int training() {
    int seen = 0;
    try (ImageStream stream =
        ImageStream.open(
            files,
            IntStream.range(0, IMAGES).toArray(),
            0,
            new RandomResizedCrop(1, 1),
            new Prefetch(16, threads, 2),
            new DamagedImages(files, System.err::println))) {
      while (stream.hasNext()) {
        ImageBatch batch = stream.next();
        seen += batch.count();
      }
    }
    return seen;
  }

  /** Deletes the images. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
