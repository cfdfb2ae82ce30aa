package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import mitosis.analysis.PlantedClones;
import mitosis.claim.Scale;
import mitosis.data.Digits;
import mitosis.evidence.CriticalSize;
import mitosis.evidence.Subject;
import mitosis.model.FullyConnected;
import mitosis.train.Initialisation;
import mitosis.train.Recipe;
import org.junit.jupiter.api.Test;

class SuspectTrialTest {

  private static final Map<String, Recipe> SUSPECTS =
      Systems.trained("pmnist-fc5").suspects(256, List.of(0), Digits.DATASETS);

  @Test
  void the_stated_recipe_is_that_of_full_scale() {
    Study papers =
        Systems.onData("pmnist-fc5").study(Scale.FULL, List.of(0), "pmnist", Digits.DATASETS);

    assertThat(SUSPECTS.get("stated")).isEqualTo(papers.regularised().get(256));
  }

  @Test
  void each_suspect_differs_from_it_in_one_thing() {
    assertThat(SUSPECTS)
        .containsOnlyKeys("stated", "depth-5", "whitened", "kaiming-weights", "unit-scales");
    Recipe stated = SUSPECTS.get("stated");
    expectDifferent("depth-5", "network");
    expectDifferent("whitened", "dataset");
    expectDifferent("kaiming-weights", "initialisation");
    expectDifferent("unit-scales", "initialisation");
    assertThat(((FullyConnected) SUSPECTS.get("depth-5").network()).depth())
        .isEqualTo(((FullyConnected) stated.network()).depth() + 1);
    assertThat(SUSPECTS.get("kaiming-weights").initialisation().gammas())
        .isEqualTo(Initialisation.Gamma.UNIFORM);
    assertThat(SUSPECTS.get("unit-scales").initialisation().weights())
        .isEqualTo(Initialisation.Weight.ORTHOGONAL);
  }

  private static void expectDifferent(String name, String field) {
    assertThat(SUSPECTS.get(name))
        .usingRecursiveComparison()
        .ignoringFields(field)
        .isEqualTo(SUSPECTS.get("stated"));
    assertThat(SUSPECTS.get(name)).isNotEqualTo(SUSPECTS.get("stated"));
  }

  /** One network has no interval, but values. */
  @Test
  void a_row_is_measured_of_one_network_alone() {
    PlantedClones clones = PlantedClones.ofWidth(256, 600, 300, 3);
    Subject alone =
        new Subject(
            "clones",
            256,
            1,
            new Subject.Chunks(4, 4),
            (network, test, train) -> clones.network(0));

    String[] cells = SuspectTrial.row("planted", alone, new CriticalSize(1e-3)).split("\\|");

    assertThat(cells[1].strip()).isEqualTo("planted");
    assertThat(cells[2].strip()).as("training error").isEqualTo("0");
    assertThat(cells[4].strip()).as("live").isEqualTo("up to 256");
    assertThat(Double.parseDouble(cells[5].strip())).as("w*").isBetween(1.0, 64.0);
    assertThat(Double.parseDouble(cells[7].strip())).as("R² of 64").isBetween(0.9, 1.0);
    assertThat(Double.parseDouble(cells[9].strip())).as("dimension").isBetween(2.0, 30.0);
  }

  @Test
  void what_it_cannot_take_is_refused_by_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SuspectTrial.main(new String[] {"depth-6", "256", "1", "runs"}))
        .withMessageContainingAll("'depth-6'", "whitened");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SuspectTrial.main(new String[] {"all", "64", "1", "runs"}))
        .withMessageContainingAll("suspects.width", "at least 256", "'64'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SuspectTrial.main(new String[] {"all", "256", "many", "runs"}))
        .withMessageContainingAll("suspects.seeds", "'many'");
  }
}
