package mitosis.data;

/**
 * A learning task: what a network is trained on and what it is tested on.
 *
 * @param name the name that recipes use
 * @param train training examples
 * @param test test examples
 * @param fingerprint the published checksums of its source files, so that a run knows what it was
 *     trained on
 */
public record Dataset(String name, Examples train, Examples test, String fingerprint) {}
