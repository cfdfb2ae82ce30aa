package mitosis.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one file at any path, as well or as badly as a test needs. */
final class FileServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private volatile byte[] content;
  private volatile String version = "\"first\"";
  private volatile String versionHeader = "ETag";
  private volatile boolean ranges = true;
  private volatile int cuts;
  private volatile int cutAfter;
  private volatile int status;
  private volatile int shift;
  private volatile URI moved;
  private volatile boolean stalling;
  private volatile long seen;

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Path and range of each request so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  FileServer now(byte[] other, String otherVersion) {
    content = other;
    version = otherVersion;
    return this;
  }

  /** Tells versions apart by another header than ETag. */
  FileServer versionIn(String header, String value) {
    versionHeader = header;
    version = value;
    return this;
  }

  FileServer withoutRanges() {
    ranges = false;
    return this;
  }

  /** The next answers break off after so many bytes, once the client has {@link #seen} them. */
  FileServer cutting(int times, int bytes) {
    cuts = times;
    cutAfter = bytes;
    return this;
  }

  /** A client that is cut off drops what it hasn't looked at yet. */
  void seen(long bytes) {
    seen = bytes;
  }

  FileServer answering(int code) {
    status = code;
    return this;
  }

  /** Redirects whoever comes to {@code /old}. */
  FileServer moved(URI to) {
    moved = to;
    return this;
  }

  /** Answers from so many bytes further on than was asked. */
  FileServer shifting(int bytes) {
    shift = bytes;
    return this;
  }

  /** Cuts don't end the connection. */
  FileServer stalling() {
    stalling = true;
    return this;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(path + " " + (range == null ? "whole" : range));
      if (moved != null && path.equals("/old")) {
        exchange.getResponseHeaders().set("Location", moved.toString());
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      if (status != 0) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      exchange.getResponseHeaders().set(versionHeader, version);
      int from = 0;
      int code = 200;
      if (ranges
          && range != null
          && version.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
        from = Integer.parseInt(range.replaceAll("\\D", "")) + shift;
        code = 206;
        if (from >= content.length) {
          exchange.sendResponseHeaders(416, -1);
          return;
        }
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      }
      byte[] body = Arrays.copyOfRange(content, from, content.length);
      exchange.sendResponseHeaders(code, body.length);
      if (cuts > 0) {
        cuts--;
        exchange.getResponseBody().write(body, 0, cutAfter);
        exchange.getResponseBody().flush();
        for (int ms = 0; ms < 10_000 && seen < from + cutAfter; ms++) {
          Thread.sleep(1);
        }
        if (stalling) {
          Thread.sleep(60_000);
        }
      } else {
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
