package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {

  enum Colour {
    RED,
    GREEN
  }

  record Point(double x, Optional<String> label) {

    Point {
      if (x < 0) {
        throw new IllegalArgumentException("x must be at least 0, not " + x);
      }
    }
  }

  record Drawing(
      String title,
      int pageCount,
      boolean framed,
      Colour colour,
      List<Point> points,
      OptionalInt scale) {}

  private static final String DRAWING =
      """
      title: lines
      page_count: 3
      framed: true
      colour: RED
      points:
        - {x: 1}
        - {x: 0.5, label: end}
      """;

  private static Drawing read(String text) {
    return StrictYaml.read("drawing.yaml", text, Drawing.class);
  }

  @Test
  void what_is_written_is_read_and_only_what_is_optional_may_be_absent() {
    assertThat(read(DRAWING))
        .isEqualTo(
            new Drawing(
                "lines",
                3,
                true,
                Colour.RED,
                List.of(new Point(1, Optional.empty()), new Point(0.5, Optional.of("end"))),
                OptionalInt.empty()));
    assertThat(read(DRAWING + "scale: 7\n").scale()).hasValue(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page_count: 3 | page_cuont: 3 | field page_count: is missing; add it",
        "page_count: 3 | pageCount: 3 | field page_count: is missing",
        "page_count: 3 |  | field page_count: is missing",
        "page_count: 3 | page_count: | field page_count: has no value; give one",
        "page_count: 3 | page_count: null | line 2, field page_count: has no value",
        "page_count: 3 | page_count: 3.5 | line 2, field page_count: ",
        "page_count: 3 | page_count: '3' | line 2, field page_count: ",
        "page_count: 3 | page_count: three | line 2, field page_count: ",
        "page_count: 3 | page_count: true | line 2, field page_count: ",
        "title: lines | title: 5 | line 1, field title: ",
        "title: lines | title: null | line 1, field title: has no value",
        "title: lines | title: [a] | line 1, field title: ",
        "framed: true | framed: 1 | line 3, field framed: ",
        "framed: true | framed: 'true' | line 3, field framed: ",
        "colour: RED | colour: BLUE | line 4, field colour: .*RED, GREEN",
        "colour: RED | colour: 0 | line 4, field colour: ",
        "colour: RED | colour: red | line 4, field colour: .*RED, GREEN",
        "- {x: 1} | - {x: -1} | line 6, field points.0: x must be at least 0, not -1.0",
        "title: lines | pages: 7\\ntitle: lines | line 1, field pages: there is no such field; allowed are colour, framed, page_count, points, scale, title",
        "- {x: 1} | - {x: 1, y: 2} | line 6, field points.0.y: there is no such field; allowed are label, x",
        "- {x: 1} | - {} | field points.0.x: is missing",
        "- {x: 1} | - {x: 1, label: 5} | line 6, field points.0.label: ",
        "- {x: 1} | - {x: 1, label: null} | line 6, field points.0.label: has no value",
        "- {x: 1} | - null | line 6, field points.0: has no value",
        "framed: true | title: again | line 3.*: Duplicate field 'title'",
        "framed: true | framed: [true | line [0-9]+.*: ",
      })
  void a_slip_is_refused_with_file_line_and_field(String right, String slip, String message) {
    assertThat(DRAWING).contains(right);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> read(DRAWING.replace(right, slip == null ? "" : slip.replace("\\n", "\n"))))
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith("drawing.yaml, ")
        .matches("(?s).*" + message + ".*");
  }

  @Test
  void an_empty_file_and_a_second_document_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(""))
        .withMessageStartingWith("drawing.yaml");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(DRAWING + "---\n" + DRAWING))
        .withMessageStartingWith("drawing.yaml, line 9: Trailing token");
  }
}
