package mitosis.claims.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mitosis.analysis.Dynamics;
import mitosis.claim.ClaimResult;
import mitosis.claim.Control;
import mitosis.claim.Estimate;
import mitosis.claim.Expectation;
import mitosis.claim.Judgement;
import mitosis.claim.Judgement.SideNote;
import mitosis.claim.Verdict;
import mitosis.evidence.Measurement;
import mitosis.evidence.Unmeasurable;
import mitosis.evidence.Unmeasurable.NotTrained;
import mitosis.report.AllureClaim;
import mitosis.report.Csv;
import mitosis.report.Csv.DynamicsCsv;
import mitosis.report.Figure;
import mitosis.report.FigureRenderer;
import mitosis.suite.ClaimContext;
import mitosis.suite.ClaimContext.KeptMeasurement;
import mitosis.suite.Measured;
import mitosis.suite.TestedSystem.Untestable;
import org.opentest4j.TestAbortedException;

/**
 * A measurement with the controls that must come out: made on the evidence and on the controls
 * alike, held against the band, reported, and only then passed, failed or aborted.
 *
 * @param <T> what is measured
 */
public final class Verification<T> {

  private final ClaimContext bench;
  private final Expectation expectation;
  private final String test;
  private final Supplier<Measurement<T>> measurement;
  private final Supplier<T> evidence;
  private final List<Supplier<Control>> controls = new ArrayList<>();
  private final List<Supplier<Figure>> figures = new ArrayList<>();
  private final Map<String, Supplier<Dynamics>> dynamics = new LinkedHashMap<>();
  private final List<Supplier<Optional<SideNote>>> asides = new ArrayList<>();
  private Optional<Untestable> untestable = Optional.empty();
  private Optional<Untestable> undecided = Optional.empty();
  private Consumer<Judgement> recorder = judgement -> {};

  /** Whether nothing is left out for want of networks that a later run may have. */
  private boolean complete = true;

  /**
   * @param bench where it is checked
   * @param expectation what was fixed before
   * @param test as {@code class#method}
   * @param measurement how it is measured
   * @param evidence what is measured
   */
  Verification(
      ClaimContext bench,
      Expectation expectation,
      String test,
      Supplier<Measurement<T>> measurement,
      Supplier<T> evidence) {
    this.bench = bench;
    this.expectation = expectation;
    this.test = test;
    this.measurement = measurement;
    this.evidence = evidence;
  }

  /** Not measured if there is a reason. */
  Verification<T> unless(Optional<Untestable> reason) {
    untestable = reason;
    return this;
  }

  /** Measured, but not judged, if there is a reason. */
  Verification<T> decidesNothing(Optional<Untestable> reason) {
    undecided = reason;
    return this;
  }

  /** Told of the judgement once it is reported. */
  Verification<T> recordedBy(Consumer<Judgement> told) {
    recorder = told;
    return this;
  }

  /** What was made up so that the same measurement must find it outside the band. */
  public Verification<T> rejects(String name, Supplier<T> control) {
    controls.add(() -> Control.mustReject(name, Control.Origin.MADE_UP, verdict(control)));
    return this;
  }

  /** A trained network that the same measurement must find outside the band. */
  public Verification<T> rejectsTrained(String name, Supplier<T> control) {
    controls.add(() -> Control.mustReject(name, Control.Origin.TRAINED, verdict(control)));
    return this;
  }

  /** The same, where the measurement can tell at all. */
  public Verification<T> rejectsTrainedIf(boolean can, String name, Supplier<T> control) {
    return can ? rejectsTrained(name, control) : this;
  }

  /** What was made up so that the same measurement must find it inside the band. */
  public Verification<T> accepts(String name, Supplier<T> control) {
    controls.add(() -> Control.mustAccept(name, Control.Origin.MADE_UP, verdict(control)));
    return this;
  }

  /**
   * What was made up to have a known value: the same measurement must find it inside the band if
   * the value lies there, and outside if not.
   */
  public Verification<T> tells(String name, double known, Supplier<T> control) {
    return expectation.band().contains(known) ? accepts(name, control) : rejects(name, control);
  }

