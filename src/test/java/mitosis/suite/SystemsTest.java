package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.data.Digits;
import mitosis.model.DenseNet;
import mitosis.model.ResNet;
import mitosis.model.WideResNet;
import mitosis.suite.TestedSystem.SystemOnData;
import mitosis.suite.TrainedSystem.RecipeDifference;
import mitosis.train.OnlineRuns;
import mitosis.train.OnlineTraining.OnlineRecipe;
import mitosis.train.Optimiser;
import mitosis.train.Recipe;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipe.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemsTest {

  private static final List<Integer> SEEDS = List.of(0, 1, 2);

  @TempDir Path empty;

  private Study study(String name, Scale scale) {
    SystemOnData system = Systems.onData(name);
    return system.study(scale, SEEDS, system.dataset(scale), new Datasets(empty));
  }

  /** The widths of the papers' figures (P22 §2.1). */
  @Test
  void full_scale_has_the_papers_widths() {
    assertThat(study("pmnist-fc5", Scale.FULL).regularised())
        .containsOnlyKeys(2, 4, 8, 16, 32, 64, 128, 256, 512);
    assertThat(study("cifar10-wr28", Scale.FULL).regularised())
        .containsOnlyKeys(16, 32, 64, 128, 256, 512);
    assertThat(study("cifar100-wr28", Scale.FULL).regularised())
        .containsOnlyKeys(16, 32, 64, 128, 256, 512, 1024);
    assertThat(study("cifar10-densenet40", Scale.FULL).regularised())
        .containsOnlyKeys(44, 88, 176, 352, 704, 1408);
    assertThat(study("imagenet-resnet50", Scale.FULL).regularised())
        .containsOnlyKeys(512, 1024, 2048, 4096, 8192);
  }

  /** P21 §2, "CIFAR10 experiments". */
  @Test
  void cifar_is_learned_by_the_papers_recipe() {
    Recipe recipe = study("cifar10-wr28", Scale.FULL).widest();
    assertThat(recipe.network())
        .isEqualTo(new WideResNet(28, 16, List.of(128, 256, 512), 512, 10, 32));
    assertThat(recipe.optimiser()).isEqualTo(new Optimiser.Sgd(0.9, 5e-4));
    assertThat(recipe.schedule()).isEqualTo(new Schedule.Cosine(0.1, 1e-5));
    assertThat(recipe.augmentation()).isEqualTo(Augmentation.CROP_AND_FLIP);
    assertThat(recipe.batch()).isEqualTo(128);
    assertThat(recipe.epochs()).isEqualTo(200);
    assertThat(recipe.snapshots())
        .containsExactly(0, 1, 2, 5, 10, 20, 40, 60, 80, 100, 130, 140, 150, 160, 180, 200);
    assertThat(study("cifar100-wr28", Scale.FULL).widest().network())
        .isEqualTo(new WideResNet(28, 16, List.of(256, 512, 1024), 1024, 100, 32));
    assertThat(study("cifar10-densenet40", Scale.FULL).widest().network())
        .isEqualTo(new DenseNet(6, 256, 128, 10, 32));
    assertThat(study("imagenet-resnet50", Scale.FULL).widest().network())
        .isEqualTo(new ResNet(List.of(3, 4, 6, 3), 64, 256, 1000, 224));
  }

  @Test
  void without_weight_decay_nothing_else_changes() {
    for (String name : List.of("cifar10-wr28", "cifar100-wr28", "cifar10-densenet40")) {
      Study study = study(name, Scale.FULL);
      Recipe without = study.withoutWeightDecay().orElseThrow();
      assertThat(without.optimiser()).isEqualTo(new Optimiser.Sgd(0.9, 0));
      assertThat(without.network()).isEqualTo(study.widest().network());
      assertThat(without.schedule()).isEqualTo(study.widest().schedule());
      assertThat(without.snapshots()).isEqualTo(study.widest().snapshots());
    }
    assertThat(study("imagenet-resnet50", Scale.FULL).withoutWeightDecay()).isEmpty();
  }

  /** P22 Fig. S4: WR28-1 with a wide last layer alone, WR28-8 with a narrow one. */
  @Test
  void one_part_of_a_wide_resnet_is_widened_alone() {
    Study study = study("cifar10-wr28", Scale.FULL);
    List<Recipe> lastLayers = study.variant(Variant.LAST_LAYER_WIDENED);
    assertThat(lastLayers).extracting(Recipe::width).containsExactly(64, 128, 256, 512);
    assertThat(lastLayers.get(3).network())
        .isEqualTo(new WideResNet(28, 16, List.of(16, 32, 64), 512, 10, 32));
    assertThat(study.variant(Variant.BODY_WIDENED))
        .extracting(Recipe::network)
        .containsExactly(new WideResNet(28, 16, List.of(128, 256, 512), 64, 10, 32));

    assertThat(study("cifar10-wr28", Scale.QUICK).variant(Variant.LAST_LAYER_WIDENED))
        .extracting(Recipe::width)
        .containsExactly(64, 128, 256);
    assertThat(study("cifar10-wr28", Scale.QUICK).variant(Variant.BODY_WIDENED))
        .extracting(Recipe::network)
        .containsExactly(new WideResNet(10, 16, List.of(64, 128, 256), 64, 10, 32));
  }

  /** C20 is asked of each of several widths, C16 of one, C19 of the widest. */
  @Test
  void weight_decay_is_varied_from_none_on_at_several_widths() {
    Study study = study("pmnist-fc5", Scale.EXTENDED);
    List<Recipe> doses = study.variant(Variant.WEIGHT_DECAY);
    assertThat(doses)
        .extracting(Recipe::width)
        .containsExactlyElementsOf(
            Stream.of(64, 128, 256)
                .flatMap(width -> Collections.nCopies(8, width).stream())
                .toList());
    assertThat(doses.subList(0, 8))
        .extracting(recipe -> ((Optimiser.Sgd) recipe.optimiser()).weightDecay())
        .containsExactly(0.0, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05);
    assertThat(study.variant(Variant.DEPTH)).extracting(Recipe::width).containsOnly(256);
    assertThat(study.variant(Variant.LOSS)).extracting(Recipe::width).containsExactly(512);
    assertThat(study("pmnist-fc5", Scale.QUICK).variants()).isEmpty();
  }

  @Test
  void with_fewer_widths_the_networks_of_which_one_part_is_wide_go_along() {
    Study study = study("cifar10-wr28", Scale.FULL).ofWidths(Set.of(32, 64, 128));
    assertThat(study.regularised()).containsOnlyKeys(32, 64, 128);
    assertThat(study.withoutWeightDecay().orElseThrow().width()).isEqualTo(128);
    assertThat(study.variant(Variant.LAST_LAYER_WIDENED))
        .extracting(Recipe::width)
        .containsExactly(64, 128);
    assertThat(study.variant(Variant.BODY_WIDENED)).isEmpty();
    assertThat(
            study("cifar10-wr28", Scale.FULL).ofWidths(Set.of(512)).variant(Variant.BODY_WIDENED))
        .hasSize(1);
    assertThatThrownBy(() -> study("cifar10-wr28", Scale.FULL).ofWidths(Set.of(48)))
        .hasMessageContaining("none of the widths [48] is among [16, 32, 64, 128, 256, 512]");
  }

  @Test
  void every_system_has_a_smoke_run_on_its_data_or_on_a_stand_in() {
    Datasets datasets = new Datasets(empty);
    for (SystemOnData system : Systems.showing()) {
      String name = system.name();
      assertThat(system.tooSlowAt(Scale.SMOKE)).as(name).isEmpty();
      for (String dataset : List.of(system.dataset(Scale.SMOKE), system.standIn())) {
        Study study = system.study(Scale.SMOKE, SEEDS, dataset, datasets);
        assertThat(study.recipes()).allMatch(recipe -> recipe.epochs() <= 2);
        assertThat(datasets.missing(system.standIn())).isEmpty();
        assertThat(datasets.side(system.standIn()))
            .isEqualTo(name.startsWith("imagenet") ? 64 : datasets.side(dataset));
      }
    }
  }

  @Test
  void recorded_networks_follow_the_papers_recipe_at_every_scale() {
    Study papers = study("pmnist-fc5", Scale.FULL);
    for (Scale scale : List.of(Scale.QUICK, Scale.EXTENDED, Scale.FULL)) {
      Study recorded = study("pmnist-fc5-recorded", scale);

      assertThat(recorded.regularised().keySet()).containsExactly(64, 128, 256, 512);
      assertThat(recorded.widest()).isEqualTo(papers.widest().keepingTheEnd());
      assertThat(recorded.withoutWeightDecay().orElseThrow())
          .isEqualTo(papers.withoutWeightDecay().orElseThrow().keepingTheEnd());
    }
    assertThat(Systems.named("pmnist-fc5-recorded").tooSlowAt(Scale.SMOKE)).isPresent();
    assertThat(Systems.named("pmnist-fc5-recorded").remedy("train wider networks"))
        .isEqualTo("train such networks yourself, with -Dsystems=pmnist-fc5 -Dscale=full");
    assertThat(Systems.named("pmnist-fc5").remedy("train wider networks"))
        .isEqualTo("train wider networks");
  }

  @Test
  void each_seed_of_a_convolutional_network_is_trained_alone() {
    assertThat(study("cifar10-wr28", Scale.QUICK).widest().trainings())
        .extracting(Recipe::seeds)
        .containsExactly(List.of(0), List.of(1), List.of(2));
    assertThat(study("pmnist-fc5", Scale.QUICK).widest().trainings()).hasSize(1);
  }

  @Test
  void what_takes_days_on_a_cpu_says_so() {
    for (String name : List.of("cifar100-wr28", "cifar10-densenet40", "imagenet-resnet50")) {
      assertThat(Systems.named(name).tooSlowAt(Scale.QUICK))
          .hasValueSatisfying(reason -> assertThat(reason).contains("days on a CPU", "quick"));
      assertThat(Systems.named(name).tooSlowAt(Scale.FULL)).isEmpty();
    }
    assertThat(Systems.named("cifar10-wr28").tooSlowAt(Scale.QUICK)).isEmpty();
  }

  @Test
  void an_unknown_system_is_refused_with_those_that_there_are() {
    assertThatThrownBy(() -> Systems.named("cifar10"))
        .hasMessageContainingAll(
            "'cifar10'", "cifar10-wr28", "imagenet-resnet50", "teacher-student");
  }

  @Test
  void a_system_without_data_has_no_images_to_show() {
    assertThatThrownBy(() -> Systems.onData("teacher-student"))
        .hasMessageContaining("'teacher-student'; use one of pmnist-fc5, ")
        .hasMessageEndingWith("imagenet-resnet50");
  }

  /** The widths that P21 §4 and P22 §4 speak of reach from hardly wider than the teacher on. */
  @Test
  void students_of_all_scales_differ_in_widths_and_seeds_alone() {
    OnlineRecipe quick = students(Scale.QUICK, Set.of()).recipe();
    assertThat(quick.width()).isEqualTo(64);
    assertThat(students(Scale.EXTENDED, Set.of()).recipe()).isEqualTo(quick.withWidth(256));
    assertThat(students(Scale.FULL, Set.of()).recipe()).isEqualTo(quick.withWidth(512));
    assertThat(students(Scale.FULL, Set.of(16, 8)).widths()).containsExactly(8, 16);
  }

  private static Students students(Scale scale, Set<Integer> widths) {
    OnlineRuns untouched = new OnlineRuns(Path.of("runs"), warning -> {});
    return Systems.students().students(scale, SEEDS, widths, untouched);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "system: pmnist-fc5 | system: pmnist-fc6 | field system: is 'pmnist-fc6'",
        "kind: trained | kind: learned | recorded, teacher-student, trained",
        "batch: 256 | batchsize: 256 | field full.batch: is missing; add it",
        "batch: 256 | batch: '256' | field full.batch: ",
        "batch: 256 | batch: [256] | line 18, field full.batch: ",
        "seeds: 20 | seeds: 20.5 | field full.seeds: ",
        "seeds: 20 | seeds: null | line 12, field full.seeds: has no value",
        "depth: 4 | depth: four | field full.network.depth: ",
        "{architecture: fully-connected, inputs: 10, depth: 4 | {architecture: multilayer, inputs: 10, depth: 4 | densenet40-bc, fully-connected, resnet50, wide-resnet",
        "[2, 4, 8, 16, 32, 64, 128, 256, 512] | [2, 8, 4] | widths must increase",
        "stopped_early: 500 | stopped_early: 5001 | stopped_early is an epoch from 0 to 5000, not 5001",
        "loss: SQUARED_HINGE | loss: HINGE | CROSS_ENTROPY",
        "LOSS: {widths: [512], losses: [LOGISTIC]} | LOSS: {widths: [512]} | one of depths, losses, weight_decays and body",
        "LOSS: {widths: [512], losses: [LOGISTIC]} | LOSES: {widths: [512], losses: [LOGISTIC]} | WEIGHT_DECAY",
        "quick: | fast: | field quick: is missing",
        "stopped_early: 16 | stopped_soon: 16 | line 41, field extended.stopped_soon: there is no such field; allowed are augmentation, batch, dataset,",
      })
  void a_slip_in_a_systems_file_is_refused_with_file_and_field(
      String right, String slip, String message) throws IOException {
    String text = Files.readString(Path.of("src/main/resources/mitosis/systems/pmnist-fc5.yaml"));
    assertThat(text).contains(right);
    String slipped = slip == null ? "" : slip;
    int at = text.indexOf(right);
    Files.writeString(
        empty.resolve("pmnist-fc5.yaml"),
        text.substring(0, at) + slipped + text.substring(at + right.length()));

    assertThatThrownBy(() -> Systems.in(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("systems/pmnist-fc5.yaml, ")
        .hasMessageContaining(message);
  }

  /** The numbers of the papers' datasets are those of the data that the suite reads. */
  @Test
  void datasets_have_the_classes_and_training_images_that_the_files_of_systems_say()
      throws IOException {
    for (SystemOnData system : Systems.onData()) {
      if (system instanceof TrainedSystem trained) {
        String dataset = trained.dataset(Scale.FULL);
        assertThat(Digits.DATASETS.classes(dataset)).isEqualTo(trained.classes());
        assertThat(Digits.DATASETS.trainingExamples(dataset))
            .isEqualTo(trained.images().trainingImages());
      }
    }
  }

  @Test
  void of_a_recipe_only_what_differs_from_the_papers_is_said() {
    assertThat(RecipeDifference.NONE).hasToString("The papers' recipe.");
    assertThat(RecipeDifference.NONE.differing("seeds", 20, 20)).isEqualTo(RecipeDifference.NONE);
    assertThat(RecipeDifference.NONE.differing("seeds", 4, 20).and("no augmentation"))
        .hasToString("Here seeds 4 instead of 20; no augmentation. All else as in the papers.");
  }

  /** Widths are the papers' at extended scale, and were said to be others. */
  @Test
  void extended_scale_has_the_papers_widths() {
    assertThat(Systems.named("pmnist-fc5").departure(Scale.EXTENDED))
        .contains("epochs 160 instead of 5000", "seeds 10 instead of 20")
        .doesNotContain("widths");
    assertThat(Systems.named("pmnist-fc5").departure(Scale.FULL)).isEqualTo("The papers' recipe.");
  }

  @Test
  void a_smoke_run_says_that_it_hardly_trains() {
    assertThat(Systems.named("pmnist-fc5-free").departure(Scale.SMOKE))
        .contains("widths 8, 16 instead of 2, 4, ", "epochs 2 instead of 100000");
  }
}
