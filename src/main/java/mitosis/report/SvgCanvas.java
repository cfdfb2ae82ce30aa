package mitosis.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Draws as Scalable Vector Graphics 1.1; text stays text. */
final class SvgCanvas implements Canvas {

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
        .append("\" font-family=\"Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif\">\n")
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
