package mitosis.train;

/** A training whose loss or weights are no longer finite numbers. Nothing of it is stored. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(Recipe recipe, int seed, int epoch, String what) {
    super(
        "training of %s, width %d, seed %d diverged in epoch %d: %s; nothing was stored. Lower the learning rate (%s)."
            .formatted(recipe.system(), recipe.width(), seed, epoch, what, recipe.schedule()));
  }
}