  /** The same as {@link #rejects}, where the measurement can tell at all. */
  public Verification<T> rejectsIf(boolean can, String name, Supplier<T> control) {
    return can ? rejects(name, control) : this;
  }

  /** The same, where the measurement can tell at all. */
  public Verification<T> acceptsIf(boolean can, String name, Supplier<T> control) {
    return can ? accepts(name, control) : this;
  }

  /** A trained network that the same measurement must find inside the band. */
  public Verification<T> acceptsTrained(String name, Supplier<T> control) {
    controls.add(() -> Control.mustAccept(name, Control.Origin.TRAINED, verdict(control)));
    return this;
  }

  /**
   * What to say beside the number, which it does not decide; nothing where it does not exist, or
   * would say the same.
   */
  public Verification<T> beside(Supplier<Optional<SideNote>> measured) {
    asides.add(measured);
    return this;
  }

  /** What to draw beside the number. */
  public Verification<T> shownAs(Supplier<Figure> figure) {
    figures.add(figure);
    return this;
  }

  /**
   * What to write as a table beside the number.
   *
   * @param arm which networks they are of, in the file's name
   */
  public Verification<T> tabulated(String arm, Supplier<Dynamics> measured) {
    dynamics.put(arm, measured);
    return this;
  }

  private Verdict verdict(Supplier<T> control) {
    try {
      return expectation.band().judge(measurement.get().of(control.get()));
    } catch (NotTrained e) {
      throw e;
    } catch (Unmeasurable e) {
      return Verdict.UNTESTED;
    }
  }

  /**
   * Measures, or reads what was measured before, judges and reports.
   *
   * @throws mitosis.claim.ClaimMissed if the claim does not hold
   * @throws TestAbortedException if it cannot be told
   */
  public void isWithinTheBand() {
    AllureClaim allure = AllureClaim.current();
    String departure = bench.departure(expectation.system());
    allure.expectation(expectation, sentence(), departure);
    Optional<KeptMeasurement> place = place();
    Optional<Measured> known = place.flatMap(KeptMeasurement::read);
    Optional<Measured> numbers = Optional.empty();
    Judgement judgement;
    if (untestable.isPresent()) {
      judgement = untested(untestable.get().reason(), untestable.get().remedy());
    } else {
      try {
        numbers = Optional.of(known.orElseGet(this::numbers));
        judgement = judgement(numbers.get());
      } catch (NotTrained e) {
        judgement = unmeasured(e.getMessage(), e.remedy());
      }
    }
    String rerun = bench.rerun(expectation.claim(), expectation.system());
    Map<String, Object> provenance = new LinkedHashMap<>(bench.provenance(expectation.system()));
    provenance.put(ClaimResult.DEPARTURE, departure);
    known.ifPresent(
        loaded -> provenance.put(ClaimResult.LOADED, place.orElseThrow().file().toString()));
    bench.report(judgement.result(test, rerun, provenance));
    allure.judgement(judgement);
    if (numbers.isPresent()) {
      Measured whole = known.isPresent() ? known.get() : withFigures(numbers.get());
      draw(allure, whole);
      if (known.isEmpty() && complete) {
        place.ifPresent(kept -> kept.write(whole));
      }
    }
    String power = bench.power(expectation).csv();
    if (!power.isEmpty()) {
      allure.csv("how often this check is wrong, by the true value", power);
    }
    recorder.accept(judgement);
    allure.provenance(provenance);
    allure.rerun(rerun);
    judgement.throwIfMissed(rerun);
    if (judgement.verdict() != Verdict.REPRODUCED) {
      throw new TestAbortedException(judgement.message(rerun));
    }
  }

  /** The test's name as words. */
  private String sentence() {
    return test.substring(test.indexOf('#') + 1).replace('_', ' ');
  }

  /** Where it is kept; nothing for what cannot be measured, and for what is only tried out. */
  private Optional<KeptMeasurement> place() {
    return untestable.isPresent() || undecided.isPresent()
        ? Optional.empty()
        : bench.kept(expectation, test, Verification.class);
  }

