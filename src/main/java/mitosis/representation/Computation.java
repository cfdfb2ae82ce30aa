package mitosis.representation;

/**
 * How a representation was computed here, from a network that was brought without one.
 *
 * @param network its architecture in words
 * @param dataset name of the dataset whose images it was shown
 * @param fingerprint of that dataset
 */
public record Computation(String network, String dataset, String fingerprint) {}
