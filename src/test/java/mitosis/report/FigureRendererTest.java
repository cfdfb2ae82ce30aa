package mitosis.report;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import mitosis.claim.Band;
import mitosis.claim.Interval;
import mitosis.report.Figure.Axis;
import mitosis.report.Figure.Point;
import mitosis.report.Figure.ReferenceLine;
import mitosis.report.Figure.Region;
import mitosis.report.Figure.Series;
import mitosis.report.Figure.VerticalMarker;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

class FigureRendererTest {

  /** Kept after the tests, to be looked at. */
  private static final Path FOLDER = Path.of("target", "figures");

  private static NodeList textNodes(Figure figure) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(FigureRenderer.svg(figure).getBytes(StandardCharsets.UTF_8)))
        .getElementsByTagName("text");
  }

  private static List<String> texts(Figure figure) throws Exception {
    NodeList nodes = textNodes(figure);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void a_figure_becomes_a_vector_graphic_and_a_bitmap() throws Exception {
    FigureRenderer renderer = new FigureRenderer(FOLDER);
    FigureRenderer.Rendered scaling = renderer.write("scaling", SampleFigures.scaling());
    renderer.write("reconstruction", SampleFigures.reconstruction());
    renderer.write("correlation", SampleFigures.correlation());
    renderer.write("interpolation", SampleFigures.interpolation());

    BufferedImage image = ImageIO.read(scaling.png().toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(600);
    assertThat(scaling.svg()).hasContent(FigureRenderer.svg(SampleFigures.scaling()));
  }

  @Test
  void the_series_are_drawn_in_colours_for_every_colour_vision() throws Exception {
    FigureRenderer.Rendered scaling =
        new FigureRenderer(FOLDER).write("scaling", SampleFigures.scaling());

    BufferedImage image = ImageIO.read(scaling.png().toFile());
    int[] pixels = image.getRGB(0, 0, 900, 600, null, 0, 900);
    assertThat(pixels).contains(0xff0072b2, 0xffd55e00);
  }

  @Test
  void widths_have_ticks_at_powers_of_two_and_errors_at_powers_of_ten() throws Exception {
    assertThat(texts(SampleFigures.scaling()))
        .contains("2", "4", "8", "16", "32", "64", "128", "256", "512")
        .contains("10−1", "10−2");
  }

  @Test
  void title_axes_legend_marker_and_note_are_written() throws Exception {
    assertThat(texts(SampleFigures.scaling()))
        .contains(
            "C02 chunk-scaling: pmnist-fc5",
            "excess error  err − err∞",
            "full networks",
            "published (WR28-8)",
            "∝ w−1/2",
            "w ≥ w*",
            "w* = 48",
            "Invented numbers. Bars: 95 % intervals over seeds.");
  }

  @Test
  void points_without_a_place_on_a_log_axis_are_named_below_the_figure() throws Exception {
    assertThat(texts(SampleFigures.scaling()))
        .contains(
            "Left out of 'chunks of W = 512': (512, -0.0004); a logarithmic axis has no place for"
                + " them.");
  }

  @Test
  void errors_of_zero_are_drawn_where_the_axis_has_a_place_for_them() throws Exception {
    assertThat(texts(SampleFigures.interpolation()))
        .contains("0", "10−5", "10−1", "within 0.001")
        .noneMatch(text -> text.contains("Left out"));
  }

  /** The places of all texts that end as given, as {x, y}. */
  private static List<double[]> places(Figure figure, String end) throws Exception {
    NodeList nodes = textNodes(figure);
    List<double[]> places = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i).getTextContent().endsWith(end)) {
        NamedNodeMap at = nodes.item(i).getAttributes();
        places.add(
            new double[] {
              Double.parseDouble(at.getNamedItem("x").getNodeValue()),
              Double.parseDouble(at.getNamedItem("y").getNodeValue())
            });
      }
    }
    return places;
  }

  @Test
  void a_marker_whose_neighbour_is_close_has_its_label_on_the_other_side() throws Exception {
    List<double[]> places = places(SampleFigures.interpolation(), "w*");

    assertThat(places).hasSize(2);
    assertThat(places.get(1)[0] - places.get(0)[0]).isGreaterThan(30);
  }

  @Test
  void labels_that_have_no_side_of_their_own_stand_below_each_other() throws Exception {
    Figure figure =
        Figure.of("three", Axis.linear("w"), Axis.linear("R²"))
            .with(Series.of("s", Series.Style.LINE, new double[] {0, 100}, new double[] {0, 1}))
            .with(new VerticalMarker(50, "first w*"))
            .with(new VerticalMarker(52, "second w*"))
            .with(new VerticalMarker(54, "third w*"));

    List<double[]> places = places(figure, "w*");

    assertThat(places.get(1)[0]).isCloseTo(places.get(2)[0], within(30.0));
    assertThat(places.get(1)[1]).isNotEqualTo(places.get(2)[1]);
  }

  @Test
  void intervals_that_reach_below_a_log_axis_are_said_to() throws Exception {
    assertThat(String.join(" ", texts(SampleFigures.correlation())))
        .contains("Intervals that run to the lower edge reach 0 or below");
    assertThat(texts(SampleFigures.scaling())).noneMatch(text -> text.contains("reach 0"));
  }

  private static Figure ofTwoSeeds() {
    return Figure.of("seeds", Axis.log2("w"), Axis.linear("R²"))
        .with(
            new Series(
                "chunks",
                Series.Style.LINE_AND_POINTS,
                List.of(
                    new Point(4, 0.2, Optional.of(new Interval(0.1, 0.3)), List.of(0.1, 0.3)),
                    new Point(8, 0.6, Optional.of(new Interval(0.5, 0.7)), List.of(0.5, 0.7)))))
        .withIntervals("95 % interval over seeds");
  }

  @Test
  void the_legend_says_what_bars_and_grey_lines_are_where_there_are_some() throws Exception {
    assertThat(texts(ofTwoSeeds())).contains("95 % interval over seeds", "single seeds");
    assertThat(texts(SampleFigures.interpolation()))
        .noneMatch(text -> text.contains("interval") || text.equals("single seeds"));
  }

  @Test
  void intervals_of_many_points_are_a_ribbon_as_bars_would_hide_one_another() {
    double[] x = IntStream.rangeClosed(1, 13).asDoubleStream().toArray();
    Series many = Series.of("many", Series.Style.LINE_AND_POINTS, x, x, x, x);
    double[] fewer = Arrays.copyOf(x, 12);
    Series few = Series.of("few", Series.Style.LINE_AND_POINTS, fewer, fewer, fewer, fewer);

    assertThat(many.hasRibbon()).isTrue();
    assertThat(many.hasBars()).isFalse();
    assertThat(few.hasRibbon()).isFalse();
    assertThat(few.hasBars()).isTrue();
    assertThat(Series.of("none", Series.Style.LINE, x, x).hasRibbon()).isFalse();
  }

  @Test
  void bars_of_two_series_at_one_abscissa_stand_beside_each_other() {
    double[] x = {1, 2};
    Series one = Series.of("one", Series.Style.LINE_AND_POINTS, x, x, new double[2], x);
    Series other = Series.of("other", Series.Style.LINE_AND_POINTS, x, x, new double[2], x);
    Figure figure = Figure.of("two", Axis.linear("x"), Axis.linear("y")).with(one).with(other);

    // A bar is an upright line in the colour of its series.
    Set<String> places =
        Pattern.compile("<path d=\"M([0-9.]+) [0-9.]+L\\1 [0-9.]+\"[^>]*stroke=\"#(0072b2|d55e00)")
            .matcher(FigureRenderer.svg(figure))
            .results()
            .map(bar -> bar.group(1))
            .collect(Collectors.toSet());
    assertThat(places).hasSize(4);
  }

  @Test
  void each_seed_is_a_grey_line_and_a_lone_value_a_grey_dot() {
    Figure both = ofTwoSeeds();
    Figure lone =
        Figure.of("one", Axis.linear("n"), Axis.linear("accuracy"))
            .with(
                new Series(
                    "W = 8",
                    Series.Style.LINE_AND_POINTS,
                    List.of(
                        new Point(1, 0.5, Optional.empty(), List.of(0.4, 0.6)),
                        new Point(2, 0.7, Optional.empty(), List.of()))));

    // The legend has one sample more.
    assertThat(FigureRenderer.svg(both).split("<path[^>]*stroke=\"#b4b4b4\"", -1))
        .hasSize(1 + 2 + 1);
    assertThat(FigureRenderer.svg(lone).split("<path[^>]*fill=\"#b4b4b4\"", -1)).hasSize(1 + 2);
  }

  @Test
  void a_figure_with_all_points_on_it_has_no_such_note() throws Exception {
    assertThat(texts(SampleFigures.reconstruction())).noneMatch(text -> text.contains("Left out"));
  }

  @Test
  void names_with_signs_of_markup_are_safe() throws Exception {
    Figure figure = Figure.of("a < b & c", Axis.linear("x"), Axis.linear("y"));

    assertThat(texts(figure)).contains("a < b & c");
  }

  @Test
  void a_band_turned_inside_out_is_two_stripes() {
    assertThat(Region.accepted(Band.between(-.65, -.35).complement(), "band"))
        .containsExactly(
            new Region("band", Region.Along.Y, Double.NEGATIVE_INFINITY, -.65),
            new Region("", Region.Along.Y, -.35, Double.POSITIVE_INFINITY));
  }

  @Test
  void a_single_point_is_shown_too() throws Exception {
    Figure figure =
        Figure.of("one", Axis.log2("w"), Axis.linear("R^{2}"))
            .with(Series.of("one", Series.Style.POINTS, new double[] {64}, new double[] {0.999}));

    assertThat(texts(figure)).contains("64");
  }

  @Test
  void series_of_unequal_length_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Series.of("chunks", Series.Style.LINE, new double[] {1, 2}, new double[] {1}))
        .withMessageContaining("series 'chunks': x has 2 values and y has 1");
  }

  @Test
  void the_edges_of_a_band_of_laws_are_one_entry_of_the_legend() {
    Figure figure =
        Figure.of("laws", Axis.log2("w"), Axis.log10("error"))
            .with(new ReferenceLine("band", -0.35, 16, 0.1, 16, 512, true))
            .with(new ReferenceLine("", -0.65, 16, 0.1, 16, 512, true));

    assertThat(Legend.of(figure, new Marks(null), 800).rows())
        .singleElement(as(LIST))
        .singleElement()
        .extracting("label")
        .isEqualTo("band");
  }

  @Test
  void a_power_law_needs_positive_abscissae() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReferenceLine("w", -0.5, 0, 1, 1, 2))
        .withMessageContaining("x0 = 0.0");
  }
}
