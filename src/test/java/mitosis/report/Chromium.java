package mitosis.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A browser without a window, driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {

  private static final String ABSENT =
      "no chromium, chromium-browser or google-chrome on the PATH, so no page is opened in a"
          + " browser; install one, e.g. apt-get install chromium";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private volatile boolean loaded;

  /** Where the browser is; without one the test is skipped, and says so. */
  static Path installed() {
    Optional<Path> program =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(
                folder ->
                    Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      // Surefire keeps the reason of a skipped test to its files.
      System.out.println("SKIPPED: " + ABSENT);
    }
    assumeTrue(program.isPresent(), ABSENT);
    return program.get();
  }

  /**
   * Starts the browser.
   *
   * @param program as {@link #installed} says
   * @param profile an empty folder for what the browser writes
   */
  Chromium(Path program, Path profile) throws IOException {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                // Only pages of our own are opened, and containers run as root.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("browser.log").toFile())
            .start();
    try {
      Path port = profile.resolve("DevToolsActivePort");
      await("the browser to listen", () -> lines(port).size() > 1);
      socket = connect(page(lines(port).get(0)));
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        call(domain + ".enable", Map.of());
      }
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Opens a page and waits until it is loaded. */
  void open(URI address) {
    loaded = false;
    call("Page.navigate", Map.of("url", address.toString()));
    await(address + " to load", () -> loaded);
  }

  /** What an expression comes to in the page. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression is true in the page. */
  void await(String expression) {
    await(expression, () -> evaluate(expression).asBoolean());
  }

  /** Shows the page on a screen of that size, in CSS pixels. */
  void screen(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /**
   * Asks for pages by day or by night.
   *
   * @param scheme {@code light} or {@code dark}
   */
  void prefers(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The whole page as a PNG file's content. */
  byte[] picture() {
    JsonNode answer =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode(answer.path("data").asText());
  }

  /** Errors in the console, and what was asked for from elsewhere, since the browser started. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {
    try {
      // Asked to go, it clears up what it keeps outside of its profile.
      call("Browser.close", Map.of());
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    } finally {
      socket.abort();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static URI page(String port) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    try {
      String targets =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode target : JSON.readTree(targets)) {
        if (target.path("type").asText().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asText());
        }
      }
      throw new IOException("the browser has no page: " + targets);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private WebSocket connect(URI address) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(address, new Listener())
        .join();
  }

  private synchronized JsonNode call(String method, Map<String, Object> parameters) {
    int id = calls.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode content = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (content.has("error")) {
        throw new IllegalStateException(method + ": " + content.get("error"));
      }
      return content.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " was not answered", e);
    }
  }

  private void await(String what, BooleanSupplier come) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!come.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Takes answers to their callers and notes what went wrong. */
  private final class Listener implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        take(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String text) {
      JsonNode content;
      try {
        content = JSON.readTree(text);
      } catch (IOException e) {
        problems.add("the browser said " + text);
        return;
      }
      if (content.has("id")) {
        answers.remove(content.get("id").asInt()).complete(content);
        return;
      }
      JsonNode event = content.path("params");
      switch (content.path("method").asText()) {
        case "Page.loadEventFired" -> loaded = true;
        // Scripts that are part of the page stand in the trace with all their text.
        case "Runtime.exceptionThrown" ->
            problems.add(
                event.at("/exceptionDetails/exception/description").asText().split("\n")[0]);
        case "Runtime.consoleAPICalled" -> note(event, event.path("type").asText());
        case "Log.entryAdded" -> note(event, event.path("entry").path("level").asText());
        case "Network.requestWillBeSent" -> {
          String url = event.path("request").path("url").asText();
          if (!url.matches("(?s)(file|data|about|blob):.*")) {
            problems.add("asked for " + url);
          }
        }
        default -> {
          // The protocol tells of much else.
        }
      }
    }

    private void note(JsonNode event, String level) {
      if (level.equals("error")) {
        problems.add(event.toString());
      }
    }
  }
}
