package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mitosis.report.Canvas.PngCanvas;
import mitosis.report.Canvas.SvgCanvas;

/** Writes figures as files, 900 by 600 pixels; needs no display. */
public final class FigureRenderer {

  private final Path folder;

  /**
   * @param folder where the files go; made when the first is written
   */
  public FigureRenderer(Path folder) {
    this.folder = folder;
  }

  /**
   * The two files of a figure.
   *
   * @param svg the vector graphic
   * @param png the bitmap
   */
  public record Rendered(Path svg, Path png) {}

  /**
   * A figure as it was drawn.
   *
   * @param svg the SVG document
   * @param png the content of a PNG file
   */
  public record Drawn(String svg, byte[] png) {}

  /** Draws a figure in both forms. */
  public static Drawn draw(Figure figure) {
    return new Drawn(svg(figure), png(figure));
  }

  /** The figure as an SVG document. */
  public static String svg(Figure figure) {
    SvgCanvas canvas = new SvgCanvas(Plot.WIDTH, Plot.HEIGHT, figure.title());
    new Plot(figure, canvas).draw();
    return canvas.document();
  }

  /** The figure as the content of a PNG file. */
  public static byte[] png(Figure figure) {
    PngCanvas canvas = new PngCanvas(Plot.WIDTH, Plot.HEIGHT);
    new Plot(figure, canvas).draw();
    return canvas.bytes();
  }

  /**
   * Draws a figure and writes {@code <name>.svg} and {@code <name>.png}, replacing older ones.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  Rendered write(String name, Figure figure) {
    return write(name, draw(figure));
  }

  /**
   * Writes {@code <name>.svg} and {@code <name>.png}, replacing older ones.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  public Rendered write(String name, Drawn figure) {
    Rendered files = new Rendered(folder.resolve(name + ".svg"), folder.resolve(name + ".png"));
    try {
      Files.createDirectories(folder);
      Files.writeString(files.svg(), figure.svg());
      Files.write(files.png(), figure.png());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write figure " + name + " to " + folder, e);
    }
    return files;
  }
}
