package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Allure puts a test into every category whose statuses have its status and whose pattern is its
 * whole message.
 */
class CategoriesTest {

  private static List<String> categories(String status, String message) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream file = CategoriesTest.class.getResourceAsStream("/categories.json")) {
      for (JsonNode category : new ObjectMapper().readTree(file)) {
        boolean matches = false;
        for (JsonNode matched : category.get("matchedStatuses")) {
          matches |= matched.asText().equals(status);
        }
        JsonNode pattern = category.get("messageRegex");
        if (matches && (pattern == null || message.matches(pattern.asText()))) {
          names.add(category.get("name").asText());
        }
      }
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "passed | '' | REPRODUCED: measured, and the claim holds",
        "failed | NOT_REPRODUCED: C06 | NOT_REPRODUCED: measured, and the claim does not hold",
        "skipped | UNDERPOWERED: C06 | UNDERPOWERED: measured, and not decided",
        "skipped | UNTESTED: C06 | UNTESTED: not measured",
        "broken | boom | An error in the suite",
        "failed | expected 1 | A failure that is no verdict",
        "skipped | disabled | Skipped without a verdict",
      })
  void every_ending_has_one_category(String status, String message, String category)
      throws IOException {
    assertThat(categories(status, message)).containsExactly(category);
  }

  @ParameterizedTest
  @CsvSource({"skipped, UNDERPOWERED", "failed, NOT_REPRODUCED"})
  void a_wrong_control_is_shown_beside_the_verdict(String status, String verdict)
      throws IOException {
    assertThat(categories(status, verdict + ": C06.\n" + SampleResults.WRONG + "."))
        .hasSize(2)
        .contains("A control came out wrong: the check cannot be relied on");
  }
}
