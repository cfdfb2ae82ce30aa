package mitosis.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
}
