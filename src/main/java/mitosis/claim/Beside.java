package mitosis.claim;

/**
 * What the same test measured besides, to be read with its number: it decides nothing.
 *
 * @param name what it was measured on, or how it differs
 * @param estimate what was measured
 */
public record Beside(String name, Estimate estimate) {

  @Override
  public String toString() {
    return "%s: %s".formatted(name, estimate);
  }
}
