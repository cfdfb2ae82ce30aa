package mitosis.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeMatrixTest {

  private static NativeMatrix counting(int rows, int columns) {
    NativeMatrix matrix = new NativeMatrix(rows, columns);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        matrix.set(row, column, 10 * column + row);
      }
    }
    return matrix;
  }

  private static double[] column(NativeMatrix matrix, int column) {
    double[] values = new double[matrix.rows()];
    matrix.read(0, column, values, values.length);
    return values;
  }

  @Test
  void columnsAreReadAndWrittenFromARowDown() {
    try (NativeMatrix matrix = counting(4, 3)) {
      double[] read = {7, 7, 7};
      matrix.read(2, 1, read, 2);
      assertThat(read).containsExactly(12, 13, 7);

      matrix.write(1, 2, new double[] {-1, -2, -3}, 2);
      assertThat(column(matrix, 2)).containsExactly(20, -1, -2, 23);
      assertThat(column(matrix, 1)).containsExactly(10, 11, 12, 13);
    }
  }

  @Test
  void columnsAreCopiedAndCleared() {
    try (NativeMatrix matrix = counting(4, 3);
        NativeMatrix other = counting(4, 5)) {
      matrix.copyColumn(1, other, 4);
      assertThat(column(matrix, 1)).containsExactly(40, 41, 42, 43);

      matrix.clear(1, 1, 2);
      matrix.clear(0, 0, 0);
      assertThat(column(matrix, 1)).containsExactly(40, 0, 0, 43);
      assertThat(column(matrix, 0)).containsExactly(0, 1, 2, 3);
      assertThat(column(matrix, 2)).containsExactly(20, 21, 22, 23);
    }
  }

  @Test
  void aPointerBeginsAtItsElement() {
    try (NativeMatrix matrix = counting(4, 3)) {
      assertThat(matrix.at(3, 2).get()).isEqualTo(23);
      assertThat(matrix.get(3, 2)).isEqualTo(23);
    }
  }
}
