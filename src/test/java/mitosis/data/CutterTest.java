package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import mitosis.data.CropRule.CentreCrop;
import mitosis.data.CropRule.Crop;
import mitosis.data.Cutter.TriangleFilter;
import mitosis.data.ImageDecoder.RgbImage;
import org.junit.jupiter.api.Test;

class CutterTest {

  private static final int WIDTH = 50;
  private static final int HEIGHT = 37;

  /*
   * What PIL 9.4.0 makes of the image below (PIL rounds between its two passes, so a grey level
   * of difference is its own):
   *
   * y, x = numpy.mgrid[0:37, 0:50]
   * rgb = numpy.stack(
   *     [(x * x + 3 * y) % 256, (7 * x + y * y) % 256, 255 * ((x // 5 + y // 4) % 2)], axis=2)
   * image = Image.fromarray(rgb.astype(numpy.uint8))
   * def show(im): print(numpy.asarray(im).transpose(2, 0, 1).reshape(3, -1).tolist())
   */

  /** {@code show(image.crop((3, 2, 45, 35)).resize((5, 5), Image.BILINEAR))}. */
  private static final String SHRUNK =
      """
      80 138 131 121 132 98 134 125 133 119 117 133 126 131 126 132 127 130 120 139 144 124 129 126
      143
      87 140 181 131 63 147 142 115 109 135 123 126 133 128 123 128 130 127 129 130 128 129 128 128
      129
      124 127 128 128 131 128 128 127 127 127 129 128 127 127 126 128 128 127 127 127 127 127 128
      128 128
      """;

  /** {@code show(image.crop((10, 20, 14, 23)).resize((5, 5), Image.BILINEAR))}. */
  private static final String ENLARGED =
      """
      160 175 193 211 229 161 176 194 212 230 163 178 196 214 232 165 180 198 216 234 166 181 199
      217 235
      214 219 225 230 235 230 164 139 144 149 255 81 10 15 20 127 61 36 41 46 42 47 53 58 63
      255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255 255
      255 255
      """;

  /** {@code show(image.resize((12, 9), Image.BILINEAR).crop((2, 0, 10, 8)))}. */
  private static final String CENTRE =
      """
      107 152 100 133 126 107 114 149 118 163 111 144 137 118 124 118 130 160 116 125 146 130 136
      105 143 141 117 113 118 137 149 110 155 141 129 125 118 144 138 121 166 109 137 129 130 114
      110 132 177 113 134 112 143 116 122 145 177 91 145 118 131 128 127 136
      75 105 134 163 192 219 163 31 104 134 163 190 201 152 61 53 166 180 175 136 84 66 86 116 122
      95 86 99 125 149 163 160 132 145 149 145 128 111 104 105 124 117 120 123 135 141 140 137 137
      129 129 124 127 127 126 136 118 136 123 131 131 125 131 122
      110 110 172 70 185 83 145 145 140 140 97 168 87 158 115 115 115 115 158 87 168 97 140 140 140
      140 97 168 87 158 115 115 116 116 157 88 167 98 139 139 139 139 99 165 90 156 116 116 117 117
      155 92 163 100 138 138 138 138 102 161 94 153 117 117
      """;

  private static RgbImage image() {
    byte[] pixels = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int at = 3 * (y * WIDTH + x);
        pixels[at] = (byte) (x * x + 3 * y);
        pixels[at + 1] = (byte) (7 * x + y * y);
        pixels[at + 2] = (byte) (255 * ((x / 5 + y / 4) % 2));
      }
    }
    return new RgbImage(WIDTH, HEIGHT, pixels);
  }

  private static int[] cut(Crop crop, int side) {
    byte[] square = new byte[3 * side * side];
    new Cutter(side).cut(image(), crop, square);
    return IntStream.range(0, square.length).map(i -> square[i] & 0xff).toArray();
  }

  private static void expectWithinOneLevel(int[] found, String expected) {
    int[] levels =
        Arrays.stream(expected.strip().split("\\s+")).mapToInt(Integer::parseInt).toArray();
    assertThat(found).hasSameSizeAs(levels);
    int difference =
        IntStream.range(0, levels.length)
            .map(i -> Math.abs(found[i] - levels[i]))
            .max()
            .orElseThrow();
    assertThat(difference)
        .as("greatest difference, grey levels: %s", Arrays.toString(found))
        .isLessThanOrEqualTo(1);
  }

  @Test
  void shrinks_as_pil_does() {
    expectWithinOneLevel(cut(new Crop(3, 2, 42, 33, 5, 5, 0, 0, false), 5), SHRUNK);
  }

  @Test
  void enlarges_as_pil_does() {
    expectWithinOneLevel(cut(new Crop(10, 20, 4, 3, 5, 5, 0, 0, false), 5), ENLARGED);
  }

  @Test
  void cuts_the_centre_as_pil_does() {
    Crop crop = new CentreCrop().crop(0, WIDTH, HEIGHT, 8);
    assertThat(crop).isEqualTo(new Crop(0, 0, WIDTH, HEIGHT, 12, 9, 2, 0, false));
    expectWithinOneLevel(cut(crop, 8), CENTRE);
  }

  @Test
  void changes_nothing_at_the_same_size() {
    int[] found = cut(new Crop(4, 5, 30, 30, 30, 30, 0, 0, false), 30);
    byte[] pixels = image().pixels();
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 30; y++) {
        for (int x = 0; x < 30; x++) {
          assertThat(found[(c * 30 + y) * 30 + x])
              .isEqualTo(pixels[3 * ((y + 5) * WIDTH + x + 4) + c] & 0xff);
        }
      }
    }
  }

  @Test
  void a_mirrored_square_is_the_same_from_right_to_left() {
    int side = 7;
    int[] plain = cut(new Crop(3, 2, 20, 33, side, side, 0, 0, false), side);
    int[] mirrored = cut(new Crop(3, 2, 20, 33, side, side, 0, 0, true), side);
    for (int i = 0; i < plain.length; i++) {
      assertThat(mirrored[i]).isEqualTo(plain[i - i % side + side - 1 - i % side]);
    }
    assertThat(mirrored).isNotEqualTo(plain);
  }

  @Test
  void white_and_black_stay_so_at_any_size() {
    for (int level : new int[] {0, 255}) {
      byte[] pixels = new byte[3 * 61 * 2];
      Arrays.fill(pixels, (byte) level);
      RgbImage flat = new RgbImage(61, 2, pixels);
      for (int side : new int[] {2, 3, 17, 224}) {
        byte[] square = new byte[3 * side * side];
        byte[] expected = square.clone();
        Arrays.fill(expected, (byte) level);
        new Cutter(side).cut(flat, new Crop(0, 0, 61, 2, side, side, 0, 0, false), square);
        assertThat(square).isEqualTo(expected);
      }
    }
  }

  @Test
  void the_weights_of_an_output_add_up_to_one() {
    for (int inputs : new int[] {1, 2, 3, 64, 375}) {
      for (int outputs : new int[] {2, 73, 224, 500}) {
        TriangleFilter filter = TriangleFilter.of(inputs, outputs, 0, outputs);
        for (int k = 0; k < outputs; k++) {
          float sum = 0;
          for (float weight : filter.weights(k)) {
            sum += weight;
          }
          assertThat(sum).isBetween(1 - 1e-6f, 1 + 1e-6f);
        }
        assertThat(filter.start()).isZero();
        assertThat(filter.end()).isEqualTo(inputs);
      }
    }
  }
}
