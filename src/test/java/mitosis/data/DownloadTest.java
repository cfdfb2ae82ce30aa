package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

  private static final int SIZE = 300_000;
  private static final byte[] CONTENT = random(1, SIZE);
  private static final byte[] OTHER = random(2, SIZE);

  @TempDir private Path folder;
  private FileServer server;
  private final List<Long> received = new ArrayList<>();
  private long lastTotal;
  private Duration silence = Duration.ofSeconds(30);

  @BeforeEach
  void serve() throws IOException {
    server = new FileServer(CONTENT);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void fetches_a_file_and_tells_how_it_gets_on() throws Exception {
    run(1);
    expectWhole();
    assertThat(received).isSorted().startsWith(0L).endsWith((long) SIZE);
    assertThat(lastTotal).isEqualTo(SIZE);
    assertThat(server.requests()).containsExactly("/file whole");
  }

  @Test
  void replaces_a_file_that_was_there() throws Exception {
    Files.write(file(), OTHER);
    run(1);
    expectWhole();
  }

  @Test
  void goes_on_at_once_where_the_connection_broke_off() throws Exception {
    server.cutting(2, 1_000);
    run(3);
    expectWhole();
    assertThat(server.requests())
        .containsExactly("/file whole", "/file bytes=1000-", "/file bytes=2000-");
    assertThat(received).isSorted();
  }

  @Test
  void goes_on_in_a_further_run() throws Exception {
    server.cutting(1, 70_000);
    expectFailure(
        1,
        "in 1 attempts",
        "the 70000 bytes that came are kept in " + folder.resolve("file.part"),
        "a further run fetches the rest",
        "by hand (MD5 " + SmallCifar.md5(CONTENT) + ") to " + file());
    assertThat(listing()).containsExactly("file.part", "file.part.version");
    assertThat(folder.resolve("file.part")).hasSize(70_000);
    run(1);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file whole", "/file bytes=70000-");
  }

  @Test
  void goes_on_by_the_date_if_there_is_no_tag() throws Exception {
    server.versionIn("Last-Modified", "Thu, 04 Jun 2009 19:00:00 GMT").cutting(1, 500);
    run(2);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file whole", "/file bytes=500-");
  }

  @Test
  void begins_anew_if_versions_cannot_be_told_apart() throws Exception {
    server.versionIn("ETag", "W/\"weak\"").cutting(1, 500);
    expectFailure(1, "nothing that came can be used");
    run(1);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file whole", "/file whole");
  }

  @Test
  void begins_anew_if_the_server_knows_no_ranges() throws Exception {
    server.withoutRanges().cutting(1, 5_000);
    run(2);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file whole", "/file bytes=5000-");
  }

  @Test
  void begins_anew_if_the_file_has_changed() throws Exception {
    server.now(OTHER, "\"old\"").cutting(1, 200_000);
    expectFailure(1, "200000 bytes that came are kept");
    server.now(CONTENT, "\"new\"");
    run(1);
    expectWhole();
  }

  @Test
  void begins_anew_if_the_part_is_longer_than_the_file() throws Exception {
    Files.write(folder.resolve("file.part"), random(3, SIZE + 5));
    Files.writeString(folder.resolve("file.part.version"), "\"first\"");
    run(2);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file bytes=300005-", "/file whole");
  }

  @Test
  void takes_a_part_that_was_whole() throws Exception {
    Files.write(folder.resolve("file.part"), CONTENT);
    Files.writeString(folder.resolve("file.part.version"), "\"first\"");
    run(1);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file bytes=300000-");
  }

  @Test
  void begins_anew_if_the_server_continues_elsewhere() throws Exception {
    server.cutting(1, 500).shifting(7);
    run(3);
    expectWhole();
    assertThat(server.requests()).containsExactly("/file whole", "/file bytes=500-", "/file whole");
  }

  @Test
  void keeps_nothing_of_a_file_that_is_not_the_published_one() throws Exception {
    server.now(OTHER, "\"first\"");
    expectFailure(
        3,
        server.address("/file") + " gave another file than the published one",
        "MD5 of its 300000 bytes is " + SmallCifar.md5(OTHER),
        "expected " + SmallCifar.md5(CONTENT),
        "removed");
    assertThat(listing()).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void keeps_an_earlier_file_if_the_new_one_is_not_the_published_one() throws Exception {
    Files.writeString(file(), "earlier");
    server.now(OTHER, "\"first\"");
    expectFailure(1, "another file");
    assertThat(listing()).containsExactly("file");
    assertThat(file()).hasContent("earlier");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 403, 410})
  void gives_up_at_once_if_the_server_has_no_such_file(int status) throws Exception {
    server.answering(status);
    expectFailure(3, server.address("/file").toString(), "answered " + status, "by hand");
    assertThat(server.requests()).hasSize(1);
    assertThat(listing()).isEmpty();
  }

  @Test
  void keeps_what_came_if_the_server_has_the_file_no_longer() throws Exception {
    server.cutting(1, 500);
    expectFailure(1, "500 bytes that came are kept");
    server.answering(404);
    expectFailure(1, "answered 404", "500 bytes that came are kept");
    server.answering(0);
    run(1);
    expectWhole();
  }

  @Test
  void tries_again_if_the_server_is_busy() throws Exception {
    server.answering(503);
    expectFailure(2, "in 2 attempts", "answered 503", "run again");
    assertThat(server.requests()).hasSize(2);
    assertThat(listing()).isEmpty();
  }

  @Test
  void follows_redirections() throws Exception {
    server.moved(server.address("/file"));
    download(server.address("/old"), 1).run((bytes, total) -> {});
    expectWhole();
    assertThat(server.requests()).containsExactly("/old whole", "/file whole");
  }

  @Test
  void says_where_a_redirection_leads_that_is_not_followed() throws Exception {
    server.moved(URI.create("ftp://127.0.0.1/file"));
    assertThatThrownBy(() -> download(server.address("/old"), 1).run((bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("ftp://127.0.0.1/file");
    assertThat(listing()).isEmpty();
  }

  @Test
  void gives_up_on_a_server_that_falls_silent() throws Exception {
    server.cutting(1, 500).stalling();
    silence = Duration.ofSeconds(1);
    expectFailure(1, "nothing came for 1.0 s", "500 bytes that came are kept");
    run(1);
    expectWhole();
  }

  @Test
  void says_which_server_cannot_be_reached() throws Exception {
    URI nobody;
    try (ServerSocket taken = new ServerSocket(0)) {
      nobody = URI.create("http://127.0.0.1:%d/file".formatted(taken.getLocalPort()));
    }
    assertThatThrownBy(() -> download(nobody, 2).run((bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(nobody.toString(), "in 2 attempts", "ConnectException");
    assertThat(listing()).isEmpty();
  }

  @Test
  void does_not_write_into_what_another_one_is_fetching() throws Exception {
    try (FileChannel other =
        FileChannel.open(
            folder.resolve("file.part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      expectFailure(1, "being fetched by another process");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void says_where_it_cannot_write() throws Exception {
    Files.createDirectory(folder.resolve("file.part"));
    expectFailure(1, folder.resolve("file.part") + " cannot be written");
  }

  @Test
  void an_interrupted_thread_stays_interrupted() {
    Thread.currentThread().interrupt();
    try {
      expectFailure(1, "interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(listing()).isEmpty();
  }

  private Path file() {
    return folder.resolve("file");
  }

  private void run(int attempts) {
    download(server.address("/file"), attempts)
        .run(
            (bytes, total) -> {
              server.seen(bytes);
              received.add(bytes);
              lastTotal = total;
            });
  }

  private Download download(URI address, int attempts) {
    return new Download(
        address,
        file(),
        SmallCifar.md5(CONTENT),
        new Download.Patience(Duration.ofSeconds(30), silence, attempts, Duration.ofMillis(1)));
  }

  private void expectFailure(int attempts, String... findings) {
    assertThatThrownBy(() -> run(attempts))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(findings);
  }

  private void expectWhole() {
    assertThat(file()).hasBinaryContent(CONTENT);
    assertThat(listing()).containsExactly("file");
  }

  private List<String> listing() {
    String[] names = folder.toFile().list();
    Arrays.sort(names);
    return List.of(names);
  }

  private static byte[] random(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
