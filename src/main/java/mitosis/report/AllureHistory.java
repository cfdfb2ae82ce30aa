package mitosis.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import mitosis.claim.ClaimResult;
import mitosis.claim.Decimal;
import mitosis.claim.Verdict;

/**
 * Hands Allure what is not in its tests' own results, before it makes its report: the earlier runs,
 * for its trend and each test's history, the first page, as an attachment of every test, and the
 * categories that it sorts failures by.
 */
public final class AllureHistory {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Allure's words for how a test can end. */
  private static final List<String> STATUSES =
      List.of("failed", "broken", "skipped", "passed", "unknown");

  private final List<ClaimResult> results;
  private final History.Past past;

  AllureHistory(List<ClaimResult> results, History.Past past) {
    this.results = results;
    this.past = past;
  }

  /**
   * @param args claims.json, the history's folder, the folder of Allure's results, the first page,
   *     and the file of categories; does nothing if no claim left a result
   * @throws UncheckedIOException if a file cannot be read or written
   */
  public static void main(String[] args) {
    Path claims = Path.of(args[0]);
    if (!Files.exists(claims)) {
      return;
    }
    History.Past past = new History(Path.of(args[1])).read();
    past.unread().forEach(System.out::println);
    Path folder = Path.of(args[2]);
    try {
      new AllureHistory(new ClaimsJson(claims).read(), past).write(folder);
      Path page = Path.of(args[3]);
      if (Files.exists(page)) {
        attach(Files.readString(page), folder);
      }
      Files.copy(
          Path.of(args[4]), folder.resolve("categories.json"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot hand the history to Allure in " + folder, e);
    }
  }

  /** A test in Allure's results. */
  private record Test(String uuid, String historyId, String name) {}

  /** Writes the files in which Allure looks for earlier runs. */
  void write(Path folder) throws IOException {
    Path history = Files.createDirectories(folder.resolve("history"));
    JSON.writeValue(history.resolve("history-trend.json").toFile(), trend());
    JSON.writeValue(history.resolve("history.json").toFile(), histories(tests(folder)));
  }

  /** How many tests ended how, commit by commit, the latest first. */
  ArrayNode trend() {
    Map<String, List<PastResult>> commits = new LinkedHashMap<>();
    earlier().forEach(r -> commits.computeIfAbsent(r.commit(), c -> new ArrayList<>()).add(r));
    ArrayNode trend = JSON.createArrayNode();
    int order = commits.size();
    List<Map.Entry<String, List<PastResult>>> latestFirst = new ArrayList<>(commits.entrySet());
    Collections.reverse(latestFirst);
    for (Map.Entry<String, List<PastResult>> commit : latestFirst) {
      trend
          .addObject()
          .put("buildOrder", order--)
          .put("reportName", commit.getKey())
          .set("data", statistic(commit.getValue()));
    }
    return trend;
  }

  /** The earlier results of each test, the latest first, by Allure's own name for the test. */
  private ObjectNode histories(List<Test> tests) {
    Map<String, String> ids =
        tests.stream()
            .collect(Collectors.toMap(Test::name, Test::historyId, (first, second) -> second));
    ObjectNode root = JSON.createObjectNode();
    for (ClaimResult result : results) {
      String id = ids.get(ClaimsPage.testName(result));
      List<PastResult> before = new ArrayList<>(earlier(result));
      if (id == null || before.isEmpty()) {
        continue;
      }
      Collections.reverse(before);
      ObjectNode test = root.putObject(id);
      test.set("statistic", statistic(before));
      ArrayNode items = test.putArray("items");
      before.forEach(r -> items.add(item(r)));
    }
    return root;
  }

  private static ObjectNode item(PastResult result) {
    long time = result.time().toEpochMilli();
    ObjectNode item = JSON.createObjectNode();
    item.put("uid", result.commit())
        .put("status", status(result.verdict()))
        .put("statusDetails", sentence(result));
    item.putObject("time").put("start", time).put("stop", time).put("duration", 0);
    return item;
  }

  private static String sentence(PastResult result) {
    return result.verdict()
        + (result.measured().isPresent()
            ? ": " + Decimal.text(result.measured().getAsDouble())
            : "")
        + result.interval().map(interval -> " " + interval).orElse("")
        + " at commit "
        + result.commit();
  }

  /** What other commits found of the quantities of this run, oldest first. */
  private List<PastResult> earlier() {
    return results.stream()
        .flatMap(result -> earlier(result).stream())
        .sorted(Comparator.comparing(PastResult::time))
        .toList();
  }

  private List<PastResult> earlier(ClaimResult result) {
    String commit = PastResult.commit(result);
    return past.of(result).stream().filter(other -> !other.commit().equals(commit)).toList();
  }

  private static ObjectNode statistic(List<PastResult> results) {
    ObjectNode data = JSON.createObjectNode();
    for (String status : STATUSES) {
      data.put(status, results.stream().filter(r -> status(r.verdict()).equals(status)).count());
    }
    return data.put("total", results.size());
  }

  private static String status(Verdict verdict) {
    return switch (verdict) {
      case REPRODUCED -> "passed";
      case NOT_REPRODUCED -> "failed";
      case UNDERPOWERED, UNTESTED -> "skipped";
    };
  }

  /** Attaches the page to all tests, as what is done after them. */
  static void attach(String page, Path folder) throws IOException {
    // Allure shows it in a frame from which no link leads anywhere.
    String source = UUID.randomUUID() + "-attachment.html";
    Files.writeString(
        folder.resolve(source), ClaimsPage.withoutLinks(page), StandardCharsets.UTF_8);
    ObjectNode container = JSON.createObjectNode().put("uuid", UUID.randomUUID().toString());
    ArrayNode children = container.putArray("children");
    tests(folder).forEach(test -> children.add(test.uuid()));
    ObjectNode after = container.putArray("afters").addObject();
    after
        .put("name", "Which claims hold on which system")
        .put("status", "passed")
        .put("stage", "finished");
    after
        .putArray("attachments")
        .addObject()
        .put("name", "all claims and systems")
        .put("type", "text/html")
        .put("source", source);
    JSON.writeValue(
        folder.resolve(container.get("uuid").asText() + "-container.json").toFile(), container);
  }

  private static List<Test> tests(Path folder) throws IOException {
    List<Test> tests = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*-result.json")) {
      for (Path file : files) {
        JsonNode test = JSON.readTree(file.toFile());
        tests.add(
            new Test(
                test.path("uuid").asText(),
                test.path("historyId").asText(),
                test.path("fullName").asText()));
      }
    }
    return tests;
  }
}
