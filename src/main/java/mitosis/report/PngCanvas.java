package mitosis.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws into an image in memory; needs no display. */
final class PngCanvas implements Canvas {

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
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
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
