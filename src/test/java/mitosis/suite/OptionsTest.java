package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mitosis.claim.ClaimId;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.model.Precision;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.train.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void withoutOptionsEverythingRunsAtQuickScale() {
    Options options = Options.of(name -> null);

    assertThat(options.claims()).containsExactly(ClaimId.values());
    assertThat(options.systems())
        .containsExactly("pmnist-fc5", "pmnist-fc5-recorded", "pmnist-fc5-free", "teacher-student");
    assertThat(options.scale()).isEqualTo(Scale.QUICK);
    assertThat(options.seedsOf(Systems.named("pmnist-fc5"))).isEqualTo(4);
    assertThat(options.runsDir()).isEqualTo(Path.of("runs"));
    assertThat(options.device()).isEqualTo("cpu");
    assertThat(options.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(options.record()).isEmpty();
    assertThat(options.usesCuda()).isFalse();
    assertThat(options.budget()).isEmpty();
    assertThat(options.widths()).isEmpty();
    assertThat(options.isOfRecordedSize(Systems.named("pmnist-fc5"))).isTrue();
  }

  @Test
  void onCudaTrainingHasAnEndAndDevicesCanBeChosen() {
    Options night = Options.of(Map.of("device", "cuda")::get);
    Options chosen =
        Options.of(Map.of("device", "cuda", "devices", "1, 0", "budget", "1h30m")::get);

    assertThat(night.usesCuda()).isTrue();
    assertThat(night.budget()).contains(Duration.ofHours(7));
    assertThat(night.devices()).isEmpty();
    assertThat(chosen.devices()).containsExactly(1, 0);
    assertThat(chosen.budget()).contains(Duration.ofMinutes(90));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("devices", "0")::get))
        .withMessageContaining("-Ddevices=0 chooses GPUs, but the device is cpu");
  }

  @Test
  void runsArePrunedOrOnlyListedAndMeasurementsAreMadeAgainIfThatIsAskedFor() {
    Options asked = Options.of(Map.of("runs.prune", "true", "measure.again", "true")::get);
    Options none = Options.of(name -> null);

    assertThat(asked.prune()).isEqualTo(Options.Prune.REMOVE);
    assertThat(asked.measureAgain()).isTrue();
    assertThat(Options.of(Map.of("runs.prune", "list")::get).prune()).isEqualTo(Options.Prune.LIST);
    assertThat(none.prune()).isEqualTo(Options.Prune.NOTHING);
    assertThat(none.measureAgain()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("runs.prune", "all")::get))
        .withMessage(
            "-Druns.prune=all: expected no value, or list, which lists what would be removed and"
                + " removes nothing");
  }

  @Test
  void onednn_is_on_or_off_and_nothing_else() {
    assertThatCode(() -> Options.of(Map.of("engine.onednn", "off")::get))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("engine.onednn", "false")::get))
        .withMessage("-Dengine.onednn=false: expected on or off");
  }

  @ParameterizedTest
  @CsvSource({"8h, 28800", "30m, 1800", "90s, 90", "1h30m, 5400", "2h5s, 7205"})
  void aBudgetIsATime(String value, long seconds) {
    assertThat(Options.of(Map.of("budget", value)::get).budget())
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void someOfASystemsWidthsCanBeTrained() {
    Options options = Options.of(Map.of("systems", "pmnist-fc5", "widths", "16,64")::get);

    SystemOnData system = Systems.onData("pmnist-fc5");
    Study study =
        options.chosen(
            system,
            system.study(
                Scale.QUICK,
                List.of(0, 1, 2),
                system.dataset(Scale.QUICK),
                new Datasets(options.dataDir())));

    assertThat(study.regularised().keySet()).containsExactly(16, 64);
    assertThat(study.recipes()).extracting(Recipe::width).containsExactly(16, 64, 64);
    assertThat(study.withoutWeightDecay().orElseThrow().optimiser().toString())
        .contains("weightDecay=0.0");
    assertThat(options.isOfRecordedSize(Systems.named("pmnist-fc5"))).isFalse();
  }

  @Test
  void neitherSeedsNorWidthsOfRecordedNetworksAreAChoice() {
    Options options =
        Options.of(
            Map.of("seeds", "7", "widths", "64", "systems", "pmnist-fc5,pmnist-fc5-recorded")::get);
    SystemOnData system = Systems.onData("pmnist-fc5-recorded");
    Study whole =
        system.study(
            Scale.QUICK,
            List.of(0, 1, 2),
            system.dataset(Scale.QUICK),
            new Datasets(options.dataDir()));

    assertThat(options.seedsOf(system)).isEqualTo(3);
    assertThat(options.seedsOf(Systems.named("pmnist-fc5"))).isEqualTo(7);
    assertThat(options.chosen(system, whole)).isEqualTo(whole);
    assertThat(options.isOfRecordedSize(system)).isTrue();
  }

  /** pmnist-fc5-free is not trained at quick scale, and at full scale at one width alone. */
  @Test
  void aWidthThatASystemDoesNotHaveIsRefusedWithThoseThatItHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("widths", "16,48")::get))
        .withMessageContainingAll(
            "-Dwidths=16,48", "quick scale pmnist-fc5 has the widths 8,16,32,64,128,256");
    assertThat(Options.of(Map.of("widths", "16,64")::get).widths()).containsExactly(16, 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("widths", "64", "scale", "full")::get))
        .withMessageContainingAll("cifar10-densenet40 has the widths 44,88", "-Dsystems");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("widths", "16", "subject", "fixtures")::get))
        .withMessageContaining("exclude each other");
  }

  @Test
  void optionsNarrowAndMoveThings() {
    Options options =
        Options.of(
            Map.of(
                    "claims", "C06, C07",
                    "systems", "pmnist-fc5",
                    "scale", "full",
                    "seeds", "5",
                    "runs.dir", "elsewhere",
                    "precision", "float32")
                ::get);

    assertThat(options.claims()).containsExactly(ClaimId.C06, ClaimId.C07);
    assertThat(options.systems()).containsExactly("pmnist-fc5");
    assertThat(options.scale()).isEqualTo(Scale.FULL);
    assertThat(options.seedsOf(Systems.named("pmnist-fc5"))).isEqualTo(5);
    assertThat(options.runsDir()).isEqualTo(Path.of("elsewhere"));
    assertThat(options.folders()).isEqualTo(" -Druns.dir=elsewhere");
  }

  @Test
  void a_path_starts_where_the_user_called_maven() {
    Options options =
        Options.of(
            Map.of("caller.dir", Path.of("src").toAbsolutePath().toString(), "subject", "test")
                ::get);

    assertThat(options.subject()).contains(Path.of("src", "test").toAbsolutePath());
  }

  @Test
  void a_path_with_a_space_or_a_quote_is_one_word_of_the_line_that_reruns_a_claim() {
    Options options = Options.of(Map.of("runs.dir", "a network's runs")::get);

    assertThat(options.folders()).isEqualTo(" -Druns.dir='a network'\\''s runs'");
  }

  @Test
  void findings_can_be_recorded_without_other_seeds() {
    assertThat(Options.of(Map.of("expected.record", "")::get).record()).hasValue(10);
    assertThat(Options.of(Map.of("expected.record", "0")::get).record()).hasValue(0);
  }

  /** Findings of six seeds took the place of those of four, with all reasons. */
  @Test
  void nothingIsRecordedButWhatTheDefaultNumberOfSeedsAndAllWidthsShow() {
    Map<String, String> ofDefaultSize =
        Map.of("systems", "pmnist-fc5", "expected.record", "0", "seeds", "4");
    assertThat(Options.of(ofDefaultSize::get).record()).hasValue(0);
    for (String option : List.of("seeds", "widths")) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Options.of(
                      Map.of("systems", "pmnist-fc5", "expected.record", "0", option, "16")::get))
          .withMessageContainingAll("4 seeds and all widths of pmnist-fc5", "leave out -Dseeds");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("scale", "smoke", "expected.record", "0")::get))
        .withMessageContaining("a smoke run decides nothing");
  }

  @Test
  void allSystemsRunWhereNothingButTheirDataIsNeeded() {
    for (String scale : List.of("smoke", "full")) {
      assertThat(Options.of(Map.of("scale", scale)::get).systems())
          .containsExactlyElementsOf(Systems.names())
          .contains("cifar10-wr28", "cifar100-wr28", "cifar10-densenet40", "imagenet-resnet50");
    }
    assertThat(Options.of(Map.of("offline", "")::get).offline()).isTrue();
    assertThat(Options.of(Map.of("offline", "false")::get).offline()).isFalse();
    assertThat(Options.of(name -> null).offline()).isFalse();
  }

  @Test
  void nothingIsRecordedOfNetworksTrainedInAnotherPrecision() {
    assertThat(Options.of(Map.of("precision", "bf16")::get).precision()).isEqualTo(Precision.BF16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("precision", "bf16", "expected.record", "")::get))
        .withMessageContainingAll("-Dexpected.record", "leave out -Dprecision=bf16");
  }

  @Test
  void aBroughtNetworkTakesThePlaceOfAllSystems() {
    Options options =
        Options.of(Map.of("subject", "fixtures", "subject.require", "redundant")::get);

    assertThat(options.subject()).contains(Path.of("fixtures"));
    assertThat(options.systems()).containsExactly("subject");
    assertThat(options.requireRedundant()).isTrue();
  }

  @Test
  void aBroughtNetworkMayBeShownASystemsData() {
    Options options =
        Options.of(
            Map.of("subject", "fixtures", "subject.system", "pmnist-fc5", "data.dir", "src")::get);

    assertThat(options.subjectSystem()).contains("pmnist-fc5");
    assertThat(options.dataDir()).isEqualTo(Path.of("src"));
    assertThat(options.systems()).containsExactly("subject");
  }

  @Test
  void aBroughtNetworkGoesWithNothingElse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("subject", "fixtures", "systems", "pmnist-fc5")::get))
        .withMessageContaining("exclude each other");
    for (String option : List.of("seeds", "budget", "precision", "expected.record")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Options.of(Map.of("subject", "fixtures", option, "5")::get))
          .withMessageContaining("-Dsubject and -D" + option + " exclude each other");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(Map.of("subject", "fixtures", "subject.require", "good")::get))
        .withMessageContaining("-Dsubject.require=good: unknown requirement");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject | no/such/folder | does not exist; name a folder of .npy or .pt files",
        "subject.require | redundant | asks for -Dsubject=PATH too",
        "subject.system | pmnist-fc5 | asks for -Dsubject=PATH too",
        "subject.system | mnist | unknown system 'mnist'; use one of pmnist-fc5, pmnist-fc5-free",
        "subject.system | pmnist-fc5-recorded | unknown system 'pmnist-fc5-recorded'; use one of pmnist-fc5,",
        "scale | huge | unknown scale 'huge'; use one of smoke, quick, extended, full",
        "claims | C99 | unknown claim 'C99'; use one of C01, C02",
        "claims | C06,,C07 | unknown claim ''",
        "systems | mnist | unknown system 'mnist'; use one of pmnist-fc5, pmnist-fc5-recorded",
        "seeds | 0 | expected a whole number from 3",
        "seeds | 2 | expected a whole number from 3",
        "seeds | many | expected a whole number from 3",
        "device | tpu | unknown device; use one of cpu, cuda",
        "precision | fp8 | unknown precision; use one of float32, bf16",
        "data.dir | no/such/folder | is not a folder; make it, or name one",
        "expected.record | 1 | at least 2",
        "widths | wide | expected whole numbers",
        "widths | 16,-4 | expected whole numbers",
        "devices | all | expected whole numbers",
        "budget | 7 | expected a time above 0, as in 8h, 30m, 90s or 1h30m",
        "budget | 0h | expected a time above 0",
        "budget | h | expected a time above 0",
        "budget | 1m1h | expected a time above 0",
      })
  void aWrongValueIsRefusedByName(String option, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.of(name -> name.equals(option) ? value : null))
        .withMessageStartingWith("-D" + option)
        .withMessageContaining(value)
        .withMessageContaining(message);
  }
}
