package mitosis.report;

import java.util.List;
import java.util.OptionalDouble;
import mitosis.analysis.Dynamics;
import mitosis.analysis.LayerSummary.LayerValue;

/** A layer's dynamics as comma-separated values in long form, for any plotting program. */
public final class DynamicsCsv {

  private static final List<String> HEADER =
      List.of("epoch", "quantity", "size", "mean", "deviation");

  private DynamicsCsv() {}

  /**
   * One line a value of {@link Dynamics#rows} under the header {@code
   * epoch,quantity,size,mean,deviation}. Cells are empty where a value is not of chunks of one
   * size, does not exist, or is no mean over chunks.
   */
  public static String text(Dynamics dynamics) {
    return Csv.text(HEADER, dynamics.rows().stream().map(DynamicsCsv::cells).toList());
  }

  private static List<String> cells(Dynamics.Row row) {
    LayerValue value = row.value();
    return List.of(
        String.valueOf(row.epoch()),
        value.quantity(),
        value.size().isPresent() ? String.valueOf(value.size().getAsInt()) : "",
        cell(value.mean()),
        cell(value.deviation()));
  }

  private static String cell(OptionalDouble number) {
    return number.isPresent() ? String.valueOf(number.getAsDouble()) : "";
  }
}
