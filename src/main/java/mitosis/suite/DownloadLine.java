package mitosis.suite;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import mitosis.data.Download;

/** Shows how a download gets on: a plain line now and then, a bar with what has come. */
final class DownloadLine implements Download.Progress {

  private static final long EVERY = Duration.ofSeconds(2).toNanos();
  private static final double MEGABYTE = 1e6;
  private static final int CELLS = 30;

  private final String name;
  private final PrintStream out;
  private long shown = System.nanoTime() - EVERY;

  DownloadLine(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  @Override
  public void received(long bytes, long total) {
    long now = System.nanoTime();
    if (now - shown < EVERY && bytes != total) {
      return;
    }
    shown = now;
    if (total < 0) {
      out.printf(Locale.ROOT, "%s: %.1f MB%n", name, bytes / MEGABYTE);
      return;
    }
    int filled = (int) (CELLS * bytes / Math.max(1, total));
    out.printf(
        Locale.ROOT,
        "%s [%s%s] %.1f of %.1f MB%n",
        name,
        "#".repeat(filled),
        ".".repeat(CELLS - filled),
        bytes / MEGABYTE,
        total / MEGABYTE);
  }
}
