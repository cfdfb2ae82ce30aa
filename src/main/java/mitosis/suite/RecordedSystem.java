package mitosis.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Recipe;

/**
 * Networks of another system that were trained once by the papers' own recipe and come with the
 * suite, so that every run has evidence at full scale. Of each the weights at the end of training
 * are kept.
 *
 * @param name of the system, as that of its file
 * @param order its place among systems in reports
 * @param of the system that they were trained as
 * @param widths W, increasing
 * @param seeds how many
 */
record RecordedSystem(
    @JsonProperty("system") String name, int order, String of, List<Integer> widths, int seeds)
    implements SystemOnData {

  private SystemOnData papers() {
    return Systems.onData(of);
  }

  @Override
  public boolean isRecorded() {
    return true;
  }

  @Override
  public boolean comesWithTheSuite() {
    return papers().comesWithTheSuite();
  }

  @Override
  public int seeds(Scale scale) {
    return seeds;
  }

  @Override
  public String dataset(Scale scale) {
    return papers().dataset(Scale.FULL);
  }

  @Override
  public int classes() {
    return papers().classes();
  }

  @Override
  public String standIn() {
    return papers().standIn();
  }

  /** The networks as they were recorded, whatever the scale. */
  @Override
  public Study study(Scale scale, List<Integer> chosen, String dataset, Datasets datasets) {
    Study papers = papers().study(Scale.FULL, chosen, dataset, datasets);
    SortedMap<Integer, Recipe> regularised = new TreeMap<>();
    widths.forEach(
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
    return "train such networks yourself, with -Dsystems=%s -Dscale=full".formatted(of);
  }

  @Override
  public String departure(Scale scale) {
    return "The papers' recipe, at widths %s and with %d seeds; recorded, with weights in 16 bits."
        .formatted(widths, seeds);
  }
}
