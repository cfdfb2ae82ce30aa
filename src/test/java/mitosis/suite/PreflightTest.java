package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "mr-IN", "en-US-u-nu-arab", "de-DE"})
  void a_locale_with_digits_or_a_decimal_point_of_its_own_is_refused(String locale) {
    assertThatIllegalStateException()
        .isThrownBy(() -> Preflight.requirePlainNumbers(Locale.forLanguageTag(locale)))
        .withMessageContaining("in the locale " + locale)
        .withMessageContaining("MAVEN_OPTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "en-GB", "ja-JP", "und"})
  void one_with_plain_numbers_is_not(String locale) {
    assertThatCode(() -> Preflight.requirePlainNumbers(Locale.forLanguageTag(locale)))
        .doesNotThrowAnyException();
  }

  @Test
  void a_folder_that_no_class_path_can_hold_is_refused_by_name() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Preflight.requireClassPath(Path.of("/srv/a:b")))
        .withMessageStartingWith("the suite lies in /srv/a:b")
        .withMessageContaining("move it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/srv/a b", "/srv/it's", "/srv/über", "/srv/50%"})
  void one_with_other_uncommon_signs_is_not(String folder) {
    assertThatCode(() -> Preflight.requireClassPath(Path.of(folder))).doesNotThrowAnyException();
  }
}
