package mitosis.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mitosis.data.CropRule.Crop;
import mitosis.data.ImageDecoder.DamagedImage;
import mitosis.data.ImageDecoder.RgbImage;
import mitosis.data.ImageFiles.DamagedImages;

/**
 * Images in a given order, decoded and cut by threads of its own while the last batch is in use.
 * The bytes depend on the files, the order and the rule alone: not on the number of threads, nor on
 * the batch that the reading begins with. Memory is bounded: {@code ahead + 1} batches, and one
 * image for each thread.
 *
 * <p>The place of a damaged image is taken by the next undamaged one of the order (after the last
 * comes the first), with its own label, and cropped as the damaged one would have been, so that it
 * does not come twice as the same picture. So a batch keeps its size, and nothing is trained on
 * that is not an image. {@link DamagedImages} says how many are put up with.
 *
 * <p>For one thread at a time. Close it, whether or not it was read to its end.
 */
public final class ImageStream implements AutoCloseable {

  private final ImageFiles files;
  private final int[] order;
  private final CropRule rule;
  private final DamagedImages damaged;
  private final int batchSize;
  private final int batches;
  private final Slot[] slots;
  private final List<Thread> threads = new ArrayList<>();
  private final ThreadPoolExecutor decoding;
  private final ThreadLocal<Cutter> cutters;

  /** The batch that is asked for next. */
  private int nextBatch;

  /** The first batch that the threads have not been given yet. */
  private int nextToDecode;

  private boolean closed;

  /** Memory for a batch, while it is decoded and while it is in use. */
  private static final class Slot {
    final ByteBuffer pixels;
    List<Future<Outcome>> outcomes = List.of();

    Slot(int bytes) {
      pixels = ByteBuffer.allocateDirect(bytes);
    }
  }

  private record Finding(int image, String reason) {}

  /**
   * How the filling of a place went.
   *
   * @param image the image that stands there, if nothing failed
   * @param findings the damaged images that were passed over
   * @param failure why no image stands there, or null
   */
  private record Outcome(int image, List<Finding> findings, RuntimeException failure) {

    static Outcome failed(List<Finding> findings, RuntimeException failure) {
      return new Outcome(-1, findings, failure);
    }
  }

