package mitosis.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
   * Writes {@code <name>.svg} and {@code <name>.png}, replacing older ones.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  public Rendered write(String name, Figure figure) {
    Rendered files = new Rendered(folder.resolve(name + ".svg"), folder.resolve(name + ".png"));
    try {
      Files.createDirectories(folder);
      Files.writeString(files.svg(), svg(figure));
      Files.write(files.png(), png(figure));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write figure " + name + " to " + folder, e);
    }
    return files;
  }
}
