package mitosis.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
            List.of(RelativePaths.of(PATHS), RelativePaths.of(List.of()), RelativePaths.of(PATHS)));
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
