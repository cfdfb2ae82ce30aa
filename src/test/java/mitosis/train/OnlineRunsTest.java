package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitosis.model.ErfNetwork;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.OnlineTraining.OnlineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineRunsTest {

  private static final OnlineRecipe RECIPE = new OnlineRecipe(5, 2, 6, 0.3, 1, 20, 4);

  @TempDir Path root;

  private final List<String> warnings = new ArrayList<>();

  private OnlineRun stored(OnlineRecipe recipe, int seed) {
    return new OnlineRuns(root, warnings::add).of(recipe, seed);
  }

  private Path folder(OnlineRecipe recipe, int seed) {
    return root.resolve(new OnlineRuns(root, warnings::add).hash(recipe, seed));
  }

  private static void assertSame(OnlineRun one, OnlineRun other) {
    assertSame(one.teacher(), other.teacher());
    assertSame(one.before(), other.before());
    assertThat(one.snapshots()).hasSameSizeAs(other.snapshots());
    for (int k = 0; k < one.snapshots().size(); k++) {
      assertSame(one.snapshots().get(k), other.snapshots().get(k));
    }
  }

  private static void assertSame(ErfNetwork one, ErfNetwork other) {
    assertThat(one.weights()).isDeepEqualTo(other.weights());
    assertThat(one.readout()).isEqualTo(other.readout());
  }

  @Test
  void a_stored_run_is_that_of_its_recipe_and_seed_to_the_bit() throws IOException {
    assertSame(stored(RECIPE, 3), OnlineTraining.run(RECIPE, 3));
    Object written = Files.getLastModifiedTime(folder(RECIPE, 3).resolve("manifest.json"));

    assertSame(stored(RECIPE, 3), OnlineTraining.run(RECIPE, 3));
    assertThat(Files.getLastModifiedTime(folder(RECIPE, 3).resolve("manifest.json")))
        .isEqualTo(written);
    assertThat(warnings).isEmpty();
  }

  @Test
  void other_recipes_and_seeds_have_other_folders() {
    assertThat(
            List.of(
                folder(RECIPE, 3),
                folder(RECIPE, 4),
                folder(RECIPE.withWidth(7), 3),
                folder(RECIPE.withNoise(0), 3),
                folder(RECIPE.withRate(2), 3)))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_damaged_run_is_set_aside_and_trained_again() throws IOException {
    OnlineRun whole = stored(RECIPE, 3);
    for (String name : List.of("networks.f64", "recipe.json", "manifest.json")) {
      Path file = folder(RECIPE, 3).resolve(name);
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);

      assertSame(stored(RECIPE, 3), whole);
    }
    Files.delete(folder(RECIPE, 3).resolve("networks.f64"));

    assertSame(stored(RECIPE, 3), whole);
    assertThat(warnings).hasSize(4).allMatch(text -> text.contains("is set aside as "));
    assertThat(warnings.get(3)).contains("networks.f64 is missing").contains(".damaged-4");
  }

  @Test
  void what_a_killed_process_left_half_written_is_done_anew() throws IOException {
    Path partial = root.resolve(folder(RECIPE, 3).getFileName() + ".partial");
    Files.createDirectories(partial);
    Files.writeString(partial.resolve("networks.f64"), "half");

    assertSame(stored(RECIPE, 3), OnlineTraining.run(RECIPE, 3));
    assertThat(partial).doesNotExist();
  }

  @Test
  void runs_that_nobody_asks_for_are_found() {
    stored(RECIPE, 3);
    stored(RECIPE, 4);

    assertThat(new OnlineRuns(root, warnings::add).unused((recipe, seed) -> seed == 3))
        .containsExactly(folder(RECIPE, 4));
  }

  @Test
  void a_training_that_diverges_stores_nothing() {
    OnlineRecipe wild = RECIPE.withRate(10).withNoise(1e308);

    assertThatThrownBy(() -> stored(wild, 1)).isInstanceOf(ArithmeticException.class);

    assertThat(folder(wild, 1)).doesNotExist();
  }
}
