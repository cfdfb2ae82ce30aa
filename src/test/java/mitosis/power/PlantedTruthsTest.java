package mitosis.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitosis.claim.CheckPower;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.Finding;
import mitosis.claim.Scale;
import mitosis.claim.Verdict;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That subjects have the true values that they are said to have: of many networks that is what is
 * measured.
 */
class PlantedTruthsTest {

  private static final int TRIALS = 10;
  private static final int NETWORKS = 40;

  private static PowerScenario.On on(String system, Scale scale) {
    return new PowerScenario.On(system, scale, 4, Expectations.read(Path.of("expected"), system));
  }

  static Stream<PowerScenario> ofKnownNetworks() {
    PowerScenario.On pmnist = on("pmnist-fc5", Scale.QUICK);
    PowerScenario.On cifar = on("cifar10-wr28", Scale.QUICK);
    return Stream.of(
            LayerScenarios.quick(pmnist),
            LayerScenarios.recorded(on("pmnist-fc5-recorded", Scale.FULL)),
            LayerScenarios.cifar(cifar),
            WidthScenarios.cifar(cifar),
            WholeNetworkScenarios.quick(cifar),
            VariantScenarios.extended(on("pmnist-fc5", Scale.EXTENDED)),
            TrainingScenarios.quick(pmnist),
            WidthScenarios.quick(pmnist),
            StudentScenarios.quick(on("teacher-student", Scale.QUICK)))
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("ofKnownNetworks")
  void theMeanOverManyNetworksIsTheTruth(PowerScenario question) {
    for (double truth : new double[] {question.truths().get(0), last(question.truths())}) {
      double[] values =
          IntStream.range(0, TRIALS)
              .parallel()
              .mapToDouble(
                  trial ->
                      question
                          .planting()
                          .measured(truth, NETWORKS, new SplittableRandom(trial))
                          .value())
              .toArray();
      double error = Math.sqrt(StatUtils.variance(values) / TRIALS);

      // Five standard errors are a bit more than the deviation of groups of so many, which covers
      // what a maximum of
      // several adds.
      assertThat(StatUtils.mean(values))
          .as("%s, truth %s", question.key(), truth)
          .isCloseTo(truth, within(5 * error + 1e-9));
    }
  }

  private static double last(List<Double> truths) {
    return truths.get(truths.size() - 1);
  }

  @Test
  void ensemblesGainWhatTheyShould() {
    // Counted on 60,000 images, of which 1,000 or so are misread by single networks:
    // 4·√1,000/60,000; and on 10,000, of which it is 500.
    ensemblesGainWhatTheyShould(EnsembleScenarios.quick(on("pmnist-fc5", Scale.QUICK)), 0.01, 2e-3);
    ensemblesGainWhatTheyShould(
        EnsembleScenarios.cifar(on("cifar10-wr28", Scale.QUICK)), 0.02, 9e-3);
  }

  private static void ensemblesGainWhatTheyShould(
      List<PowerScenario> questions, double truth, double error) {
    for (PowerScenario question : questions) {
      double value =
          question.planting().measured(truth, question.seeds(), new SplittableRandom(1)).value();

      assertThat(value).as(question.key().toString()).isCloseTo(truth, within(error));
    }
  }

  @Test
  void everyQuantityThatIsMeasuredAtQuickScaleIsAskedFor() {
    List<CheckPower.Key> asked = PowerRun.questions().stream().map(PowerScenario::key).toList();

    assertThat(asked).doesNotHaveDuplicates();
    for (String system :
        List.of("pmnist-fc5", "pmnist-fc5-recorded", "cifar10-wr28", "teacher-student")) {
      Scale scale = system.equals("pmnist-fc5-recorded") ? Scale.FULL : Scale.QUICK;
      List<CheckPower.Key> measured =
          Expectations.read(Path.of("expected"), system).at(scale).stream()
              .filter(each -> !isUntested(each))
              .map(each -> new CheckPower.Key(system, scale, each.claim(), each.quantity().name()))
              .toList();
      assertThat(asked).containsAll(measured);
    }
  }

  private static boolean isUntested(Expectation expectation) {
    return expectation.finding().map(Finding::verdict).equals(Optional.of(Verdict.UNTESTED));
  }

  @Test
  void truthsLieOnBothSidesOfTheEdge() {
    assertThat(PowerRun.questions())
        .allSatisfy(
            question ->
                assertThat(question.truths().stream().map(question.band()::contains).distinct())
                    .as(question.key().toString())
                    .containsExactlyInAnyOrder(true, false));
    assertThat(PowerRun.questions().stream().map(q -> q.key().claim()))
        .contains(ClaimId.C01, ClaimId.C20);
  }
}
