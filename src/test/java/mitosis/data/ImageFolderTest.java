package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import mitosis.data.ImageFiles.RelativePaths;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  private static final String[] TRAIN = {
    "train/n02/b.JPEG", "train/n02/a.jpg", "train/n01/c.jpeg", "train/n01/B.JPG", "train/n03/x.JpEg"
  };

  @TempDir private Path root;
  private Path folder;
  private Pictures pictures;

  @BeforeEach
  void name() {
    folder = root.resolve("images");
    pictures = new Pictures(folder);
  }

  private static List<String> paths(ImageFiles files) {
    return IntStream.range(0, files.count()).mapToObj(files.paths()::get).toList();
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> ImageFolder.list(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void finds_the_images_of_class_folders() {
    pictures.with(TRAIN).with("val/n03/3.JPEG", "val/n01/1.JPEG", "val/n02/2.JPEG");
    pictures.text(".DS_Store", "x").text("train/n01/._c.jpeg", "x").text("train/n01/c.txt", "x");
    pictures.text("train/.git/x.JPEG", "x").text("test/x.JPEG", "x").text("train/readme", "x");

    ImageFolder listed = ImageFolder.list(folder);

    assertThat(listed.classes()).containsExactly("n01", "n02", "n03");
    ImageFiles train = listed.train(64);
    assertThat(paths(train))
        .containsExactly(
            "train/n01/B.JPG",
            "train/n01/c.jpeg",
            "train/n02/a.jpg",
            "train/n02/b.JPEG",
            "train/n03/x.JpEg");
    assertThat(train.labels()).containsExactly(0, 0, 1, 1, 2);
    assertThat(train.file(2)).isEqualTo(folder.resolve("train").resolve("n02").resolve("a.jpg"));
    assertThat(train.side()).isEqualTo(64);
    assertThat(train.normalisation().means()).containsExactly(.485f, .456f, .406f);
    assertThat(train.normalisation().deviations()).containsExactly(.229f, .224f, .225f);
    ImageFiles test = listed.test(64);
    assertThat(paths(test)).containsExactly("val/n01/1.JPEG", "val/n02/2.JPEG", "val/n03/3.JPEG");
    assertThat(test.labels()).containsExactly(0, 1, 2);
  }

  @Test
  void finds_the_images_of_tiny_imagenet() {
    pictures
        .with("train/n01/images/n01_0.JPEG", "train/n02/images/n02_0.JPEG")
        .text("train/n01/n01_boxes.txt", "n01_0.JPEG\t0\t10\t63\t58\n")
        .with("val/images/val_0.JPEG", "val/images/val_1.JPEG", "val/images/val_2.JPEG")
        .text(
            "val/val_annotations.txt",
            "val_0.JPEG\tn02\t0\t32\t44\t62\nval_2.JPEG\tn02\t1\t2\t3\t4\nval_1.JPEG\tn01\t5\t6\t7\t8\n");

    ImageFolder listed = ImageFolder.list(folder);

    assertThat(paths(listed.train(64)))
        .containsExactly("train/n01/images/n01_0.JPEG", "train/n02/images/n02_0.JPEG");
    ImageFiles test = listed.test(64);
    assertThat(paths(test))
        .containsExactly("val/images/val_1.JPEG", "val/images/val_0.JPEG", "val/images/val_2.JPEG");
    assertThat(test.labels()).containsExactly(0, 1, 1);
  }

  @Test
  void finds_flat_test_images_with_two_columns_wherever_they_stand() throws Exception {
    pictures.with("train/n01/a.JPEG", "train/n02/b.JPEG", "val/1.JPEG", "val/2.JPEG");
    for (String place :
        List.of("val/val_annotations.txt", "val/val.txt", "val_annotations.txt", "val.txt")) {
      pictures.text(place, "1.JPEG n02\r\n2.JPEG n01\r\n\r\n");
      assertThat(ImageFolder.list(folder).test(2).labels()).as(place).containsExactly(0, 1);
      Files.delete(folder.resolve(place));
    }
  }

  @Test
  void refuses_what_is_no_image_folder() throws Exception {
    refused(folder.toString(), "is not a folder", "train/ and val/");
    Files.createDirectories(folder.resolve("pictures"));
    refused(folder.toString(), "no folder train/", "found there: pictures", "train/CLASS/*.JPEG");
    Files.createDirectories(folder.resolve("train"));
    refused(folder.toString(), "no folder val/", "found there: pictures, train");
    Files.createDirectories(folder.resolve("val"));
    refused(folder.resolve("train").toString(), "holds no class", "at least two");
    pictures.with("train/n01/a.JPEG");
    refused(folder.resolve("train").toString(), "one class alone, n01", "at least two");
  }

  @Test
  void refuses_classes_without_images() throws Exception {
    pictures.with(TRAIN).with("val/n01/1.JPEG", "val/n02/2.JPEG", "val/n03/3.JPEG");
    Files.delete(folder.resolve("val/n02/2.JPEG"));
    refused("1 of the 3 classes in " + folder.resolve("val"), "no image", ".jpg", ": n02;");
    pictures.with("train/n00/a.png").text("train/n04/a.txt", "x");
    Files.createDirectories(folder.resolve("train/n05"));
    Files.createDirectories(folder.resolve("train/n06"));
    refused("4 of the 7 classes in " + folder.resolve("train"), "n00, n04, n05, …");
  }

  @Test
  void refuses_classes_that_differ_between_train_and_val() {
    pictures.with(TRAIN).with("val/n01/1.JPEG", "val/n02/2.JPEG");
    refused(folder.toString(), "in train/ alone: 1 (n03); in val/ alone: 0 (none)");
    pictures.with("val/m1/1.JPEG", "val/m2/1.JPEG", "val/m3/1.JPEG", "val/m4/1.JPEG");
    refused("in train/ alone: 1 (n03); in val/ alone: 4 (m1, m2, m3, …)");
  }

  @Test
  void refuses_annotations_that_do_not_go_with_the_images() {
    pictures.with("train/n01/a.JPEG", "train/n02/b.JPEG", "val/1.JPEG", "val/2.JPEG");
    refused(
        folder.resolve("val").toString(), "2 images", "no file says", "val/val_annotations.txt");

    String file = folder.resolve("val.txt").toString();
    pictures.text("val.txt", "1.JPEG\tn02\n");
    refused(file, "does not name val/2.JPEG");
    pictures.text("val.txt", "1.JPEG\tn02\n2.JPEG\tn09\n");
    refused(file, "line 2: 'n09' is not a class of train/", "n01, n02");
    pictures.text("val.txt", "1.JPEG\tn02\n2.JPEG\tn01\n3.JPEG\tn01\n");
    refused(file, "1 of the images it names are not in " + folder.resolve("val"), "3.JPEG");
    pictures.text("val.txt", "1.JPEG\tn02\n2.JPEG\n");
    refused(file, "line 2: '2.JPEG' is not the name");
    pictures.text("val.txt", "1.JPEG\tn02\n2.JPEG\tn01\n1.JPEG\tn01\n");
    refused(file, "line 3: 1.JPEG stands in line 1 already");
    pictures.text("val.txt", "1.JPEG\tn02\n2.JPEG\tn02\n");
    refused("in train/ alone: 1 (n01); in val/ alone: 0");
    pictures.file("val.txt", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refused(file, "cannot be read as text");
    pictures.with("val/n01/3.JPEG");
    refused(folder.resolve("val").toString(), "2 images", "beside folders (n01)");
  }

  @Test
  void takes_the_first_images_in_rounds_over_the_classes() {
    pictures.with("val/a/1.JPEG", "val/b/1.JPEG", "val/c/1.JPEG");
    pictures.with("train/a/1.JPEG", "train/a/2.JPEG", "train/a/3.JPEG", "train/a/4.JPEG");
    pictures.with("train/b/1.JPEG", "train/c/1.JPEG", "train/c/2.JPEG", "train/c/3.JPEG");
    ImageFolder listed = ImageFolder.list(folder);

    assertThat(paths(listed.train(2, 3)))
        .containsExactly("train/a/1.JPEG", "train/b/1.JPEG", "train/c/1.JPEG");
    ImageFiles six = listed.train(2, 6);
    assertThat(paths(six))
        .containsExactly(
            "train/a/1.JPEG",
            "train/a/2.JPEG",
            "train/a/3.JPEG",
            "train/b/1.JPEG",
            "train/c/1.JPEG",
            "train/c/2.JPEG");
    assertThat(six.labels()).containsExactly(0, 0, 0, 1, 2, 2);
    assertThat(paths(listed.train(2, 8))).isEqualTo(paths(listed.train(2)));
    for (int count : new int[] {-1, 2, 9}) {
      assertThatThrownBy(() -> listed.train(2, count))
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(
              count + " training images", folder.toString(), "8 of 3 classes", "ask for 3 to 8");
    }
  }

  /** The lines that the Javadoc names, hashed here once more. */
  @Test
  void the_fingerprint_is_that_of_paths_sizes_and_classes() throws Exception {
    pictures.text("train/b/1.JPEG", "12").text("train/a/1.JPEG", "1");
    pictures.text("val/2.JPEG", "123").text("val/1.JPEG", "");
    pictures.text("val/val.txt", "1.JPEG\tb\n2.JPEG\ta\n");
    String lines =
        "train/a/1.JPEG\t1\ta\ntrain/b/1.JPEG\t2\tb\nval/2.JPEG\t3\ta\nval/1.JPEG\t0\tb\n";
    String expected = DigestUtils.sha256Hex(lines);
    assertThat(ImageFolder.list(folder).fingerprint()).isEqualTo(expected);
    pictures.text("val/val.txt", "1.JPEG\ta\n2.JPEG\tb\n");
    assertThat(ImageFolder.list(folder).fingerprint()).isNotEqualTo(expected);
  }

  @Test
  void proposes_the_images_own_side_where_they_are_small_squares() {
    byte[] small = Pictures.picture(32, 32, 0);
    pictures.with("val/a/1.JPEG", "val/b/1.JPEG").file("train/b/1.JPEG", small);
    for (int i = 10; i < 30; i++) {
      pictures.file("train/a/" + i + ".JPEG", small);
    }
    pictures.text("train/a/15.JPEG", "damaged");
    assertThat(ImageFolder.list(folder).proposedSide()).isEqualTo(32);
    pictures.file("train/a/12.JPEG", Pictures.picture(32, 33, 0));
    assertThat(ImageFolder.list(folder).proposedSide()).isEqualTo(224);
    pictures.file("train/a/12.JPEG", Pictures.picture(31, 31, 0));
    assertThat(ImageFolder.list(folder).proposedSide()).isEqualTo(224);
  }

  @Test
  void proposes_224_for_large_images_and_where_none_can_be_decoded() {
    pictures.with("val/a/1.JPEG", "val/b/1.JPEG").text("train/b/1.JPEG", "x");
    pictures.text("train/a/1.JPEG", "x");
    assertThat(ImageFolder.list(folder).proposedSide()).isEqualTo(224);
    pictures.file("train/a/1.JPEG", Pictures.picture(300, 300, 0));
    assertThat(ImageFolder.list(folder).proposedSide()).isEqualTo(224);
  }

  @Test
  void loads_a_dataset_without_decoding_its_images() {
    pictures.with("val/a/1.JPEG", "val/b/1.JPEG").with("train/b/1.JPEG", "train/a/1.JPEG");
    pictures.text("train/a/2.JPEG", "no image");
    Dataset some = ImageFolder.list(folder).dataset(OptionalInt.of(2));
    assertThat(some.name()).isEqualTo("imagenet");
    assertThat(some.train().count()).isEqualTo(2);
    assertThat(some.test().labels()).containsExactly(0, 1);
    assertThat(some.fingerprint()).isEqualTo(ImageFolder.list(folder).fingerprint());
    Dataset all = ImageFolder.list(folder).dataset(OptionalInt.empty());
    assertThat(all.train().labels()).containsExactly(0, 0, 1);
    assertThat(((ImageFiles) all.train()).side()).isEqualTo(4);
  }

  @Nested
  class RelativePathsTest {

    private static final List<String> PATHS = List.of("train/a/1.JPEG", "", "train/b/é 2.jpg", "x");

    @Test
    void gives_back_what_it_was_given() {
      assertThat(all(RelativePaths.of(PATHS))).isEqualTo(PATHS);
      assertThat(RelativePaths.of(List.of()).count()).isZero();
    }

    @Test
    void joins_and_selects() {
      RelativePaths joined =
          RelativePaths.joined(
              List.of(
                  RelativePaths.of(PATHS), RelativePaths.of(List.of()), RelativePaths.of(PATHS)));
      assertThat(all(joined)).hasSize(8).startsWith("train/a/1.JPEG", "").endsWith("x");
      assertThat(all(joined.select(new int[] {6, 0, 6, 7})))
          .containsExactly("train/b/é 2.jpg", "train/a/1.JPEG", "train/b/é 2.jpg", "x");
    }

    @Test
    void is_equal_to_the_same_paths_alone() {
      assertThat(RelativePaths.of(PATHS)).isEqualTo(RelativePaths.of(PATHS));
      assertThat(RelativePaths.of(List.of("ab", "c")))
          .isNotEqualTo(RelativePaths.of(List.of("a", "bc")));
    }

    private static List<String> all(RelativePaths paths) {
      return IntStream.range(0, paths.count()).mapToObj(paths::get).toList();
    }
  }
}
