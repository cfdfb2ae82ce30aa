package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasuringCodeTest {

  @Test
  void the_same_classes_have_the_same_checksum() {
    assertThat(MeasuringCode.sha256(MeasuringCodeTest.class))
        .matches("[0-9a-f]{64}")
        .isEqualTo(MeasuringCode.sha256(KeptMeasurementsTest.class));
  }

  /** This test's package stands in for the one of the claims' tests. */
  @Test
  void other_tests_have_another_checksum() {
    assertThat(MeasuringCode.sha256(MeasuringCodeTest.class))
        .isNotEqualTo(MeasuringCode.sha256(mitosis.claims.MostVerdictsFirst.class));
  }
}