  /**
   * What decides the claim, and what is told beside it. What decides nothing has no controls.
   *
   * @throws NotTrained if networks are not there yet, be it of a control alone
   */
  private Measured numbers() {
    Estimate estimate;
    try {
      estimate = measurement.get().of(evidence.get());
    } catch (NotTrained e) {
      throw e;
    } catch (Unmeasurable e) {
      return Measured.missing(e.getMessage(), e.remedy());
    }
    if (undecided.isPresent()) {
      return Measured.of(estimate, List.of(), List.of());
    }
    List<Control> outcomes;
    try {
      outcomes = controls.stream().map(Supplier::get).toList();
    } catch (NotTrained e) {
      throw new NotTrained("for a control, " + e.getMessage(), e.remedy());
    }
    return Measured.of(estimate, outcomes, asides());
  }

  private Judgement judgement(Measured numbers) {
    if (numbers.missing().isPresent()) {
      return unmeasured(numbers.missing().get().what(), numbers.missing().get().remedy());
    }
    Estimate estimate = numbers.estimate().orElseThrow();
    return undecided
        .map(
            smoke ->
                untested(
                    "%s, which measured %s".formatted(smoke.reason(), estimate), smoke.remedy()))
        .orElseGet(
            () -> Judgement.of(expectation, estimate, numbers.controls()).beside(numbers.beside()));
  }

  private Judgement unmeasured(String missing, String remedy) {
    return undecided
        .map(smoke -> untested(smoke.reason() + ", and " + missing, smoke.remedy()))
        .orElseGet(() -> untested(missing, bench.remedy(expectation.system(), remedy)));
  }

  private Judgement untested(String missing, String remedy) {
    return Judgement.untested(expectation, missing, remedy);
  }

  private List<SideNote> asides() {
    return asides.stream()
        .flatMap(aside -> ifMeasurable(aside).flatMap(each -> each).stream())
        .toList();
  }

  /**
   * With what is drawn of a quantity that exists. A smoke run decides nothing, but draws, so that
   * figures are tried out too.
   */
  private Measured withFigures(Measured numbers) {
    if (numbers.estimate().isEmpty() && undecided.isEmpty()) {
      return numbers;
    }
    Map<String, String> tables = new LinkedHashMap<>();
    dynamics.forEach(
        (arm, course) ->
            ifMeasurable(() -> DynamicsCsv.text(course.get()))
                .ifPresent(table -> tables.put(arm, table)));
    return numbers.shownAs(figures.stream().map(this::ifMeasurable).toList(), tables);
  }

  /**
   * What does not exist is not shown, such as errors of a network without a readout, or residuals
   * of live neurons that are too few.
   */
  private <S> Optional<S> ifMeasurable(Supplier<S> shown) {
    try {
      return Optional.of(shown.get());
    } catch (NotTrained e) {
      complete = false;
      return Optional.empty();
    } catch (Unmeasurable e) {
      return Optional.empty();
    }
  }

  private void draw(AllureClaim allure, Measured measured) {
    FigureRenderer renderer = new FigureRenderer(bench.figures());
    for (int k = 0; k < measured.figures().size(); k++) {
      String name =
          "%s-%s-%s%s"
              .formatted(
                  expectation.system(),
                  expectation.claim(),
                  expectation.quantity().name(),
                  k == 0 ? "" : "-" + (k + 1));
      measured
          .figures()
          .get(k)
          .ifPresent(
              figure -> {
                FigureRenderer.Drawn drawn = FigureRenderer.draw(figure);
                renderer.write(name, drawn);
                allure.figure(name, figure, drawn);
              });
    }
    new TreeMap<>(measured.tables())
        .forEach(
            (arm, csv) -> {
              String name = expectation.system() + "-" + arm;
              Csv.write(bench.dynamics().resolve(name + ".csv"), csv);
              allure.csv(name + " (dynamics)", csv);
            });
  }
}
