package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

  private static final int PIXELS = 784;
  private static final int COMPONENTS = 10;

  private static byte[] digits;
  private static PrincipalComponents components;

  @BeforeAll
  static void fit() throws IOException {
    Path file = Path.of("fixtures/mnist/t10k-images-idx3-ubyte.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      in.skipNBytes(16);
      digits = in.readAllBytes();
    }
    components = PrincipalComponents.fit(digits, PIXELS, COMPONENTS);
  }

  /**
   * Four images of two pixels: (100, 100) ± 50 (0.8, 0.6) and (100, 100) ± 20 (-0.6, 0.8). By hand:
   * variances 2·50²/3 and 2·20²/3 grey levels².
   */
  @Test
  void two_pixels_agree_with_the_closed_form() {
    byte[] images = bytes(140, 130, 60, 70, 88, 116, 112, 84);

    PrincipalComponents fitted = PrincipalComponents.fit(images, 2, 2);

    double white = 255 * 255;
    assertThat(fitted.variances()[0]).isCloseTo(2 * 50 * 50 / 3.0 / white, within(1e-15));
    assertThat(fitted.variances()[1]).isCloseTo(2 * 20 * 20 / 3.0 / white, within(1e-15));
    assertThat(fitted.project(images))
        .containsExactly(
            new float[] {50 / 255f, 0, -50 / 255f, 0, 0, 20 / 255f, 0, -20 / 255f}, within(1e-7f));
  }

  @Test
  void projected_training_digits_are_centred_and_have_the_reported_variances() {
    double[][] covariance = covariance(components.project(digits));

    double largest = components.variances()[0];
    for (int a = 0; a < COMPONENTS; a++) {
      for (int b = 0; b < COMPONENTS; b++) {
        double expected = a == b ? components.variances()[a] : 0;
        assertThat(covariance[a][b])
            .as("covariance of components %d and %d", a, b)
            .isCloseTo(expected, within(1e-6 * largest));
      }
      assertThat(covariance[COMPONENTS][a])
          .as("mean of component %d", a)
          .isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void variances_fall() {
    double[] variances = components.variances();
    for (int c = 1; c < COMPONENTS; c++) {
      assertThat(variances[c]).isPositive().isLessThan(variances[c - 1]);
    }
  }

  @Test
  void directions_are_orthonormal_and_their_largest_entries_positive() {
    float[][] directions = directions();
    for (int a = 0; a < COMPONENTS; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int p = 0; p < PIXELS; p++) {
          product += (double) directions[a][p] * directions[b][p];
        }
        assertThat(product).as("%d · %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-5));
      }
      float largest = 0;
      for (float entry : directions[a]) {
        largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
      }
      assertThat(largest).as("largest entry of direction %d", a).isPositive();
    }
  }

  /** By definition no direction has more variance than the first: no single pixel, for one. */
  @Test
  void the_first_direction_has_more_variance_than_any_pixel() {
    float[] projected = components.project(digits);
    double first = covariance(projected)[0][0];
    double largestPixel = 0;
    for (int p = 0; p < PIXELS; p++) {
      double sum = 0;
      double squares = 0;
      int n = digits.length / PIXELS;
      for (int i = 0; i < n; i++) {
        double value = (digits[i * PIXELS + p] & 0xff) / 255.0;
        sum += value;
        squares += value * value;
      }
      largestPixel = Math.max(largestPixel, (squares - sum * sum / n) / (n - 1));
    }
    assertThat(first).isGreaterThan(largestPixel);
  }

  @Test
  void changing_the_returned_variances_changes_nothing() {
    double first = components.variances()[0];
    components.variances()[0] = 0;
    assertThat(components.variances()[0]).isEqualTo(first);
  }

  @Test
  void refuses_what_cannot_be_fitted() {
    for (int[] wrong : new int[][] {{4, 3, 1}, {4, 4, 1}, {4, 2, 3}, {4, 2, 0}, {0, 2, 1}}) {
      assertThatThrownBy(() -> PrincipalComponents.fit(new byte[wrong[0]], wrong[1], wrong[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot fit %d components".formatted(wrong[2]));
    }
  }

  /** Images of one white pixel each, less the black image, show the directions. */
  private static float[][] directions() {
    byte[] images = new byte[(PIXELS + 1) * PIXELS];
    for (int p = 0; p < PIXELS; p++) {
      images[p * PIXELS + p] = (byte) 255;
    }
    float[] projected = components.project(images);
    float[][] directions = new float[COMPONENTS][PIXELS];
    for (int c = 0; c < COMPONENTS; c++) {
      for (int p = 0; p < PIXELS; p++) {
        directions[c][p] = projected[p * COMPONENTS + c] - projected[PIXELS * COMPONENTS + c];
      }
    }
    return directions;
  }

  /** Covariances (divisor n - 1), and the means in an additional last row. */
  private static double[][] covariance(float[] projected) {
    int n = projected.length / COMPONENTS;
    double[][] covariance = new double[COMPONENTS + 1][COMPONENTS];
    double[] mean = covariance[COMPONENTS];
    for (int k = 0; k < projected.length; k++) {
      mean[k % COMPONENTS] += projected[k] / (double) n;
    }
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < COMPONENTS; a++) {
        for (int b = 0; b < COMPONENTS; b++) {
          covariance[a][b] +=
              (projected[i * COMPONENTS + a] - mean[a])
                  * (projected[i * COMPONENTS + b] - mean[b])
                  / (n - 1);
        }
      }
    }
    return covariance;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int k = 0; k < bytes.length; k++) {
      bytes[k] = (byte) values[k];
    }
    return bytes;
  }
}
