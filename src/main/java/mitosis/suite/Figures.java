package mitosis.suite;

import mitosis.claim.Expectations;

/**
 * The papers' own plots, drawn from what this run measured, with published points where there are
 * any.
 *
 * @param scaling errors against size
 * @param layers what chunks make of a layer
 * @param widths full networks of every width
 * @param courses trainings
 * @param variants networks that differ in one thing
 */
public record Figures(
    ScalingFigures scaling,
    LayerFigures layers,
    WidthFigures widths,
    CourseFigures courses,
    VariantFigures variants) {

  /**
   * Those of a system.
   *
   * @param system name, for titles
   * @param evidence what is drawn
   * @param expectations with the points that were published of it
   */
  public static Figures of(String system, Evidence evidence, Expectations expectations) {
    Sheet sheet = new Sheet(system, evidence, expectations);
    LayerFigures layers = new LayerFigures(sheet);
    return new Figures(
        new ScalingFigures(sheet),
        layers,
        new WidthFigures(sheet),
        new CourseFigures(sheet),
        new VariantFigures(sheet, layers));
  }
}
