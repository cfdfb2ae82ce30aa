package mitosis.claim;

/**
 * What the same test found besides, to be read with its number: it decides nothing.
 *
 * @param name what it was measured on, or how it differs
 * @param found in words
 */
public record Beside(String name, String found) {

  /** A number that was measured. */
  public Beside(String name, Estimate estimate) {
    this(name, estimate.toString());
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(name, found);
  }
}
