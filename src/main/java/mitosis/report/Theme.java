package mitosis.report;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mitosis.claim.Verdict;

/**
 * The colours of a page. Every colour of text has a contrast of at least 4.5 to 1 on both grounds,
 * every mark and line one of at least 3 to 1 (WCAG 2.1, 1.4.3 and 1.4.11).
 *
 * @param page the ground of the page
 * @param card the ground of cells
 * @param ink text
 * @param quiet text that says less
 * @param link links
 * @param edge lines between cells, which carry no meaning of their own
 * @param band the ground of a trend where the claim holds
 * @param verdicts the colour of each verdict's word and mark
 */
record Theme(
    Color page,
    Color card,
    Color ink,
    Color quiet,
    Color link,
    Color edge,
    Color band,
    Map<Verdict, Color> verdicts) {

  /** By day. The verdicts' hues are those of the figures, see {@link Palette}, darkened. */
  static final Theme LIGHT =
      new Theme(
          new Color(0xf6f7f8),
          new Color(0xffffff),
          new Color(0x1c1f22),
          new Color(0x555c63),
          new Color(0x00558a),
          new Color(0xd5d9dd),
          new Color(0xd3ece3),
          Map.of(
              Verdict.REPRODUCED, new Color(0x00694d),
              Verdict.NOT_REPRODUCED, new Color(0xa83e00),
              Verdict.UNDERPOWERED, new Color(0x785200),
              Verdict.UNTESTED, new Color(0x565d64)));

  /** By night. */
  static final Theme DARK =
      new Theme(
          new Color(0x131619),
          new Color(0x1c2024),
          new Color(0xe9ecee),
          new Color(0xa9b1b9),
          new Color(0x7cc4f0),
          new Color(0x3a4148),
          new Color(0x1f3f35),
          Map.of(
              Verdict.REPRODUCED, new Color(0x4fd1a5),
              Verdict.NOT_REPRODUCED, new Color(0xff9a5c),
              Verdict.UNDERPOWERED, new Color(0xf0c04a),
              Verdict.UNTESTED, new Color(0xb3bac1)));

  /** What text is written on. */
  List<Color> grounds() {
    return List.of(page, card);
  }

  /** The colours of text, by the name that the style sheet knows them by. */
  Map<String, Color> texts() {
    Map<String, Color> texts = new LinkedHashMap<>();
    texts.put("ink", ink);
    texts.put("quiet", quiet);
    texts.put("link", link);
    for (Verdict verdict : Verdict.values()) {
      texts.put(verdict.name(), verdicts.get(verdict));
    }
    return texts;
  }

  /** The colours as custom properties of a style sheet. */
  String css() {
    Map<String, Color> colors = texts();
    colors.put("page", page);
    colors.put("card", card);
    colors.put("edge", edge);
    colors.put("band", band);
    return colors.entrySet().stream()
        .map(e -> "--%s: #%06x;".formatted(e.getKey(), e.getValue().getRGB() & 0xffffff))
        .collect(Collectors.joining(" "));
  }
}
