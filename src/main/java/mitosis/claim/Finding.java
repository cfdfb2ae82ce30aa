package mitosis.claim;

/**
 * The verdict that was found before and is expected again.
 *
 * @param verdict the recorded verdict
 * @param because why it came out so
 */
public record Finding(Verdict verdict, String because) {}
