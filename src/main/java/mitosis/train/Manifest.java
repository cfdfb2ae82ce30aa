package mitosis.train;

import java.util.Map;

/**
 * What a stored run consists of, written last: a run without one is not finished.
 *
 * @param hash the run's key
 * @param dataFingerprint checksums of what it was trained on
 * @param execution where and with what
 * @param epochs how many epochs it took
 * @param seconds time spent training
 * @param machine operating system, processor and Java, for the record only
 * @param files SHA-256 of each file by name
 */
public record Manifest(
    String hash,
    String dataFingerprint,
    Execution execution,
    int epochs,
    double seconds,
    Map<String, String> machine,
    Map<String, String> files) {}
