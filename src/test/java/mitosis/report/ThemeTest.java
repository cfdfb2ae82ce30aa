package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThemeTest {

  static Stream<Theme> themes() {
    return Stream.of(Theme.LIGHT, Theme.DARK);
  }

  @ParameterizedTest
  @MethodSource("themes")
  void text_has_a_contrast_of_four_and_a_half_on_every_ground(Theme theme) {
    for (Map.Entry<String, Color> text : theme.texts().entrySet()) {
      for (Color ground : theme.grounds()) {
        assertThat(contrast(text.getValue(), ground)).as(text.getKey()).isGreaterThan(4.5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("themes")
  void a_trend_has_a_contrast_of_three_on_its_band(Theme theme) {
    assertThat(contrast(theme.quiet(), theme.band())).isGreaterThan(3);
    theme
        .verdicts()
        .forEach(
            (verdict, color) ->
                assertThat(contrast(color, theme.band())).as(verdict.name()).isGreaterThan(3));
  }

  @Test
  void the_contrast_is_that_of_wcag() {
    // WCAG 2.1's extremes, and its well-known lightest grey that passes on white.
    assertThat(contrast(Color.BLACK, Color.WHITE)).isEqualTo(21);
    assertThat(contrast(new Color(0x767676), Color.WHITE)).isBetween(4.5, 4.6);
  }

  /** Contrast ratio of two colours (WCAG 2.1). */
  private static double contrast(Color one, Color other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
