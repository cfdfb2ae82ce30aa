package mitosis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import mitosis.report.ClaimsPage.Theme;

/** What must be true of a first page that is open in a browser. */
final class BrowsedPage {

  /** Texts, as the browser paints them, whose contrast is below 4.5 to 1 (WCAG 2.1). */
  private static final String FAINT =
      """
      (() => {
        const numbers = css => css.match(/[\\d.]+/g).map(Number);
        const luminance = rgb => {
          const [r, g, b] = rgb.map(c => c / 255)
              .map(c => c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = element => {
          for (let e = element; e; e = e.parentElement) {
            const color = numbers(getComputedStyle(e).backgroundColor);
            if (color.length < 4 || color[3] > 0) return color.slice(0, 3);
          }
          return [255, 255, 255];
        };
        const faint = [];
        let seen = 0;
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const element = texts.currentNode.parentElement;
          if (!texts.currentNode.data.trim() || element.closest('svg, .unseen')) continue;
          seen++;
          const a = luminance(numbers(getComputedStyle(element).color).slice(0, 3));
          const b = luminance(ground(element));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) faint.push(ratio.toFixed(2) + ' ' + texts.currentNode.data);
        }
        return seen < 20 ? 'only ' + seen + ' texts' : faint.join('\\n');
      })()
      """;

  private static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  private BrowsedPage() {}

  /**
   * By day and night, on a phone and a desk: no error, no faint text, no way to scroll sideways.
   */
  static void check(Chromium browser, URI page) {
    browser.open(page);
    for (String scheme : List.of("light", "dark")) {
      browser.prefers(scheme);
      for (int width : new int[] {360, 390, 768, 1280, 1920}) {
        browser.screen(width, 900);
        String where = page + " at " + width + " pixels, " + scheme;
        assertThat(browser.evaluate(FAINT).asText()).as(where).isEmpty();
        assertThat(browser.evaluate(OVERFLOW).asInt()).as(where).isZero();
      }
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo(scheme.equals("dark") ? rgb(Theme.DARK) : rgb(Theme.LIGHT));
    }
    assertThat(browser.problems()).isEmpty();
  }

  private static String rgb(Theme theme) {
    return "rgb(%d, %d, %d)"
        .formatted(theme.page().getRed(), theme.page().getGreen(), theme.page().getBlue());
  }
}
