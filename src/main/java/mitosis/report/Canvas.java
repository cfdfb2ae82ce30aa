package mitosis.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** A surface to draw on, in pixels from the upper left corner. */
interface Canvas {

  /** Where a text's position lies in it. */
  enum Anchor {
    START(0),
    MIDDLE(0.5),
    END(1);

    private final double share;

    Anchor(double share) {
      this.share = share;
    }

    /** The share of the text's width that lies left of its position. */
    double share() {
      return share;
    }
  }

  /**
   * How a line is drawn.
   *
   * @param color its colour
   * @param width its width in pixels
   * @param dashed whether it is broken
   */
  record Pen(Color color, double width, boolean dashed) {
    static final float[] DASH = {7, 5};
  }

  /**
   * How text is written.
   *
   * @param size the font's size in pixels
   * @param bold whether it is bold
   * @param color its colour
   * @param anchor where its position lies in it
   * @param upright whether it runs from bottom to top
   */
  record Lettering(double size, boolean bold, Color color, Anchor anchor, boolean upright) {}

  void fill(Shape shape, Color color);

  void stroke(Shape shape, Pen pen);

  /** Writes text with its baseline at the position. */
  void write(RichText text, double x, double y, Lettering lettering);

  /** Limits what follows to a rectangle; null lifts the limit. */
  void clip(Rectangle2D limit);

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

  /** Draws as Scalable Vector Graphics 1.1; text stays text. */
  static final class SvgCanvas implements Canvas {

    private final StringBuilder svg = new StringBuilder();
    private int clips;
    private boolean clipped;

    /**
     * @param title read out by screen readers and shown when the pointer rests on the figure
     */
    SvgCanvas(int width, int height, String title) {
      svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
          .append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"")
          .append(width)
          .append("\" height=\"")
          .append(height)
          .append("\" viewBox=\"0 0 ")
          .append(width)
          .append(' ')
          .append(height)
          .append(
              "\" font-family=\"Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif\">\n")
          .append("<title>")
          .append(escaped(title))
          .append("</title>\n");
      fill(new Rectangle2D.Double(0, 0, width, height), Color.WHITE);
    }

    @Override
    public void fill(Shape shape, Color color) {
      svg.append("<path d=\"").append(path(shape)).append("\" fill=\"").append(hex(color));
      if (color.getAlpha() < 255) {
        svg.append("\" fill-opacity=\"").append(number(color.getAlpha() / 255.0));
      }
      svg.append("\"/>\n");
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
      svg.append("<path d=\"")
          .append(path(shape))
          .append("\" fill=\"none\" stroke-linejoin=\"round\" stroke=\"")
          .append(hex(pen.color()))
          .append("\" stroke-width=\"")
          .append(number(pen.width()));
      if (pen.dashed()) {
        svg.append("\" stroke-dasharray=\"")
            .append(number(Pen.DASH[0]))
            .append(' ')
            .append(number(Pen.DASH[1]));
      }
      svg.append("\"/>\n");
    }

    @Override
    public void write(RichText text, double x, double y, Lettering lettering) {
      double size = lettering.size();
      svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
      if (lettering.upright()) {
        svg.append("\" transform=\"rotate(-90 ")
            .append(number(x))
            .append(' ')
            .append(number(y))
            .append(')');
      }
      svg.append("\" text-anchor=\"")
          .append(
              switch (lettering.anchor()) {
                case START -> "start";
                case MIDDLE -> "middle";
                case END -> "end";
              })
          .append("\" font-size=\"")
          .append(number(size))
          .append(lettering.bold() ? "\" font-weight=\"bold" : "")
          .append("\" fill=\"")
          .append(hex(lettering.color()))
          .append("\">");
      double drop = 0;
      for (RichText.Run run : text.runs()) {
        // dy moves the baseline for all that follows, so each run says how far from the last one.
        svg.append("<tspan dy=\"")
            .append(number(run.drop(size) - drop))
            .append("\" font-size=\"")
            .append(number(run.font(size, lettering.bold()).getSize2D()))
            .append("\">")
            .append(escaped(run.text()))
            .append("</tspan>");
        drop = run.drop(size);
      }
      svg.append("</text>\n");
    }

    @Override
    public void clip(Rectangle2D limit) {
      if (clipped) {
        svg.append("</g>\n");
      }
      clipped = limit != null;
      if (clipped) {
        clips++;
        svg.append("<clipPath id=\"clip")
            .append(clips)
            .append("\"><path d=\"")
            .append(path(limit))
            .append("\"/></clipPath>\n<g clip-path=\"url(#clip")
            .append(clips)
            .append(")\">\n");
      }
    }

    /** The finished document; nothing may be drawn afterwards. */
    String document() {
      clip(null);
      return svg.append("</svg>\n").toString();
    }

    private static String path(Shape shape) {
      StringBuilder d = new StringBuilder();
      double[] at = new double[6];
      for (PathIterator part = shape.getPathIterator(null); !part.isDone(); part.next()) {
        int kind = part.currentSegment(at);
        int numbers =
            switch (kind) {
              case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
              case PathIterator.SEG_QUADTO -> 4;
              case PathIterator.SEG_CUBICTO -> 6;
              default -> 0;
            };
        d.append("MLQCZ".charAt(kind));
        for (int i = 0; i < numbers; i++) {
          d.append(i == 0 ? "" : " ").append(number(at[i]));
        }
      }
      return d.toString();
    }

    private static String number(double value) {
      return BigDecimal.valueOf(value)
          .setScale(2, RoundingMode.HALF_EVEN)
          .stripTrailingZeros()
          .toPlainString();
    }

    private static String hex(Color color) {
      return String.format("#%06x", color.getRGB() & 0xffffff);
    }

    private static String escaped(String text) {
      return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }

  /** Draws into an image in memory; needs no display. */
  static final class PngCanvas implements Canvas {

    private final BufferedImage image;
    private final Graphics2D graphics;

    PngCanvas(int width, int height) {
      image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      graphics = image.createGraphics();
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      fill(new Rectangle2D.Double(0, 0, width, height), Color.WHITE);
    }

    @Override
    public void fill(Shape shape, Color color) {
      graphics.setColor(color);
      graphics.fill(shape);
    }

    @Override
    public void stroke(Shape shape, Pen pen) {
      graphics.setColor(pen.color());
      graphics.setStroke(
          new BasicStroke(
              (float) pen.width(),
              BasicStroke.CAP_BUTT,
              BasicStroke.JOIN_ROUND,
              1,
              pen.dashed() ? Pen.DASH : null,
              0));
      graphics.draw(shape);
    }

    @Override
    public void write(RichText text, double x, double y, Lettering lettering) {
      AffineTransform before = graphics.getTransform();
      graphics.translate(x, y);
      if (lettering.upright()) {
        graphics.rotate(-Math.PI / 2);
      }
      graphics.setColor(lettering.color());
      double size = lettering.size();
      double at = -lettering.anchor().share() * text.width(size, lettering.bold());
      for (RichText.Run run : text.runs()) {
        graphics.setFont(run.font(size, lettering.bold()));
        graphics.drawString(run.text(), (float) at, (float) run.drop(size));
        at += run.width(size, lettering.bold());
      }
      graphics.setTransform(before);
    }

    @Override
    public void clip(Rectangle2D limit) {
      graphics.setClip(limit);
    }

    /** The finished image as a PNG file's content; nothing may be drawn afterwards. */
    byte[] bytes() {
      graphics.dispose();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot encode a PNG in memory", e);
      }
      return bytes.toByteArray();
    }
  }
}
