package mitosis.claims.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What Allure shows of a run as a whole, on its first page. */
final class AllureEnvironment {

  private AllureEnvironment() {}

  /** Writes it where Allure looks for it. */
  static void write(Map<String, String> environment) {
    Path results = Path.of(System.getProperty("allure.results.directory", "allure-results"));
    Properties properties = new Properties();
    properties.putAll(environment);
    properties.put("which claims hold where", "reports/index.html");
    try {
      Files.createDirectories(results);
      try (Writer file = Files.newBufferedWriter(results.resolve("environment.properties"))) {
        properties.store(file, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + results, e);
    }
  }
}
