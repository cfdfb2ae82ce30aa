package mitosis.suite;

import java.util.List;
import java.util.stream.IntStream;
import mitosis.analysis.PlantedClones;
import mitosis.evidence.Subject;
import mitosis.evidence.TrainingTrajectory;
import mitosis.suite.Controls.SyntheticSubjects;

/** Courses of training of which it is known what happens when. */
public final class PlantedCourses {

  /** Of either kind, as layers of several epochs are planted. */
  private static final int COURSE_IMAGES = 4_000;

  /** Deviation of the output at which one or two clear images in a hundred are misclassified. */
  private static final double MISREADING = 0.6;

  private final SyntheticSubjects madeUp;
  private final PlantedLayers layers;

  PlantedCourses(SyntheticSubjects madeUp, PlantedLayers layers) {
    this.madeUp = madeUp;
    this.layers = layers;
  }

  /**
   * A training in two phases, in ten epochs. For six of them the layer errs on its training set and
   * its neurons share hidden factors; then it fits, but only chunks of four times w* do; from the
   * eighth on all chunks from w* on do. Not of three times: the number of a planted layer's factors
   * is whole, so that its w* is some 20 % off, and a chunk of twice w* may not be told apart.
   *
   * @param critical w* at the end
   */
  public TrainingTrajectory twoPhases(double critical) {
    return course(unfit(critical), fit(critical, 4), settled(critical));
  }

  /**
   * The same without an end to the first phase: one training image in twelve stays misclassified.
   *
   * @param critical w* of the others
   */
  public TrainingTrajectory withoutInterpolation(double critical) {
    Subject wrong =
        madeUp.subject(
            "planted clones with wrong labels and w* about " + Math.round(critical),
            (network, test, train) ->
                SyntheticSubjects.few(end(critical), test, train)
                    .networkWithWrongLabels(network, PlantedLayers.ONE_IN));
    return course(unfit(critical), wrong, wrong);
  }

  /** Snapshots between which correlations among residuals fade away. */
  public List<Subject> fadingCorrelations() {
    return List.of(layers.plantedClonesWithHiddenFactors(), layers.plantedClones());
  }

  /** Snapshots between which nothing changes but the noise. */
  public List<Subject> steadyCorrelations() {
    return List.of(
        layers.plantedClonesWithHiddenFactors(),
        madeUp.subject(
            "planted clones with hidden factors, later",
            (network, test, train) ->
                SyntheticSubjects.few(layers.withHiddenFactors(), test, train)
                    .network(madeUp.seeds() + network)));
  }

  private static TrainingTrajectory course(Subject early, Subject then, Subject late) {
    return new TrainingTrajectory(
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                epoch ->
                    new TrainingTrajectory.Moment(
                        epoch, epoch <= 6 ? early : epoch == 7 ? then : late))
            .toList());
  }

  /** One test image in twenty is hard, so that a little noise more costs little. */
  private PlantedClones end(double critical) {
    return SyntheticSubjects.few(
        madeUp.clones(madeUp.width(), critical).withHardShare(0.05), COURSE_IMAGES, COURSE_IMAGES);
  }

  private Subject settled(double critical) {
    return madeUp.planted("planted clones at the end of training", end(critical));
  }

  /** With so much noise that w* is so many times larger. */
  private Subject fit(double critical, double times) {
    PlantedClones end = end(critical);
    double variance = times * (end.features() - 1.0 + varianceOf(end)) - (end.features() - 1.0);
    return madeUp.planted(
        "planted clones that have just come to fit",
        end.withNoise(Math.sqrt(variance / end.features())));
  }

  private static double varianceOf(PlantedClones clones) {
    return clones.features() * clones.noise() * clones.noise();
  }

  /** With hidden factors so strong that the full layer misclassifies clear images. */
  private Subject unfit(double critical) {
    PlantedClones end = end(critical);
    double variance = MISREADING * MISREADING * madeUp.width() - (end.features() - 1.0);
    return madeUp.planted(
        "planted clones that do not fit yet",
        end.withNoise(0.01)
            .withHiddenFactors(madeUp.width(), Math.sqrt(Math.max(0, variance) / end.features())));
  }
}
