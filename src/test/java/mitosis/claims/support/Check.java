package mitosis.claims.support;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mitosis.claim.Band;
import mitosis.claim.Baseline;
import mitosis.claim.ClaimId;
import mitosis.claim.Estimate;
import mitosis.claim.Estimates;
import mitosis.claim.Expectation;
import mitosis.claim.Judgement;
import mitosis.claim.Quantity;
import mitosis.claim.Verdict;
import mitosis.evidence.Measurement;
import mitosis.evidence.Unmeasurable;
import mitosis.evidence.Unmeasurable.NotTrained;
import mitosis.suite.ClaimContext.KeptMeasurement;
import mitosis.suite.ClaimSession;
import mitosis.suite.Evidence;
import mitosis.suite.Measured;
import mitosis.suite.Students;
import org.apache.commons.math3.stat.StatUtils;

/** How one quantity of a claim is decided on the networks of a system. */
public final class Check {

  private final ClaimSession laboratory;
  private final Expectation expectation;
  private final String test;

  Check(ClaimSession laboratory, Expectation expectation, String test) {
    this.laboratory = laboratory;
    this.expectation = expectation;
    this.test = test;
  }

  /** The values that agree with the claim. */
  public Band band() {
    return expectation.band();
  }

  /** The values that agree with another claim of the same system. */
  public Band band(ClaimId claim, String quantity) {
    return laboratory
        .expectations(expectation.system())
        .of(claim, quantity, expectation.scale())
        .band();
  }

  /** What is expected. */
  public Expectation expectation() {
    return expectation;
  }

  /** The system's w* in the paper, if it has one. */
  public OptionalDouble publishedCriticalWidth() {
    return quantity(ClaimId.C05, "critical_width").published().value();
  }

  /** The most that another quantity of the system may be. */
  public double most(ClaimId claim, String name) {
    return quantity(claim, name).band().high();
  }

  private Quantity quantity(ClaimId claim, String name) {
    return laboratory
        .expectations(expectation.system())
        .of(claim, name, expectation.scale())
        .quantity();
  }

  /** A number of the quantity's rule, such as the chunk size. */
  public int setting(String name) {
    return (int) expectation.setting(name);
  }

  /**
   * Measures a quantity.
   *
   * @param measurement how
   * @param of what is measured, taken from the evidence
   */
  public <T> Verification<T> measured(
      Function<Evidence, Measurement<T>> measurement, Function<Evidence, T> of) {
    String system = expectation.system();
    return measured(
        group -> group == 0 ? laboratory.evidence(system) : laboratory.otherSeeds(system, group),
        measurement,
        of);
  }

  /**
   * Measures a quantity in several cases, of which the one that agrees least with the band counts.
   *
   * @param measurement how
   * @param of what is measured, taken from the evidence
   */
  public <T> Verification<T> measuredInEachCase(
      Function<T, Estimates> measurement, Function<Evidence, T> of) {
    return measured(e -> each -> measurement.apply(each).worst(band()).estimate(), of);
  }

  /**
   * Measures a quantity of students that learn a teacher.
   *
   * @param measurement how
   * @param of which of them
   */
  public <T> Verification<T> measuredOnStudents(
      Measurement<T> measurement, Function<Students, T> of) {
    return measured(laboratory::students, students -> measurement, of);
  }

  /**
   * @param evidence of a group of seeds: 0 for the run's own, 1, 2, … for others
   */
  private <E, T> Verification<T> measured(
      IntFunction<E> evidence, Function<E, Measurement<T>> measurement, Function<E, T> of) {
    String system = expectation.system();
    Verification<T> verification =
        new Verification<>(
                laboratory,
                expectation,
                test,
                () -> measurement.apply(evidence.apply(0)),
                () -> of.apply(evidence.apply(0)))
            .unless(laboratory.untestable(system))
            .decidesNothing(laboratory.undecided(system));
    return laboratory.options().record().isPresent()
        ? verification.recordedBy(judgement -> record(judgement, evidence, measurement, of))
        : verification;
  }

  /** With the same measurement on groups of other seeds. */
  private <E, T> void record(
      Judgement judgement,
      IntFunction<E> evidence,
      Function<E, Measurement<T>> measurement,
      Function<E, T> of) {
    if (laboratory.untestable(expectation.system()).isPresent()) {
      laboratory.record(judgement, Map.of(), Optional.empty());
      return;
    }
    List<Estimate> others =
        IntStream.rangeClosed(1, laboratory.otherGroups(expectation.system()))
            .boxed()
            .flatMap(group -> otherSeeds(group, evidence, measurement, of).stream())
            .toList();
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    others.forEach(other -> verdicts.merge(band().judge(other), 1, Integer::sum));
    System.out.println("OTHER SEEDS %s: %s".formatted(expectation, others));
    double[] values = others.stream().mapToDouble(Estimate::value).toArray();
    // One value alone, or the same again and again, does not say how far another may be from it.
    Optional<Baseline> baseline =
        values.length < 2 || StatUtils.variance(values) == 0
            ? Optional.empty()
            : Optional.of(
                new Baseline(
                    StatUtils.mean(values),
                    Math.sqrt(StatUtils.variance(values)),
                    values.length,
                    laboratory.commit()));
    laboratory.record(judgement, verdicts, baseline);
  }

  /** Nothing where the quantity does not exist for these seeds, as it may not for the run's own. */
  private <E, T> Optional<Estimate> otherSeeds(
      int group,
      IntFunction<E> evidence,
      Function<E, Measurement<T>> measurement,
      Function<E, T> of) {
    Optional<KeptMeasurement> place = laboratory.kept(expectation, test, group, Verification.class);
    Optional<Measured> known = place.flatMap(KeptMeasurement::read);
    Measured measured = known.orElseGet(() -> measured(measurement, of, evidence.apply(group)));
    if (known.isEmpty()) {
      place.ifPresent(kept -> kept.write(measured));
    }
    measured
        .missing()
        .ifPresent(missing -> System.out.println("OTHER SEEDS: not measured: " + missing.what()));
    return measured.estimate();
  }

  private static <E, T> Measured measured(
      Function<E, Measurement<T>> measurement, Function<E, T> of, E evidence) {
    try {
      return Measured.of(measurement.apply(evidence).of(of.apply(evidence)), List.of(), List.of());
    } catch (NotTrained e) {
      throw e;
    } catch (Unmeasurable e) {
      return Measured.missing(e.getMessage(), e.remedy());
    }
  }
}
