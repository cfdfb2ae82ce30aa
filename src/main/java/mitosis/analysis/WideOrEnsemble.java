package mitosis.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One wide network against an ensemble of narrow ones (P21 "Wide networks or deep ensemble
 * averages?" and figure 5). Only ensembles that were measured are compared: nothing is interpolated
 * between sizes, and a comparison that takes more networks than there are is left out.
 *
 * @param families networks of several widths, increasing, of the same kind and on the same images
 */
public record WideOrEnsemble(List<Family> families) {

  /**
   * Networks of one width.
   *
   * @param width w, at least 1
   * @param activations the number of activations of one network on one image, at least 1: what P21
   *     takes as its memory
   * @param errors of ensembles of 1 to S networks
   */
  public record Family(int width, long activations, EnsembleError errors) {

    /**
     * @throws IllegalArgumentException if width or activations are below 1
     */
    public Family {
      if (width < 1 || activations < 1) {
        throw new IllegalArgumentException(
            "width and activations are %d and %d, but must be at least 1"
                .formatted(width, activations));
      }
    }
  }

  /**
   * An ensemble of n networks of width w beside a single one of width W &gt; w.
   *
   * @param narrow w
   * @param networks n, at least 2
   * @param wide W
   * @param memory activations of the ensemble divided by those of the wide network
   * @param ensembleAccuracy mean over ensembles, in [0, 1]
   * @param wideAccuracy mean over seeds, in [0, 1]
   */
  public record Comparison(
      int narrow,
      int networks,
      int wide,
      double memory,
      double ensembleAccuracy,
      double wideAccuracy) {

    /** By how much the wide network is right more often; negative if the ensemble is. */
    public double advantageOfWidth() {
      return wideAccuracy - ensembleAccuracy;
    }
  }

  /**
   * @throws IllegalArgumentException if there are fewer than two families, their widths or
   *     activations don't increase, or they differ in the number of images
   */
  public WideOrEnsemble {
    families = List.copyOf(families);
    if (families.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison takes networks of two widths at least, not " + families.size());
    }
    for (int i = 1; i < families.size(); i++) {
      requireWider(families.get(i - 1), families.get(i));
    }
  }

  private static void requireWider(Family narrow, Family wide) {
    if (wide.width() <= narrow.width() || wide.activations() <= narrow.activations()) {
      throw new IllegalArgumentException(
          "widths and activations must increase, but %d with %d are followed by %d with %d"
              .formatted(narrow.width(), narrow.activations(), wide.width(), wide.activations()));
    }
    if (wide.errors().images() != narrow.errors().images()) {
      throw new IllegalArgumentException(
          "networks of width %d saw %d images, but those of width %d %d"
              .formatted(
                  narrow.width(), narrow.errors().images(), wide.width(), wide.errors().images()));
    }
  }

  /**
   * n networks of width w against one of width n·w, for every pair of widths of which one is a
   * multiple of the other.
   *
   * @param images weights of the images
   * @return in order of w, then W; empty if no such ensemble was measured
   * @throws IllegalArgumentException if there aren't as many weights as images
   */
  public List<Comparison> ofSameWidth(ImageWeights images) {
    return compare(Family::width, true, images);
  }

  /**
   * n networks of width w against one of width W with as many activations, or as nearly as many as
   * a whole number of networks can have; {@link Comparison#memory} says how nearly.
   *
   * @param images weights of the images
   * @return in order of w, then W; empty if no such ensemble was measured
   * @throws IllegalArgumentException if there aren't as many weights as images
   */
  public List<Comparison> ofSameMemory(ImageWeights images) {
    return compare(Family::activations, false, images);
  }

  private List<Comparison> compare(
      ToLongFunction<Family> cost, boolean exact, ImageWeights images) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Family narrow : families) {
      for (Family wide : families) {
        long one = cost.applyAsLong(narrow);
        long whole = cost.applyAsLong(wide);
        long networks = Math.round((double) whole / one);
        boolean measured = networks >= 2 && networks <= narrow.errors().seeds();
        if (wide.width() > narrow.width() && measured && (!exact || networks * one == whole)) {
          comparisons.add(
              new Comparison(
                  narrow.width(),
                  (int) networks,
                  wide.width(),
                  (double) networks * narrow.activations() / wide.activations(),
                  1 - narrow.errors().of((int) networks, images),
                  1 - wide.errors().of(1, images)));
        }
      }
    }
    return comparisons;
  }

  /**
   * The accuracy of ensembles of the same number of networks, width by width.
   *
   * @param networks n, at least 1 and at most the number of networks of every width
   * @param images weights of the images
   * @throws IllegalArgumentException if there are fewer networks of a width, or there aren't as
   *     many weights as images
   */
  public double[] accuracies(int networks, ImageWeights images) {
    return families.stream()
        .mapToDouble(family -> 1 - family.errors().of(networks, images))
        .toArray();
  }
}
