package mitosis.report;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

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
}
