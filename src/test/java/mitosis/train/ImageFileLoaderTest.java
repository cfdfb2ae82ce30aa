package mitosis.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import mitosis.data.ImageFiles;
import mitosis.data.ImageFolder;
import mitosis.model.NativeEngine;
import mitosis.train.DataLoader.Batch;
import mitosis.train.DataLoader.ShuffledEpoch;
import mitosis.train.Recipe.Augmentation;
import mitosis.train.Recipes.Pictures;
import mitosis.train.Run.EpochRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileLoaderTest {

  private static final int SIDE = 8;
  private static final int SIZE = 3 * SIDE * SIDE;

  @TempDir static Path folder;
  private static ImageFiles files;

  /** Two classes of ten images: dark ones and bright ones, each of one grey. */
  @BeforeAll
  static void writeImages() throws IOException {
    for (String split : List.of("train", "val")) {
      for (int label = 0; label < 2; label++) {
        Path target = Files.createDirectories(folder.resolve(split).resolve("n0" + label));
        for (int i = 0; i < 10; i++) {
          BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
          int grey = 100 * label + 10 * i;
          for (int p = 0; p < 120; p++) {
            image.setRGB(p % 12, p / 12, grey << 16 | grey << 8 | grey);
          }
          ImageIO.write(image, "png", target.resolve("n0%d_%d.JPEG".formatted(label, i)).toFile());
        }
      }
    }
    files = ImageFolder.list(folder).train(SIDE);
  }

  private static Recipe recipe(Augmentation augmentation) {
    return Pictures.recipe(augmentation, 6, 1);
  }

  /** All batches of an epoch from one on, joined. */
  private static float[] inputs(Augmentation augmentation, int epoch, int firstBatch) {
    List<float[]> batches = new ArrayList<>();
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu());
        ShuffledEpoch examples =
            DataLoader.of(recipe(augmentation), files, manager, warning -> {}).epoch(epoch)) {
      for (int from = 6 * firstBatch; from < 20; from += 6) {
        Batch batch = examples.batch(from, Math.min(20, from + 6), manager);
        float[] inputs = batch.inputs().toFloatArray();
        float[] labels = batch.labels().toFloatArray();
        for (int i = 0; i < labels.length; i++) {
          int grey =
              Math.round(
                  255
                      * (inputs[i * SIZE] * files.normalisation().deviations()[0]
                          + files.normalisation().means()[0]));
          assertThat(labels[i]).as("label of grey %d", grey).isEqualTo(grey / 100);
        }
        batches.add(inputs);
      }
    }
    float[] all = new float[batches.stream().mapToInt(b -> b.length).sum()];
    int at = 0;
    for (float[] batch : batches) {
      System.arraycopy(batch, 0, all, at, batch.length);
      at += batch.length;
    }
    return all;
  }

  @Test
  void every_image_is_seen_once_with_its_label_in_an_order_of_each_epoch() {
    float[] first = inputs(Augmentation.NONE, 0, 0);
    assertThat(first).hasSize(20 * SIZE);
    float[] greys = new float[20];
    for (int i = 0; i < 20; i++) {
      greys[i] = first[i * SIZE];
    }
    Arrays.sort(greys);
    for (int i = 1; i < 20; i++) {
      assertThat(greys[i]).isGreaterThan(greys[i - 1]);
    }
    assertThat(inputs(Augmentation.NONE, 1, 0)).isNotEqualTo(first);
    assertThat(inputs(Augmentation.NONE, 0, 0)).isEqualTo(first);
  }

  @Test
  void a_training_may_begin_within_an_epoch() {
    float[] whole = inputs(Augmentation.RESIZED_CROP_AND_FLIP, 2, 0);
    assertThat(inputs(Augmentation.RESIZED_CROP_AND_FLIP, 2, 2))
        .isEqualTo(Arrays.copyOfRange(whole, 12 * SIZE, 20 * SIZE));
  }

  @Test
  void a_network_is_trained_on_files() {
    Recipe recipe =
        Pictures.recipe(Augmentation.RESIZED_CROP_AND_FLIP, 5, 15).withSeeds(List.of(3));
    try (Training training = new Training(recipe, files, Device.cpu())) {
      EpochRecord record = training.next();
      while (training.epoch() < 15) {
        record = training.next();
      }
      assertThat(record.trainingError()[0]).isLessThan(0.2);
    }
  }

  @Test
  void what_does_not_suit_files_is_refused() {
    try (NDManager manager = NativeEngine.get().newBaseManager(Device.cpu())) {
      assertThatThrownBy(
              () ->
                  DataLoader.of(recipe(Augmentation.CROP_AND_FLIP), files, manager, warning -> {}))
          .hasMessageContainingAll("pictures", "CROP_AND_FLIP");
    }
  }
}
