package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mitosis.data.Digits;
import mitosis.model.Precision;
import mitosis.suite.PapersPmnistFc5;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  private static final Recipe RECIPE = Recipes.of(16, List.of(3, 1), 0.1, 100, 9, List.of(0, 4, 9));

  @Test
  void refuses_no_seeds_and_a_seed_given_twice() {
    assertThatThrownBy(() -> Recipes.of(16, List.of(), 0.1, 100, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seeds must be given, each once, not []");
    assertThatThrownBy(() -> Recipes.of(16, List.of(1, 2, 1), 0.1, 100, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not [1, 2, 1]");
  }

  @Test
  void refuses_a_batch_or_epochs_below_one() {
    assertThatThrownBy(() -> Recipes.of(16, List.of(1), 0.1, 0, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch 0");
    assertThatThrownBy(() -> Recipes.of(16, List.of(1), 0.1, 100, 0, List.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs 0");
  }

  @Test
  void refuses_snapshots_that_do_not_increase_to_the_last_epoch() {
    for (List<Integer> wrong :
        List.of(List.<Integer>of(), List.of(3), List.of(3, 3, 9), List.of(-1, 9), List.of(9, 10))) {
      assertThatThrownBy(() -> Recipes.of(16, List.of(1), 0.1, 100, 9, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("snapshot")
          .hasMessageContaining(wrong.toString());
    }
  }

  @Test
  void refuses_a_system_that_is_no_folder_name() {
    for (String wrong : List.of("", "a/b", "..", "pmnist fc5")) {
      assertThatThrownBy(() -> read(tree().put("system", wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + wrong + "'");
    }
  }

  @Test
  void refuses_a_missing_field_and_names_it() {
    for (String field : fields()) {
      ObjectNode without = tree();
      without.putNull(field);
      assertThatThrownBy(() -> read(without))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(field);
    }
  }

  @Test
  void keeps_copies_of_its_lists() {
    List<Integer> seeds = new ArrayList<>(List.of(1, 2));
    Recipe recipe = Recipes.of(16, seeds, 0.1, 100, 9);
    seeds.add(3);
    assertThat(recipe.seeds()).containsExactly(1, 2);
  }

  @Test
  void comes_back_from_json_as_it_was() {
    for (Optimiser optimiser :
        List.of(new Optimiser.Sgd(0.9, 1e-5), new Optimiser.Adam(0.9, 0.999, 1e-8))) {
      for (Schedule schedule : List.of(new Schedule.Cosine(0.1, 0), new Schedule.Constant(0.1))) {
        Recipe recipe = with(optimiser, schedule);
        assertThat(Json.read(Json.line(recipe), Recipe.class)).isEqualTo(recipe);
        assertThat(Json.line(Json.read(Json.line(recipe), Recipe.class)))
            .isEqualTo(Json.line(recipe));
      }
    }
  }

  private static Recipe with(Optimiser optimiser, Schedule schedule) {
    return new Recipe(
        RECIPE.system(),
        RECIPE.dataset(),
        RECIPE.network(),
        RECIPE.seeds(),
        RECIPE.initialisation(),
        RECIPE.loss(),
        optimiser,
        schedule,
        Augmentation.NONE,
        RECIPE.batch(),
        RECIPE.epochs(),
        RECIPE.snapshots(),
        RECIPE.stopAtZeroLoss());
  }

  @Test
  void text_that_is_no_recipe_is_refused() {
    assertThatThrownBy(() -> Json.read("{\"system\": 3", Recipe.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a Recipe");
    assertThatThrownBy(() -> read(tree().put("colour", "red")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colour");
  }

  /** Every leaf of the recipe's JSON is changed in turn, so that no field can be forgotten. */
  @Test
  void the_hash_changes_with_every_field(@TempDir Path folder) throws Exception {
    RunStore store = RunStore.open(folder, new Execution("engine 1", "cpu", 1), Digits.DATASETS);
    Map<String, String> hashes = new HashMap<>();
    hashes.put(store.hash(RECIPE), "the recipe itself");
    assertThat(store.hash(read(tree()))).isEqualTo(store.hash(RECIPE));
    Map<String, String> changes =
        Map.ofEntries(
            Map.entry("/system", "\"other\""),
            Map.entry(
                "/network",
                "{\"architecture\":\"wide-resnet\",\"depth\":10,\"stem\":4,\"channels\":[4,8,16],\"width\":16,\"outputs\":10,\"side\":32}"),
            Map.entry("/network/inputs", "11"),
            Map.entry("/network/depth", "5"),
            Map.entry("/network/width", "17"),
            Map.entry("/network/batchNorm", "false"),
            Map.entry("/seeds", "[1,3]"),
            Map.entry("/initialisation/gammas", "\"ONE\""),
            Map.entry(
                "/optimiser", "{\"optimiser\":\"adam\",\"beta1\":0.9,\"beta2\":0.9,\"epsilon\":0}"),
            Map.entry("/optimiser/momentum", "0.8"),
            Map.entry("/optimiser/weightDecay", "0"),
            Map.entry("/schedule", "{\"schedule\":\"constant\",\"rate\":0.1}"),
            Map.entry("/schedule/first", "0.2"),
            Map.entry("/schedule/last", "0.01"),
            Map.entry("/augmentation", "\"CROP_AND_FLIP\""),
            Map.entry("/initialisation/weights", "\"KAIMING\""),
            Map.entry("/loss", "\"CROSS_ENTROPY\""),
            Map.entry("/batch", "99"),
            Map.entry("/snapshots", "[0,5,9]"),
            Map.entry("/stopAtZeroLoss", "true"));
    for (Map.Entry<String, String> change : changes.entrySet()) {
      ObjectNode changed = tree();
      int slash = change.getKey().lastIndexOf('/');
      ObjectNode parent = (ObjectNode) changed.at(change.getKey().substring(0, slash));
      String field = change.getKey().substring(slash + 1);
      assertThat(parent.has(field)).as(change.getKey()).isTrue();
      parent.set(field, new ObjectMapper().readTree(change.getValue()));
      expectNew(hashes, store.hash(read(changed)), change.getKey());
    }
    ObjectNode longer = tree().put("epochs", 10);
    longer.set("snapshots", new ObjectMapper().readTree("[0,4,10]"));
    expectNew(hashes, store.hash(read(longer)), "/epochs");
    // A dataset's fingerprint enters the hash, and is not known for another one here.
    List<String> single = List.of("dataset");
    for (String field : fields()) {
      assertThat(
              single.contains(field)
                  || hashes.values().stream().anyMatch(path -> path.startsWith("/" + field)))
          .as("field %s is tried", field)
          .isTrue();
    }
  }

  @Test
  void the_hash_changes_with_where_it_runs(@TempDir Path folder) {
    Map<String, String> hashes = new HashMap<>();
    for (Execution execution :
        List.of(
            new Execution("engine 1", "cuda", 1),
            new Execution("engine 2", "cuda", 1),
            new Execution("engine 1", "cpu", 1),
            new Execution("engine 1", "cpu", 2),
            new Execution("engine 1", "cpu", 1, Precision.BF16))) {
      expectNew(
          hashes,
          RunStore.open(folder, execution, Digits.DATASETS).hash(RECIPE),
          execution.toString());
    }
  }

  private static void expectNew(Map<String, String> hashes, String hash, String what) {
    assertThat(hash).matches("[0-9a-f]{16}");
    assertThat(hashes).as(what).doesNotContainKey(hash);
    hashes.put(hash, what);
  }

  private static List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (Iterator<String> names = tree().fieldNames(); names.hasNext(); ) {
      String field = names.next();
      if (!List.of("batch", "epochs", "stopAtZeroLoss").contains(field)) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static ObjectNode tree() {
    try {
      return (ObjectNode) new ObjectMapper().readTree(Json.line(RECIPE));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Recipe read(JsonNode tree) {
    return Json.read(tree.toString(), Recipe.class);
  }

  /**
   * The recipes of networks that are trained for days once, and are found by what is written in
   * their recipes: if that changes, they are lost.
   */
  @Nested
  class PapersRecipesTest {

    @ParameterizedTest
    @CsvSource({
      "pmnist-fc5-coded, a8ce6a363e5be32fd9f79c1c75af5a29cc7e15ffec11d0b49f804db4308faaac",
      "pmnist-fc5-stated, 68ed5e3b70fbabd2a00ce8e05335820a933709ceacbab0d636f5f060b848c1ec"
    })
    void recipes_of_networks_that_were_trained_stay_as_they_are(String system, String sha256) {
      String recipes =
          PapersPmnistFc5.recipes(system, Digits.DATASETS).stream()
              .map(Json::line)
              .collect(Collectors.joining("\n"));
      assertThat(DigestUtils.sha256Hex(recipes.getBytes(StandardCharsets.UTF_8)))
          .as(recipes)
          .isEqualTo(sha256);
    }

    @Test
    void they_are_the_papers_with_five_layers_as_coded_or_four_as_stated() {
      assertThat(PapersPmnistFc5.recipes(Digits.DATASETS)).hasSize(34).doesNotHaveDuplicates();
      Recipe coded = PapersPmnistFc5.recipes("pmnist-fc5-coded", Digits.DATASETS).get(0);
      Recipe stated = PapersPmnistFc5.recipes("pmnist-fc5-stated", Digits.DATASETS).get(0);
      assertThat(Json.line(stated))
          .isEqualTo(
              Json.line(coded)
                  .replace("pmnist-fc5-coded", "pmnist-fc5-stated")
                  .replace("\"depth\":5", "\"depth\":4"));
      assertThat(coded.seeds()).isEqualTo(List.of(0));
      assertThat(coded.epochs()).isEqualTo(5000);
      assertThat(coded.schedule()).isEqualTo(new Schedule.Cosine(1e-3, 0));
      assertThat(coded.optimiser()).isEqualTo(new Optimiser.Sgd(0.9, 1e-2));
      assertThat(coded.snapshots()).hasSize(22).startsWith(25, 125, 250, 500).endsWith(4750, 5000);
    }
  }
}