  private ImageStream(
      ImageFiles files,
      int[] order,
      int firstBatch,
      CropRule rule,
      Prefetch prefetch,
      DamagedImages damaged) {
    this.files = files;
    this.order = order;
    this.rule = rule;
    this.damaged = damaged;
    batchSize = Math.min(prefetch.batchSize(), order.length);
    batches = (order.length + batchSize - 1) / batchSize;
    if (firstBatch < 0 || firstBatch > batches) {
      throw new IllegalArgumentException(
          "cannot begin with batch %d of %d".formatted(firstBatch, batches));
    }
    long bytes = (long) batchSize * files.bytesPerImage();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a batch of %d images of %d x %d pixels takes %d bytes, at most %d can be had at once"
              .formatted(batchSize, files.side(), files.side(), bytes, Integer.MAX_VALUE));
    }
    slots = new Slot[Math.min(prefetch.ahead(), batches - 1) + 1];
    Arrays.setAll(slots, k -> new Slot((int) bytes));
    nextBatch = firstBatch;
    nextToDecode = firstBatch;
    cutters = ThreadLocal.withInitial(() -> new Cutter(files.side()));
    // Threads start with the first tasks, so that no more of them start than there are images.
    decoding =
        new ThreadPoolExecutor(
            prefetch.threads(),
            prefetch.threads(),
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "images-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /**
   * Begins to read.
   *
   * @param files the data set
   * @param order the images' indices, each 0…{@code files.count() - 1}, at least one
   * @param firstBatch the first batch to hand out, 0 for all, up to {@link #batches()}
   * @param rule what to cut from each image
   * @param prefetch size of the batches, threads, and how far to read ahead
   * @param damaged the data set's damaged images, where new ones are noted as their batch is handed
   *     out
   * @throws IllegalArgumentException if an argument is out of range, or a batch takes more than 2
   *     GB
   */
  public static ImageStream open(
      ImageFiles files,
      int[] order,
      int firstBatch,
      CropRule rule,
      Prefetch prefetch,
      DamagedImages damaged) {
    if (order.length == 0) {
      throw new IllegalArgumentException("the order names no image of " + files.folder());
    }
    for (int place = 0; place < order.length; place++) {
      if (order[place] < 0 || order[place] >= files.count()) {
        throw new IllegalArgumentException(
            "place %d of the order names image %d, expected 0…%d"
                .formatted(place, order[place], files.count() - 1));
      }
    }
    ImageStream stream = new ImageStream(files, order.clone(), firstBatch, rule, prefetch, damaged);
    stream.readAhead();
    return stream;
  }

  /** Number of batches in the order, those before the first one handed out included. */
  public int batches() {
    return batches;
  }

  /** Whether there is another batch. */
  public boolean hasNext() {
    return nextBatch < batches;
  }

  /**
   * The next batch, once it is decoded. The pixels of the one before are written over from now on.
   *
   * @throws DataException if a file is missing or unreadable, or too many are damaged; the stream
   *     is then closed
   * @throws NoSuchElementException after the last batch
   * @throws IllegalStateException if the stream is closed
   * @throws CancellationException if the thread is interrupted; the stream is then closed
   */
  public ImageBatch next() {
    if (closed) {
      throw new IllegalStateException("the stream of images is closed");
    }
    if (!hasNext()) {
      throw new NoSuchElementException("all %d batches have been read".formatted(batches));
    }
    try {
      readAhead();
      ImageBatch batch = checked(slots[nextBatch % slots.length]);
      nextBatch++;
      return batch;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for images");
    } catch (ExecutionException e) {
      close();
      // An exception would be part of an outcome.
      throw (Error) e.getCause();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Gives the threads the batches whose memory is free: all before the next one have been used. */
  private void readAhead() {
    while (nextToDecode < Math.min(batches, nextBatch + slots.length)) {
      Slot slot = slots[nextToDecode % slots.length];
      int first = nextToDecode * batchSize;
      slot.outcomes =
          IntStream.range(first, Math.min(first + batchSize, order.length))
              .mapToObj(place -> decoding.submit(() -> fill(place, slot)))
              .toList();
      nextToDecode++;
    }
  }

  /**
   * Waits for a batch, and notes its damaged images: here, not by the threads, so that the same
   * batch names and refuses the same images always.
   */
  private ImageBatch checked(Slot slot) throws InterruptedException, ExecutionException {
    int count = slot.outcomes.size();
    int[] images = new int[count];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      Outcome outcome = slot.outcomes.get(k).get();
      outcome.findings().forEach(finding -> damaged.found(finding.image(), finding.reason()));
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
      images[k] = outcome.image();
      labels[k] = files.labels()[outcome.image()];
    }
    ByteBuffer pixels = slot.pixels.asReadOnlyBuffer().limit(count * files.bytesPerImage());
    return new ImageBatch(pixels, labels, images);
  }

  /** Decodes the image of a place, or the next of the order that is undamaged. */
  private Outcome fill(int place, Slot slot) {
    List<Finding> findings = new ArrayList<>(0);
    try {
      // With more damaged ones than are put up with, the stream ends here whatever comes after.
      for (int k = 0; k < order.length && findings.size() <= damaged.limit(); k++) {
        int image = order[(int) (((long) place + k) % order.length)];
        try {
          RgbImage decoded = ImageDecoder.decode(files.file(image));
          Crop crop = rule.crop(order[place], decoded.width(), decoded.height(), files.side());
          byte[] square = new byte[files.bytesPerImage()];
          cutters.get().cut(decoded, crop, square);
          slot.pixels.put(place % batchSize * square.length, square);
          return new Outcome(image, findings, null);
        } catch (DamagedImage e) {
          findings.add(new Finding(image, e.getMessage()));
        }
      }
    } catch (RuntimeException e) {
      return Outcome.failed(findings, e);
    }
    return Outcome.failed(
        findings,
        new DataException(
            "none of the images of %s that are asked for can take the place of %s, which is damaged: %s; copy the files again from their source"
                .formatted(
                    files.folder(), files.paths().get(order[place]), findings.get(0).reason())));
  }

  /** Ends the threads, each of which first finishes its image. */
  @Override
  public void close() {
    closed = true;
    decoding.getQueue().clear();
    decoding.shutdown();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How images are read ahead of their use.
   *
   * @param batchSize images per batch, at least 1; the last batch of an order may have fewer
   * @param threads how many threads decode, at least 1; one image at a time each
   * @param ahead how many batches, at least 1, may be decoded before they are asked for
   */
  public record Prefetch(int batchSize, int threads, int ahead) {

    /**
     * @throws IllegalArgumentException if a number is below 1
     */
    public Prefetch {
      if (batchSize < 1 || threads < 1 || ahead < 1) {
        throw new IllegalArgumentException(
            "a batch of %d, %d threads and %d batches ahead; expected at least 1 of each"
                .formatted(batchSize, threads, ahead));
      }
    }
  }

  /**
   * Some images that are trained on, or tested, together.
   *
   * @param pixels {@code count x 3 x side x side} unsigned bytes, row-major, from the buffer's
   *     start to its limit; a direct buffer that is written to again for a later batch ({@link
   *     ImageStream#next} says when), so whoever needs it longer copies it
   * @param labels the images' labels
   * @param images the images' indices in their data set; not always those of the order, see {@link
   *     ImageStream}
   */
  public record ImageBatch(ByteBuffer pixels, int[] labels, int[] images) {

    /** Number of images. */
    public int count() {
      return labels.length;
    }
  }
}
