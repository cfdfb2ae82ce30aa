package mitosis.suite;

import java.util.List;

/**
 * All that what a test measures depends on. Two measurements with equal keys are the same to the
 * bit.
 *
 * @param format of the file; changes when a kept measurement is written otherwise
 * @param test as {@code class#method}
 * @param scale of the run, as in {@code -Dscale}
 * @param networks what is measured: the runs with the checksums of their files and of their data,
 *     or how students are trained, which says their bits
 * @param expected checksum of the bands, settings and published points that measurements and
 *     figures look at
 * @param code checksum of the code that measures
 * @param platform with what it is computed
 */
record MeasurementKey(
    int format,
    String test,
    String scale,
    List<String> networks,
    String expected,
    String code,
    ComputingPlatform platform) {

  /** Of files as {@link KeptMeasurements} writes them now. */
  static final int FORMAT = 1;

  /** Keeps a copy. */
  MeasurementKey {
    networks = List.copyOf(networks);
  }
}
