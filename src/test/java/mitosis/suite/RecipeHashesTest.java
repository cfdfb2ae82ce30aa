package mitosis.suite;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import mitosis.claim.Scale;
import mitosis.data.Digits;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.Recipe;
import mitosis.train.RecipeHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stored runs are found by the hashes of their recipes: if a recipe's JSON changes, what took hours
 * or nights to train is no longer found.
 */
class RecipeHashesTest {

  /** One line a recipe: the system, the scale, which of the networks it trains, and its hash. */
  private static final String RECORDED = "recipe-hashes.txt";

  @TempDir private Path runs;

  @Test
  void every_recipe_of_every_system_and_scale_has_the_hash_that_its_stored_runs_have()
      throws IOException {
    SortedMap<String, String> recorded = recorded();
    SortedMap<String, String> today = new TreeMap<>();
    for (Scale scale : Scale.values()) {
      Systems.onData().forEach(system -> today.putAll(ofData(system, scale)));
      today.putAll(ofStudents(scale));
    }

    Set<String> systems = recorded.keySet().stream().map(RecipeHashesTest::system).collect(toSet());
    Set<String> names = new TreeSet<>(today.keySet());
    // A system of which no hash is recorded yet has no stored runs that could be lost.
    names.removeIf(name -> !systems.contains(system(name)));
    names.addAll(recorded.keySet());
    List<String> changed = new ArrayList<>();
    for (String name : names) {
      String before = recorded.getOrDefault(name, "none");
      String now = today.getOrDefault(name, "none");
      if (!now.equals(before)) {
        changed.add("%s %s (recorded: %s)".formatted(name, now, before));
      }
    }

    assertThat(changed)
        .as(
            "recipes whose stored runs would not be found and be trained again; where that is meant,"
                + " write the lines without what stands in parentheses, sorted, into"
                + " src/test/resources/%s",
            RECORDED)
        .isEmpty();
  }

  private static String system(String name) {
    return name.substring(0, name.indexOf(' '));
  }

  private static SortedMap<String, String> recorded() throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (InputStream file = RecipeHashesTest.class.getResourceAsStream("/" + RECORDED)) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(
              line -> {
                int end = line.lastIndexOf(' ');
                hashes.put(line.substring(0, end), line.substring(end + 1));
              });
    }
    return hashes;
  }

  private static SortedMap<String, String> ofData(SystemOnData system, Scale scale) {
    Set<String> datasets = new TreeSet<>(Set.of(system.dataset(scale)));
    if (scale == Scale.SMOKE) {
      datasets.add(system.standIn());
    }
    List<Integer> seeds = IntStream.range(0, system.seeds(scale)).boxed().toList();
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String dataset : datasets) {
      Study study = system.study(scale, seeds, dataset, Digits.DATASETS);
      String of = "%s %s %s:".formatted(system.name(), scale.word(), dataset);
      study.regularised().forEach((width, recipe) -> put(hashes, of + "width-" + width, recipe));
      study
          .withoutWeightDecay()
          .ifPresent(recipe -> put(hashes, of + "without-weight-decay", recipe));
      for (Map.Entry<Variant, List<Recipe>> variant : study.variants().entrySet()) {
        String name = variant.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-');
        for (int k = 0; k < variant.getValue().size(); k++) {
          put(hashes, "%s%s-%02d".formatted(of, name, k), variant.getValue().get(k));
        }
      }
    }
    return hashes;
  }

  private SortedMap<String, String> ofStudents(Scale scale) {
    Students students =
        Systems.students().students(scale, List.of(0), Set.of(), new OnlineRuns(runs, w -> {}));
    OnlineRecipe widest = students.recipe();
    int narrowest = students.widths().first();
    SortedMap<String, String> hashes = new TreeMap<>();
    for (int width : students.widths()) {
      String of = "%s %s width-%d:".formatted(TeacherStudent.NAME, scale.word(), width);
      Map.of(
              "noisy", widest.withWidth(width),
              "clean", widest.withNoise(0).withWidth(width),
              "rate-growing", widest.withWidth(width).withRate(widest.rate() / narrowest * width))
          .forEach(
              (name, recipe) -> {
                assertThat(students.areTrainedBy(recipe)).as(of + name).isTrue();
                put(hashes, of + name, recipe);
              });
    }
    return hashes;
  }

  private static void put(SortedMap<String, String> hashes, String name, Object recipe) {
    assertThat(hashes.put(name, RecipeHash.of(recipe))).as("another recipe " + name).isNull();
  }
}
