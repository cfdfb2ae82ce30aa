package mitosis.train;

import ai.djl.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import mitosis.data.Images;
import mitosis.data.Normalisation;
import mitosis.model.WideResNet;

/**
 * A process that makes training steps of a Wide-ResNet as it is told. Reads a number of steps a
 * line, makes them, and prints the milliseconds of each on one line, as {@code
 * src/test/python/step_speed.py} does.
 */
final class TimedSteps implements Runnable {

  private static final int SIDE = 32;
  private static final int CLASSES = 10;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = System.out;
  private StringJoiner times = new StringJoiner(" ");
  private int wanted;
  private long began;

  private TimedSteps() {}

  /**
   * @param args depth, width, batch, images
   */
  public static void main(String[] args) {
    int batch = Integer.parseInt(args[2]);
    Recipe recipe =
        new Recipe(
            "speed",
            "noise",
            WideResNet.ofWidth(Integer.parseInt(args[0]), Integer.parseInt(args[1]), CLASSES, SIDE),
            List.of(1),
            new Initialisation(Initialisation.Weight.KAIMING, Initialisation.Gamma.ONE),
            Loss.CROSS_ENTROPY,
            new Optimiser.Sgd(0.9, 5e-4),
            new Schedule.Constant(0.1),
            Augmentation.NONE,
            batch,
            1,
            List.of(1),
            false);
    TimedSteps steps = new TimedSteps();
    try (Training training = new Training(recipe, noise(Integer.parseInt(args[3])), Device.cpu())) {
      steps.await();
      while (true) {
        training.next(steps);
        steps.run();
      }
    }
  }

  private static Images noise(int count) {
    byte[] pixels = new byte[count * 3 * SIDE * SIDE];
    Random random = new Random(1);
    random.nextBytes(pixels);
    return new Images(
        pixels,
        SIDE,
        random.ints(count, 0, CLASSES).toArray(),
        new Normalisation(new float[] {.5f, .5f, .5f}, new float[] {.25f, .25f, .25f}));
  }

  /** A step is made. */
  @Override
  public void run() {
    times.add(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - began) / 1e6));
    wanted--;
    await();
  }

  /** Goes on if there are steps to be made, else waits until there are. */
  private void await() {
    if (wanted == 0) {
      if (times.length() > 0) {
        out.println(times);
        out.flush();
        times = new StringJoiner(" ");
      }
      String line;
      try {
        line = in.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (line == null) {
        Runtime.getRuntime().halt(0);
      }
      wanted = Integer.parseInt(line);
    }
    began = System.nanoTime();
  }
}
