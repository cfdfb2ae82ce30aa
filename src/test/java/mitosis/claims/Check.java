package mitosis.claims;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mitosis.claim.Band;
import mitosis.claim.Baseline;
import mitosis.claim.Control;
import mitosis.claim.Estimate;
import mitosis.claim.Expectation;
import mitosis.claim.Judgement;
import mitosis.claim.Verdict;
import mitosis.evidence.Measurement;
import mitosis.evidence.Unmeasurable;
import mitosis.report.AllureClaim;
import mitosis.report.Figure;
import mitosis.report.FigureRenderer;
import mitosis.suite.Evidence;
import mitosis.suite.Laboratory;
import org.apache.commons.math3.stat.StatUtils;
import org.opentest4j.TestAbortedException;

/**
 * How one quantity of a claim is decided: measured on the evidence and on controls by the same
 * measurement, held against the band, reported, and only then passed, failed or aborted.
 */
final class Check {

  private final Laboratory laboratory;
  private final Expectation expectation;
  private final String test;

  Check(Laboratory laboratory, Expectation expectation, String test) {
    this.laboratory = laboratory;
    this.expectation = expectation;
    this.test = test;
  }

  /** The values that agree with the claim. */
  Band band() {
    return expectation.band();
  }

  /** What is expected. */
  Expectation expectation() {
    return expectation;
  }

  /** A number of the quantity's rule, such as the chunk size. */
  int setting(String name) {
    return (int) expectation.setting(name);
  }

  /**
   * Measures a quantity.
   *
   * @param measurement how
   * @param of what is measured, taken from the evidence
   */
  <T> Measured<T> measured(
      Function<Evidence, Measurement<T>> measurement, Function<Evidence, T> of) {
    return new Measured<>(measurement, of);
  }

  /**
   * A measurement with the controls that must come out.
   *
   * @param <T> what is measured
   */
  final class Measured<T> {

    private final Function<Evidence, Measurement<T>> measurement;
    private final Function<Evidence, T> of;
    private final List<Supplier<Control>> controls = new ArrayList<>();
    private final List<Supplier<Figure>> figures = new ArrayList<>();

    private Measured(Function<Evidence, Measurement<T>> measurement, Function<Evidence, T> of) {
      this.measurement = measurement;
      this.of = of;
    }

    /** What the same measurement must find outside the band. */
    Measured<T> rejects(String name, Supplier<T> control) {
      controls.add(() -> Control.mustReject(name, verdict(control)));
      return this;
    }

    /** What the same measurement must find inside the band. */
    Measured<T> accepts(String name, Supplier<T> control) {
      controls.add(() -> Control.mustAccept(name, verdict(control)));
      return this;
    }

    /** What to draw beside the number. */
    Measured<T> shownAs(Supplier<Figure> figure) {
      figures.add(figure);
      return this;
    }

    private Verdict verdict(Supplier<T> control) {
      try {
        return band().judge(measurement().of(control.get()));
      } catch (Unmeasurable e) {
        return Verdict.UNTESTED;
      }
    }

    private Measurement<T> measurement() {
      return measurement.apply(evidence());
    }

    /**
     * Measures, judges and reports.
     *
     * @throws mitosis.claim.ClaimMissed if the claim does not hold
     * @throws TestAbortedException if it cannot be told
     */
    void isWithinTheBand() {
      AllureClaim allure = AllureClaim.current();
      allure.expectation(expectation, sentence(), laboratory.departure(expectation.system()));
      Judgement judgement = judgement();
      String rerun = laboratory.rerun(expectation.claim(), expectation.system());
      var provenance = laboratory.provenance(expectation.system());
      laboratory.report(judgement.result(test, rerun, provenance));
      allure.judgement(judgement);
      judgement.estimate().ifPresent(estimate -> draw(allure));
      if (laboratory.options().record() > 0) {
        record(judgement.verdict());
      }
      allure.provenance(provenance);
      allure.rerun(rerun);
      judgement.throwIfMissed();
      if (judgement.verdict() != Verdict.REPRODUCED) {
        throw new TestAbortedException(judgement.reason());
      }
    }

    /** The test's name as words. */
    private String sentence() {
      return test.substring(test.indexOf('#') + 1).replace('_', ' ');
    }

    private Judgement judgement() {
      Optional<String> tooSlow = laboratory.tooSlow(expectation.system());
      if (tooSlow.isPresent()) {
        return Judgement.untested(expectation, tooSlow.get(), "run it with -Dscale=extended");
      }
      Optional<Estimate> estimate;
      try {
        estimate = Optional.of(measurement().of(of.apply(evidence())));
      } catch (Unmeasurable e) {
        return Judgement.untested(expectation, e.getMessage(), e.remedy());
      }
      return Judgement.of(
          expectation, estimate.get(), controls.stream().map(Supplier::get).toList());
    }

    /** With the same measurement on groups of other seeds. */
    private void record(Verdict verdict) {
      if (laboratory.tooSlow(expectation.system()).isPresent()) {
        laboratory.record(expectation, verdict, Map.of(), Optional.empty());
        return;
      }
      List<Estimate> others =
          IntStream.rangeClosed(1, laboratory.options().record())
              .mapToObj(group -> laboratory.otherSeeds(expectation.system(), group))
              .map(other -> measurement.apply(other).of(of.apply(other)))
              .toList();
      Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
      others.forEach(other -> verdicts.merge(band().judge(other), 1, Integer::sum));
      System.out.println("OTHER SEEDS %s: %s".formatted(expectation, others));
      double[] values = others.stream().mapToDouble(Estimate::value).toArray();
      Baseline baseline =
          new Baseline(
              StatUtils.mean(values),
              Math.sqrt(StatUtils.variance(values)),
              values.length,
              laboratory.commit());
      laboratory.record(expectation, verdict, verdicts, Optional.of(baseline));
    }

    private void draw(AllureClaim allure) {
      FigureRenderer renderer = new FigureRenderer(laboratory.figures());
      for (int k = 0; k < figures.size(); k++) {
        Figure figure = figures.get(k).get();
        String name =
            "%s-%s-%s%s"
                .formatted(
                    expectation.system(),
                    expectation.claim(),
                    expectation.quantity().name(),
                    k == 0 ? "" : "-" + (k + 1));
        renderer.write(name, figure);
        allure.figure(name, figure);
      }
    }
  }

  private Evidence evidence() {
    return laboratory.evidence(expectation.system());
  }
}
