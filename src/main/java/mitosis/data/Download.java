package mitosis.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Fetches one published file over HTTP or HTTPS.
 *
 * <p>What has come lies in {@code FILE.part} until the whole has the published MD5; only then it
 * gets its name. So a file of that name is always whole, and a download that broke off goes on
 * where it was: at once a few times, and in a later run. {@code FILE.part.version} holds by what
 * the server tells versions of the file apart (its ETag, or else when it was last modified): bytes
 * of two versions are never put together. A part of unknown version is fetched anew.
 */
public final class Download {

  /** Is told how a download gets on. */
  public interface Progress {

    /**
     * More has come.
     *
     * @param bytes how many there are, those of earlier runs included
     * @param total how many there will be, −1 if the server doesn't say
     */
    void received(long bytes, long total);
  }

  /**
   * How long to wait for a server.
   *
   * @param connection until it takes the connection
   * @param silence until it answers, and until more comes
   * @param attempts how often to connect until the download is given up, at least 1
   * @param pause before the second attempt; it doubles each time
   */
  record Patience(Duration connection, Duration silence, int attempts, Duration pause) {}

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), 4, Duration.ofSeconds(1));

  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private static final int BUFFER = 1 << 16;
  private static final long UNKNOWN = -1;

  private final URI address;
  private final Path file;
  private final String md5;
  private final Patience patience;
  private final Path part;
  private final Path version;

  /** The connection failed or broke off: another attempt may help. */
  private static final class Broken extends Exception {

    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }

    Broken(Throwable cause) {
      super(cause.toString(), cause);
    }
  }

  /**
   * @param address of the file, with http or https
   * @param file what it will be called here; its folder is made if it isn't there
   * @param md5 of the published file, 32 hexadecimal digits in lower case
   */
  public Download(URI address, Path file, String md5) {
    this(address, file, md5, PATIENCE);
  }

  Download(URI address, Path file, String md5, Patience patience) {
    this.address = address;
    this.file = file.toAbsolutePath();
    this.md5 = md5;
    this.patience = patience;
    this.part = this.file.resolveSibling(file.getFileName() + ".part");
    this.version = this.file.resolveSibling(file.getFileName() + ".part.version");
  }

  /**
   * Fetches the file, or the rest of it. Redirections are followed, but not from HTTPS to HTTP.
   *
   * @throws DataException if the server doesn't give the file, or keeps breaking off (what came is
   *     kept); if what it gives hasn't the published checksum (nothing is kept); if the file can't
   *     be written, or is being fetched by another process; or if the thread is interrupted
   */
  public void run(Progress progress) {
    try {
      Files.createDirectories(file.getParent());
      // Not a channel, which an interruption would close with what came still to be told.
      try (RandomAccessFile out = new RandomAccessFile(part.toFile(), "rw")) {
        if (!locked(out)) {
          throw new DataException(
              "%s is being fetched by another process, into %s; wait for it"
                  .formatted(address, part));
        }
        fill(out, progress);
      }
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be written (%s); make room or name another place with -Ddata.dir"
              .formatted(part, e),
          e);
    }
  }

  /** The lock goes with the channel. */
  private static boolean locked(RandomAccessFile out) throws IOException {
    try {
      FileLock lock = out.getChannel().tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void fill(RandomAccessFile out, Progress progress) throws IOException {
    boolean keep = true;
    ExecutorService waiting = Executors.newSingleThreadExecutor(Download::daemon);
    try {
      receive(out, progress, waiting);
      String found = md5(out);
      if (!found.equals(md5)) {
        keep = false;
        throw new DataException(
            "%s gave another file than the published one: the MD5 of its %d bytes is %s, expected %s; they were removed; %s"
                .formatted(address, out.length(), found, md5, byHand()));
      }
      out.getFD().sync();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(version);
    } finally {
      waiting.shutdownNow();
      if (!keep || out.length() == 0) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(version);
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "download");
    thread.setDaemon(true);
    return thread;
  }

  private void receive(RandomAccessFile out, Progress progress, ExecutorService waiting)
      throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience.connection())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    Duration pause = patience.pause();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          attempt(client, out, progress, waiting);
          return;
        } catch (Broken e) {
          if (attempt == patience.attempts()) {
            throw new DataException(
                "%s could not be fetched, in %d attempts: %s; %s; run again, or %s"
                    .formatted(address, attempt, e.getMessage(), kept(out), byHand()),
                e);
          }
        }
        Thread.sleep(pause.toMillis());
        pause = pause.multipliedBy(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(
          "%s was not fetched: interrupted; %s".formatted(address, kept(out)), e);
    }
  }

  private void attempt(
      HttpClient client, RandomAccessFile out, Progress progress, ExecutorService waiting)
      throws Broken, IOException, InterruptedException {
    Optional<String> known = known();
    if (known.isEmpty()) {
      out.setLength(0);
    }
    long have = out.length();
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (have > 0) {
      request.header("Range", "bytes=%d-".formatted(have)).header("If-Range", known.orElseThrow());
    }
    HttpResponse<InputStream> response =
        await(client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> {
          begin(out, response.headers());
          long total = response.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN);
          append(body, out, total, progress, waiting);
        }
        case 206 -> {
          Matcher range =
              CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
          // A server need not repeat the version that the request named.
          if (!range.matches()
              || Long.parseLong(range.group(1)) != have
              || !version(response.headers()).or(() -> known).equals(known)) {
            Files.deleteIfExists(version);
            throw new Broken("the server answered with a part that doesn't continue what came");
          }
          long total = range.group(2).equals("*") ? UNKNOWN : Long.parseLong(range.group(2));
          append(body, out, total, progress, waiting);
        }
        case 416 -> {
          // Perhaps all of it had come, and only its checksum was not looked at any more.
          if (!md5(out).equals(md5)) {
            Files.deleteIfExists(version);
            throw new Broken("the server's file is no longer than the part that came");
          }
        }
        case 408, 429, 500, 502, 503, 504 ->
            throw new Broken("the server answered %d".formatted(response.statusCode()));
        default ->
            throw new DataException(
                "%s could not be fetched: the server answered %d%s; %s; %s"
                    .formatted(
                        response.uri(),
                        response.statusCode(),
                        response.headers().firstValue("Location").map(" to "::concat).orElse(""),
                        kept(out),
                        byHand()));
      }
    }
  }

  /** Drops what has come, and begins a part of the version that the server answers with. */
  private void begin(RandomAccessFile out, HttpHeaders headers) throws IOException {
    out.setLength(0);
    Optional<String> answered = version(headers);
    if (answered.isPresent()) {
      Files.writeString(version, answered.get());
    } else {
      Files.deleteIfExists(version);
    }
  }

  /** What {@code If-Range} may name: a weak ETag doesn't promise the same bytes. */
  private static Optional<String> version(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"));
  }

  /** The version of the file that the part belongs to, if it is known. */
  private Optional<String> known() throws IOException {
    return Files.exists(version)
        ? Optional.of(Files.readString(version).strip())
        : Optional.empty();
  }

  private void append(
      InputStream body,
      RandomAccessFile out,
      long total,
      Progress progress,
      ExecutorService waiting)
      throws Broken, IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    out.seek(out.length());
    progress.received(out.length(), total);
    // The client has no limit of its own on how long a body may stand still.
    int got = await(waiting.submit(() -> body.read(buffer)));
    while (got >= 0) {
      out.write(buffer, 0, got);
      progress.received(out.length(), total);
      got = await(waiting.submit(() -> body.read(buffer)));
    }
    if (total != UNKNOWN && out.length() != total) {
      throw new Broken("the connection ended after %d of %d bytes".formatted(out.length(), total));
    }
  }

  private <T> T await(Future<T> event) throws Broken, InterruptedException {
    try {
      return event.get(patience.silence().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      event.cancel(true);
      throw new Broken("nothing came for %s s".formatted(patience.silence().toMillis() / 1e3));
    } catch (ExecutionException e) {
      throw new Broken(e.getCause());
    }
  }

  private static String md5(RandomAccessFile content) throws IOException {
    content.seek(0);
    return DigestUtils.md5Hex(new FileInputStream(content.getFD()));
  }

  private String kept(RandomAccessFile out) throws IOException {
    return out.length() > 0 && known().isPresent()
        ? "the %d bytes that came are kept in %s, and a further run fetches the rest"
            .formatted(out.length(), part)
        : "nothing that came can be used";
  }

  private String byHand() {
    return "fetch it by hand (MD5 %s) to %s".formatted(md5, file);
  }
}
