package mitosis.suite;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mitosis.analysis.ImageWeights;
import mitosis.analysis.IntrinsicDimension;
import mitosis.claim.Decimal;
import mitosis.claim.Expectations;
import mitosis.claim.Scale;
import mitosis.data.BaseFolder;
import mitosis.data.Datasets;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Subject;
import mitosis.evidence.Unmeasurable;
import mitosis.representation.TrainedNetworks;
import mitosis.train.Execution;
import mitosis.train.Recipe;
import mitosis.train.RunStore;
import mitosis.train.TrainingPool;

/**
 * Trains networks of {@code pmnist-fc5} by the papers' recipe with one thing changed at a time that
 * might explain why the papers' numbers are not met, and prints what a table of them says.
 */
public final class SuspectTrial {

  private static final String SYSTEM = "pmnist-fc5";

  /** As many as C08 takes. */
  private static final int IMAGES = 10_000;

  private static final int CHUNK = 64;

  private static final Subject.Chunks CHUNKS = new Subject.Chunks(500, 100);

  private SuspectTrial() {}

  /**
   * @param args names of suspects, joined by commas, or {@code all}; the width; the number of
   *     seeds; the runs directory
   * @throws IllegalArgumentException if one is missing or out of its range; says which
   */
  public static void main(String[] args) {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "expected names, width, seeds and the runs directory, not " + Arrays.toString(args));
    }
    int width = atLeast("suspects.width", args[1], 4 * CHUNK);
    int seeds = atLeast("suspects.seeds", args[2], 1);
    Expectations expected = Expectations.read(ClaimSession.EXPECTED, "pmnist-fc5");
    CriticalSize rule =
        new CriticalSize(ClaimedThresholds.of(expected, expected, Scale.FULL).trainingError());
    Datasets datasets = new Datasets(BaseFolder.SUITE.resolve("data"));
    Map<String, Recipe> recipes = chosen(args[0], width, seeds, datasets);
    RunStore store = RunStore.open(BaseFolder.CALLER.resolve(args[3]), Execution.onCpu(), datasets);
    new TrainingPool(
            store,
            datasets.folder(),
            Runtime.getRuntime().availableProcessors(),
            ProgressLine.ofThisProcess())
        .train(List.copyOf(recipes.values()));
    System.out.println(
        "| | training error | test error on 10,000 | live of %d | w* | w* among live | R² of %d | correlation off %d | dimension |"
            .formatted(width, CHUNK, CHUNK));
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    recipes.forEach(
        (name, recipe) -> {
          TrainedNetworks networks =
              new TrainedNetworks(
                  List.of(store.find(recipe).orElseThrow()),
                  recipe.epochs(),
                  datasets.load(recipe.dataset()));
          System.out.println(
              row(name, new Subject(name, width, seeds, CHUNKS, networks::representation), rule));
        });
  }

  private static int atLeast(String option, String text, int least) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw new IllegalArgumentException(
        "%s must be a whole number of at least %d, not '%s'".formatted(option, least, text));
  }

  private static Map<String, Recipe> chosen(String names, int width, int seeds, Datasets datasets) {
    Map<String, Recipe> all =
        Systems.trained(SYSTEM)
            .suspects(width, IntStream.range(0, seeds).boxed().toList(), datasets);
    if (names.equals("all")) {
      return all;
    }
    Map<String, Recipe> chosen = new LinkedHashMap<>();
    for (String name : names.split(",", -1)) {
      if (!all.containsKey(name)) {
        throw new IllegalArgumentException(
            "suspects has no '%s'; it takes all, or some of %s".formatted(name, all.keySet()));
      }
      chosen.put(name, all.get(name));
    }
    return chosen;
  }

  /**
   * A line of the table, of one network or several.
   *
   * @param rule how w* is found
   */
  static String row(String name, Subject networks, CriticalSize rule) {
    int[] seeds = IntStream.range(0, networks.seeds()).toArray();
    int[] sizes = {CHUNK};
    Subject live = networks.live();
    return "| %s | %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            Decimal.text(networks.fullTrainError(seeds)),
            Decimal.text(networks.fullTestError(seeds, ImageWeights.equal(networks.testBlocks()))),
            "up to " + live.width(),
            Decimal.text(rule.of(networks)),
            Decimal.text(rule.of(live)),
            measured(
                () ->
                    networks.reconstructions(sizes).stream()
                        .mapToDouble(layer -> layer.heldOutR2At(CHUNK).mean())
                        .average()),
            measured(
                () ->
                    networks.reconstructions(sizes).stream()
                        .mapToDouble(
                            layer -> layer.offChunkAt(CHUNK).orElseThrow().absolute().mean())
                        .average()),
            measured(
                () ->
                    networks.dimensions(IMAGES).stream()
                        .mapToDouble(IntrinsicDimension.Dimension::value)
                        .average()));
  }

  private static String measured(Supplier<OptionalDouble> number) {
    try {
      return Decimal.text(number.get().orElseThrow());
    } catch (Unmeasurable e) {
      return e.getMessage();
    }
  }
}
