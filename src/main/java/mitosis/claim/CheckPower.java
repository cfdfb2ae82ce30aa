package mitosis.claim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitosis.analysis.ClopperPearson;

/**
 * How well the check of one quantity tells subjects that have the property from those that don't.
 *
 * @param key which quantity of which claim
 * @param planted what was made up, and with which noise
 * @param images N test images that each network saw; for a quantity of the training set its images;
 *     0 where there are none
 * @param band as text, against which the verdicts were found
 * @param commit of the suite whose check it was, at the last trial
 * @param positions by truth and number of seeds
 */
public record CheckPower(
    Key key,
    String planted,
    int images,
    String band,
    String commit,
    List<PowerPosition> positions) {

  /**
   * Which quantity.
   *
   * @param system the system
   * @param scale at which scale, which sets seeds and images
   * @param claim the claim
   * @param quantity the quantity's name
   */
  public record Key(String system, Scale scale, ClaimId claim, String quantity) {

    /** That of an expectation. */
    public static Key of(Expectation expectation) {
      return new Key(
          expectation.system(),
          expectation.scale(),
          expectation.claim(),
          expectation.quantity().name());
    }

    /** As in {@code C01 exponent on pmnist-fc5 (quick)}. */
    @Override
    public String toString() {
      return "%s %s on %s (%s)".formatted(claim, quantity, system, scale.word());
    }
  }

  private static final Comparator<PowerPosition> ORDER =
      Comparator.comparingDouble(PowerPosition::truth).thenComparingInt(PowerPosition::seeds);

  /** Keeps a sorted copy of the positions. */
  public CheckPower {
    positions = positions.stream().sorted(ORDER).toList();
  }

  /** Whether the verdicts were found against this band, and so still mean something. */
  public boolean isOf(Band today) {
    return band.equals(today.toString());
  }

  /** Whether both are trials of one check on subjects of one kind, up to one commit. */
  boolean isOfTheSame(CheckPower other) {
    return key.equals(other.key)
        && planted.equals(other.planted)
        && images == other.images
        && band.equals(other.band)
        && commit.equals(other.commit);
  }

  /** What is known at a truth, if anything was tried there with so many seeds. */
  public Optional<PowerPosition> at(double truth, int seeds) {
    return positions.stream()
        .filter(position -> position.truth() == truth && position.seeds() == seeds)
        .findFirst();
  }

  /** The same at some truths only. */
  public CheckPower at(List<Double> truths) {
    return new CheckPower(
        key,
        planted,
        images,
        band,
        commit,
        positions.stream().filter(position -> truths.contains(position.truth())).toList());
  }

  /** The number of seeds of the scale itself: the fewest that were tried. */
  public int seeds() {
    return positions.stream().mapToInt(PowerPosition::seeds).min().orElse(0);
  }

  /** The same with one position put in place of what was known there. */
  public CheckPower with(PowerPosition position, String atCommit) {
    List<PowerPosition> all = new ArrayList<>(positions);
    all.removeIf(each -> each.truth() == position.truth() && each.seeds() == position.seeds());
    all.add(position);
    return new CheckPower(key, planted, images, band, atCommit, all);
  }

  /**
   * What a check said of made-up subjects, each a fresh one, whose true value is known.
   *
   * @param truth the true value of what is measured
   * @param seeds networks of a subject
   * @param verdicts how often it said what; each count at least 0
   * @param halfWidth of the intervals it found, their harmonic mean, so that one without an end
   *     counts too; at least 0, and +∞ if none had ends
   */
  public record PowerPosition(
      double truth, int seeds, Map<Verdict, Integer> verdicts, double halfWidth) {

    /** The chance of a wrong verdict that a check is to stay below. */
    public static final double GOAL = 1e-3;

    /** One less the confidence level of upper bounds. */
    private static final double TAIL = 0.05;

    /**
     * Keeps a copy of the counts.
     *
     * @throws IllegalArgumentException if the truth is not finite, a subject has fewer than two
     *     networks, or a count is negative
     */
    public PowerPosition {
      if (!Double.isFinite(truth)) {
        throw new IllegalArgumentException("truth is " + truth + "; give a finite number");
      }
      if (seeds < 2) {
        throw new IllegalArgumentException(
            "seeds is " + seeds + "; a subject has at least two networks");
      }
      if (!(halfWidth >= 0)) {
        throw new IllegalArgumentException(
            "half_width is "
                + halfWidth
                + "; give a number of at least 0, or leave it out for none");
      }
      Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
      verdicts.forEach(
          (verdict, count) -> {
            if (count < 0) {
              throw new IllegalArgumentException(
                  verdict + " is " + count + "; give how often the check said so, at least 0");
            }
            counts.put(verdict, count);
          });
      verdicts = Collections.unmodifiableMap(counts);
    }

    /** Nothing tried yet. */
    public static PowerPosition untried(double truth, int seeds) {
      return new PowerPosition(truth, seeds, Map.of(), Double.POSITIVE_INFINITY);
    }

    /**
     * The same with further trials.
     *
     * @param further of this truth and number of seeds
     * @throws IllegalArgumentException if they are of others
     */
    public PowerPosition with(PowerPosition further) {
      if (further.truth != truth || further.seeds != seeds) {
        throw new IllegalArgumentException(
            "trials of %s with %d seeds do not add to those of %s with %d"
                .formatted(further.truth, further.seeds, truth, seeds));
      }
      Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
      sum.putAll(verdicts);
      further.verdicts.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
      int measured = measured() + further.measured();
      double inverse = measured() / halfWidth + further.measured() / further.halfWidth;
      return new PowerPosition(
          truth, seeds, sum, inverse > 0 ? measured / inverse : Double.POSITIVE_INFINITY);
    }

    private int measured() {
      return trials() - count(Verdict.UNTESTED);
    }

    /** How often the check was tried. */
    public int trials() {
      return verdicts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How often it said that. */
    public int count(Verdict verdict) {
      return verdicts.getOrDefault(verdict, 0);
    }

    /** The verdict that would be wrong. */
    public static Verdict wrong(Band band, double truth) {
      return band.contains(truth) ? Verdict.NOT_REPRODUCED : Verdict.REPRODUCED;
    }

    /** How often it said the wrong thing; saying nothing is not wrong. */
    public int errors(Band band) {
      return count(wrong(band, truth));
    }

    /**
     * The largest chance of a wrong verdict that agrees with the trials at a confidence of 95 %,
     * one-sided.
     *
     * @throws IllegalArgumentException if nothing was tried
     */
    public double mostWrong(Band band) {
      return new ClopperPearson(errors(band), trials()).upper(TAIL);
    }

    /** Whether the chance of a wrong verdict is known to be at most {@link #GOAL}. */
    public boolean reachesGoal(Band band) {
      return trials() > 0 && mostWrong(band) <= GOAL;
    }

    /** The share of trials that ended in REPRODUCED or NOT_REPRODUCED; 0 if there were none. */
    public double decided() {
      int decided = count(Verdict.REPRODUCED) + count(Verdict.NOT_REPRODUCED);
      return trials() == 0 ? 0 : (double) decided / trials();
    }

    /**
     * How many times as many seeds or images bring the interval down to the distance from the edge,
     * so that half of all trials decide: see {@link Band#growthToDecide}.
     */
    public Optional<Long> growthToDecide(Band band) {
      return band.growthToDecide(truth, new Interval(truth - halfWidth, truth + halfWidth));
    }
  }
}
