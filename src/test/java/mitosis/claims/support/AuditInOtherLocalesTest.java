package mitosis.claims.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mitosis.claim.ClaimResult;
import mitosis.claim.RecordedPower;
import mitosis.claim.Verdict;
import mitosis.report.ClaimsJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One claim of an audit, in a process with the options of the build, for users of other locales.
 */
class AuditInOtherLocalesTest {

  @TempDir private Path suite;

  /**
   * @param args none
   */
  public static void main(String[] args) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    DiscoverySelectors.selectClass(
                        "mitosis.claims.C15CloneCountClaims$OnExternalNetwork"))
                .build());
  }

  @Test
  void an_audit_counts_clones_in_plain_digits_where_the_language_is_persian() throws Exception {
    expectPlainDigits("-Duser.language=fa -Duser.country=IR");
  }

  @Tag("process")
  @ParameterizedTest
  @ValueSource(
      strings = {"-Duser.language=ar -Duser.country=EG", "-Duser.language=mr -Duser.country=IN"})
  void an_audit_counts_clones_in_plain_digits_in_other_locales_too(String locale) throws Exception {
    expectPlainDigits(locale);
  }

  private void expectPlainDigits(String locale) throws Exception {
    Path expected = Files.createDirectory(suite.resolve("expected"));
    for (String file : List.of("claims.yaml", "subject.yaml", RecordedPower.FILE)) {
      Files.copy(Path.of("expected", file), expected.resolve(file));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Files.readAllLines(Path.of(".mvn", "jvm.config")));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dsubject=" + Path.of("fixtures", "subject-pmnist-w64").toAbsolutePath(),
            "-Dallure.results.directory=" + suite.resolve("allure-results"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AuditInOtherLocalesTest.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(suite.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_TOOL_OPTIONS", locale);

    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    List<ClaimResult> results = new ClaimsJson(suite.resolve("reports/claims.json")).read();
    assertThat(results)
        .as(output)
        .extracting(ClaimResult::verdict)
        .containsOnly(Verdict.UNDERPOWERED);
    assertThat(texts(suite.resolve("reports")))
        .isNotEmpty()
        .noneMatch(AuditInOtherLocalesTest::hasOtherDigits);
  }

  private static List<String> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(json|md|html|svg)"))
          .map(AuditInOtherLocalesTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasOtherDigits(String text) {
    return text.codePoints().anyMatch(letter -> letter > 127 && Character.isDigit(letter));
  }
}
