package mitosis.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;

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

  /** No place of the order is left to be filled. */
  private static final int NONE = -1;

  private final ImageFiles files;
  private final int[] order;
  private final CropRule rule;
  private final DamagedImages damaged;
  private final int batchSize;
  private final int batches;
  private final Slot[] slots;
  private final List<Thread> threads = new ArrayList<>();

  /** The place of the order that the next free thread fills. */
  private int nextPlace;

  /** The batch that is asked for next. */
  private int nextBatch;

  /** All batches before this one have been used and their memory is free. */
  private int released;

  private boolean closed;

  /** What ended a thread that should not have ended. */
  private Error broken;

  /** Memory for a batch, while it is decoded and while it is in use. */
  private static final class Slot {
    final ByteBuffer pixels;
    int batch = NONE;
    Outcome[] outcomes;
    int missing;

    Slot(int bytes) {
      pixels = ByteBuffer.allocateDirect(bytes);
    }

    void begin(int begun, int count) {
      batch = begun;
      outcomes = new Outcome[count];
      missing = count;
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
  private record Outcome(int image, List<Finding> findings, RuntimeException failure) {}

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
    nextPlace = (int) Math.min(order.length, (long) firstBatch * batchSize);
    nextBatch = firstBatch;
    released = firstBatch;
    for (int t = 0; t < Math.min(prefetch.threads(), order.length - nextPlace); t++) {
      Cutter cutter = new Cutter(files.side());
      byte[] square = new byte[files.bytesPerImage()];
      Thread thread = new Thread(() -> work(cutter, square), "images-" + t);
      thread.setDaemon(true);
      threads.add(thread);
    }
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
    stream.threads.forEach(Thread::start);
    return stream;
  }

  /** Number of batches in the order, those before the first one handed out included. */
  public int batches() {
    return batches;
  }

  /** Whether there is another batch. */
  public synchronized boolean hasNext() {
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
    requireAnother();
    try {
      ImageBatch batch = checked(decoded());
      synchronized (this) {
        nextBatch++;
      }
      return batch;
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for images");
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private synchronized void requireAnother() {
    if (closed) {
      throw new IllegalStateException("the stream of images is closed");
    }
    if (nextBatch == batches) {
      throw new NoSuchElementException("all %d batches have been read".formatted(batches));
    }
  }

  private synchronized Slot decoded() throws InterruptedException {
    released = nextBatch;
    notifyAll();
    Slot slot = slots[nextBatch % slots.length];
    while (broken == null && (slot.batch != nextBatch || slot.missing > 0)) {
      wait();
    }
    if (broken != null) {
      throw broken;
    }
    return slot;
  }

  /** Here, not by the threads, so that the same batch names and refuses the same images always. */
  private ImageBatch checked(Slot slot) {
    int count = slot.outcomes.length;
    int[] images = new int[count];
    int[] labels = new int[count];
    for (int k = 0; k < count; k++) {
      Outcome outcome = slot.outcomes[k];
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

  private void work(Cutter cutter, byte[] square) {
    try {
      for (int place = claim(); place != NONE; place = claim()) {
        Slot slot = slots[place / batchSize % slots.length];
        Outcome outcome = fill(place, cutter, square);
        slot.pixels.put(place % batchSize * square.length, square);
        finish(slot, place % batchSize, outcome);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts these threads", e);
    } catch (Error e) {
      stop(e);
    }
  }

  private synchronized int claim() throws InterruptedException {
    while (!closed && nextPlace < order.length && batchOfNextPlace() >= released + slots.length) {
      wait();
    }
    if (closed || nextPlace == order.length) {
      return NONE;
    }
    if (nextPlace % batchSize == 0) {
      int batch = batchOfNextPlace();
      slots[batch % slots.length].begin(batch, Math.min(batchSize, order.length - nextPlace));
    }
    return nextPlace++;
  }

  private int batchOfNextPlace() {
    return nextPlace / batchSize;
  }

  /** Decodes the image of a place, or the next of the order that is undamaged. */
  private Outcome fill(int place, Cutter cutter, byte[] square) {
    List<Finding> findings = new ArrayList<>(0);
    try {
      // With more damaged ones than are put up with, the stream ends here whatever comes after.
      for (int k = 0; k < order.length && findings.size() <= damaged.limit(); k++) {
        int image = order[(int) (((long) place + k) % order.length)];
        try {
          RgbImage decoded = ImageDecoder.decode(files.file(image));
          Crop crop = rule.crop(order[place], decoded.width(), decoded.height(), files.side());
          cutter.cut(decoded, crop, square);
          return new Outcome(image, findings, null);
        } catch (DamagedImage e) {
          findings.add(new Finding(image, e.getMessage()));
        }
      }
    } catch (RuntimeException e) {
      return new Outcome(NONE, findings, e);
    }
    return new Outcome(
        NONE,
        findings,
        new DataException(
            "none of the images of %s that are asked for can take the place of %s, which is damaged: %s; copy the files again from their source"
                .formatted(
                    files.folder(), files.paths().get(order[place]), findings.get(0).reason())));
  }

  private synchronized void finish(Slot slot, int place, Outcome outcome) {
    slot.outcomes[place] = outcome;
    slot.missing--;
    if (slot.missing == 0) {
      notifyAll();
    }
  }

  private synchronized void stop(Error error) {
    broken = error;
    notifyAll();
  }

  /** Ends the threads, each of which first finishes its image. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
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
}
