package mitosis.suite;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.train.Recipe;

/**
 * {@code pmnist-fc5-recorded}: networks of {@link PmnistFc5} that were trained once by the papers'
 * own recipe and come with the suite, so that every run has evidence at full scale.
 */
public final class RecordedPmnistFc5 implements SystemOnParityOfDigits {

  /** The system's name. */
  public static final String NAME = "pmnist-fc5-recorded";

  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512);
  private static final int SEEDS = 3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isRecorded() {
    return true;
  }

  @Override
  public int seeds(Scale scale) {
    return SEEDS;
  }

  /** The networks as they were recorded, whatever the scale. */
  @Override
  public Study study(Scale scale, List<Integer> seeds, String dataset, Datasets datasets) {
    Study papers = new PmnistFc5().study(Scale.FULL, seeds, dataset, datasets);
    SortedMap<Integer, Recipe> regularised = new TreeMap<>();
    WIDTHS.forEach(
        width -> regularised.put(width, papers.regularised().get(width).keepingTheEnd()));
    return Study.of(
        regularised,
        papers.withoutWeightDecay().map(Recipe::keepingTheEnd),
        regularised.get(regularised.lastKey()).epochs());
  }

  @Override
  public Optional<String> tooSlowAt(Scale scale) {
    return scale == Scale.SMOKE
        ? Optional.of(
            "nothing that a smoke run could make smaller: recorded networks are measured as they are")
        : Optional.empty();
  }

  /** No option makes other networks of these. */
  @Override
  public String remedy(String remedy) {
    return "train such networks yourself, with -Dsystems=%s -Dscale=full".formatted(PmnistFc5.NAME);
  }

  @Override
  public String departure(Scale scale) {
    return "The papers' recipe, at widths %s and with %d seeds; recorded, with weights in 16 bits."
        .formatted(WIDTHS, SEEDS);
  }
}
