package mitosis.claim;

import java.util.OptionalDouble;

/**
 * What the paper itself gives for a quantity.
 *
 * @param value the published number; empty if the paper gives none for this system
 * @param read where it was read, or why there is none
 */
public record Published(OptionalDouble value, String read) {}
