package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mitosis.data.Examples.Images;
import mitosis.model.NativeEngine;
import mitosis.train.DataLoader.Batch;
import mitosis.train.DataLoader.ShuffledEpoch;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("convolution")
class ImageLoaderTest {

  private static final int SIDE = 8;
  private static final int SIZE = 3 * SIDE * SIDE;
  private static final Images IMAGES = Pictures.of(40, SIDE);

  private static float[] inputs(Augmentation augmentation, int epoch, int from, int to) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu());
        ShuffledEpoch examples =
            DataLoader.of(Pictures.recipe(augmentation, 16, 1), IMAGES, manager, warning -> {})
                .epoch(epoch)) {
      Batch batch = examples.batch(from, to, manager);
      assertThat(batch.inputs().getShape().getShape()).containsExactly(1, to - from, 3, SIDE, SIDE);
      return batch.inputs().toFloatArray();
    }
  }

  private static float[] labels(int epoch) {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu());
        ShuffledEpoch examples =
            DataLoader.of(Pictures.recipe(Augmentation.NONE, 16, 1), IMAGES, manager, warning -> {})
                .epoch(epoch)) {
      return examples.batch(0, 40, manager).labels().toFloatArray();
    }
  }

  /** The definition, pixel by pixel. */
  private static float normalised(int image, int channel, int row, int column) {
    int place = ((image * 3 + channel) * SIDE + mirrored(row)) * SIDE + mirrored(column);
    float grey = (IMAGES.pixels()[place] & 0xff) / 255f;
    return (grey - IMAGES.normalisation().means()[channel])
        / IMAGES.normalisation().deviations()[channel];
  }

  private static int mirrored(int place) {
    if (place < 0) {
      return -place;
    }
    return place < SIDE ? place : 2 * (SIDE - 1) - place;
  }

  private static boolean isSquare(float[] inputs, int k, int image, int down, int right, int flip) {
    for (int c = 0; c < 3; c++) {
      for (int r = 0; r < SIDE; r++) {
        for (int x = 0; x < SIDE; x++) {
          int column = flip == 1 ? SIDE - 1 - x : x;
          float expected = normalised(image, c, down - 4 + r, right - 4 + column);
          if (Math.abs(inputs[k * SIZE + (c * SIDE + r) * SIDE + x] - expected) > 1e-5) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Which image, crop and flip a batch's picture is: each is found, once. */
  private static int[] found(float[] inputs, int k) {
    for (int image = 0; image < IMAGES.count(); image++) {
      for (int place = 0; place < 9 * 9 * 2; place++) {
        int down = place / 18;
        int right = place / 2 % 9;
        if (isSquare(inputs, k, image, down, right, place % 2)) {
          return new int[] {image, down, right, place % 2};
        }
      }
    }
    throw new AssertionError("picture %d is no square of any image".formatted(k));
  }

  @Test
  void every_image_is_seen_once_in_an_epoch_as_a_square_out_of_its_mirrored_border() {
    float[] inputs = inputs(Augmentation.CROP_AND_FLIP, 3, 0, 40);
    float[] labels = labels(3);
    Set<Integer> images = new HashSet<>();
    Set<Integer> shifts = new HashSet<>();
    int flipped = 0;
    for (int k = 0; k < 40; k++) {
      int[] place = found(inputs, k);
      images.add(place[0]);
      shifts.add(place[1]);
      shifts.add(10 + place[2]);
      flipped += place[3];
      assertThat((int) labels[k]).isEqualTo(IMAGES.labels()[place[0]]);
    }
    assertThat(images).hasSize(40);
    assertThat(shifts).hasSizeGreaterThan(14);
    // 40 fair coins fall so far from 20 once in 600 epochs; this one is fixed by its seed.
    assertThat(flipped).isBetween(10, 30);
  }

  @Test
  void without_augmentation_an_image_is_itself() {
    float[] inputs = inputs(Augmentation.NONE, 3, 0, 40);
    for (int k = 0; k < 40; k++) {
      assertThat(Arrays.copyOfRange(found(inputs, k), 1, 4)).containsExactly(4, 4, 0);
    }
  }

  @Test
  void what_is_seen_does_not_depend_on_how_it_is_cut_into_batches() {
    float[] whole = inputs(Augmentation.CROP_AND_FLIP, 2, 0, 40);
    assertThat(inputs(Augmentation.CROP_AND_FLIP, 2, 0, 16))
        .isEqualTo(Arrays.copyOf(whole, 16 * SIZE));
    assertThat(inputs(Augmentation.CROP_AND_FLIP, 2, 16, 40))
        .isEqualTo(Arrays.copyOfRange(whole, 16 * SIZE, 40 * SIZE));
    assertThat(inputs(Augmentation.CROP_AND_FLIP, 3, 0, 40)).isNotEqualTo(whole);
  }

  @Test
  void images_in_their_own_order_are_normalised_alone() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      float[] inputs = new DeviceImages(IMAGES, manager).inOrder(7, 3, manager).toFloatArray();
      assertThat(inputs).hasSize(3 * SIZE);
      for (int i = 0; i < inputs.length; i++) {
        int within = i % SIZE;
        assertThat(inputs[i])
            .isCloseTo(
                normalised(
                    7 + i / SIZE, within / (SIDE * SIDE), within / SIDE % SIDE, within % SIDE),
                within(1e-5f));
      }
    }
  }

  @Test
  void what_does_not_suit_images_is_refused() {
    Recipe recipe = Pictures.recipe(Augmentation.CROP_AND_FLIP, 16, 1);
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      assertThatThrownBy(
              () -> DataLoader.of(recipe.withSeeds(List.of(1, 2)), IMAGES, manager, warning -> {}))
          .hasMessageContainingAll("pictures", "one seed");
      assertThatThrownBy(
              () ->
                  DataLoader.of(
                      Pictures.recipe(Augmentation.RESIZED_CROP_AND_FLIP, 16, 1),
                      IMAGES,
                      manager,
                      warning -> {}))
          .hasMessageContaining("RESIZED_CROP_AND_FLIP");
    }
  }
}
