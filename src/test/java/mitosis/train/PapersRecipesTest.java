package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import mitosis.suite.PapersPmnistFc5;
import mitosis.train.Recipe.Schedule;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recipes of networks that are trained for days once, and are found by what is written in their
 * recipes: if that changes, they are lost.
 */
class PapersRecipesTest {

  @ParameterizedTest
  @CsvSource({
    "pmnist-fc5-coded, a8ce6a363e5be32fd9f79c1c75af5a29cc7e15ffec11d0b49f804db4308faaac",
    "pmnist-fc5-stated, 68ed5e3b70fbabd2a00ce8e05335820a933709ceacbab0d636f5f060b848c1ec"
  })
  void recipes_of_networks_that_were_trained_stay_as_they_are(String system, String sha256) {
    String recipes =
        PapersPmnistFc5.recipes(system).stream().map(Json::line).collect(Collectors.joining("\n"));
    assertThat(DigestUtils.sha256Hex(recipes.getBytes(StandardCharsets.UTF_8)))
        .as(recipes)
        .isEqualTo(sha256);
  }

  @Test
  void they_are_the_papers_with_five_layers_as_coded_or_four_as_stated() {
    assertThat(PapersPmnistFc5.recipes()).hasSize(34).doesNotHaveDuplicates();
    Recipe coded = PapersPmnistFc5.recipes(PapersPmnistFc5.CODED).get(0);
    Recipe stated = PapersPmnistFc5.recipes(PapersPmnistFc5.STATED).get(0);
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
