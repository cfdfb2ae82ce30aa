package mitosis.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of text with raised and lowered parts.
 *
 * @param runs its parts from left to right
 */
record RichText(List<Run> runs) {

  /**
   * The font of figures: metrically that of Arial and Helvetica, so that SVG viewers place text
   * alike.
   */
  private static final String FAMILY = "Liberation Sans";

  private static final double SMALL = 0.72;
  private static final Pattern SHIFTED = Pattern.compile("([\\^_])\\{([^}]*)\\}");
  private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  /**
   * A part of a line.
   *
   * @param text its characters
   * @param level 1 if raised, −1 if lowered, else 0
   */
  record Run(String text, int level) {

    Font font(double size, boolean bold) {
      float scaled = (float) (level == 0 ? size : size * SMALL);
      Font font = new Font(FAMILY, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont(scaled);
      // A physical font does not borrow glyphs it lacks, such as ∝, from others; the logical one
      // does.
      return font.canDisplayUpTo(text) < 0
          ? font
          : new Font(Font.SANS_SERIF, font.getStyle(), 1).deriveFont(scaled);
    }

    /** How far the baseline moves down, in pixels. */
    double drop(double size) {
      return level > 0 ? -0.38 * size : level < 0 ? 0.2 * size : 0;
    }

    double width(double size, boolean bold) {
      return font(size, bold).getStringBounds(text, MEASURE).getWidth();
    }
  }

  /** Reads text in which {@code ^{…}} is raised and {@code _{…}} lowered. */
  static RichText parse(String text) {
    List<Run> runs = new ArrayList<>();
    Matcher shifted = SHIFTED.matcher(text);
    int done = 0;
    while (shifted.find()) {
      if (shifted.start() > done) {
        runs.add(new Run(text.substring(done, shifted.start()), 0));
      }
      runs.add(new Run(shifted.group(2), shifted.group(1).equals("^") ? 1 : -1));
      done = shifted.end();
    }
    if (done < text.length()) {
      runs.add(new Run(text.substring(done), 0));
    }
    return new RichText(List.copyOf(runs));
  }

  double width(double size, boolean bold) {
    return runs.stream().mapToDouble(run -> run.width(size, bold)).sum();
  }
}
