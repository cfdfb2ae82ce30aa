package mitosis.suite;

/**
 * Why nothing can be decided of a system in a run.
 *
 * @param reason for the report
 * @param remedy what to do about it
 */
public record Untestable(String reason, String remedy) {}
