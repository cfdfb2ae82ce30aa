package mitosis.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The numbers in which a training step computes what lies between a convolutional network's layers.
 * Parameters, the optimiser's memory, statistics, sums and the loss are float32 in either.
 */
public enum Precision {
  /** 24 bits of mantissa: the papers'. */
  FLOAT32(TorchScript.FLOAT32),
  /** 8 bits of mantissa and float32's exponent: bfloat16. */
  BF16(TorchScript.BFLOAT16);

  private final int scalarType;

  Precision(int scalarType) {
    this.scalarType = scalarType;
  }

  /** The name in files and on the command line: {@code float32} or {@code bf16}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number by which scripts name it. */
  int scalarType() {
    return scalarType;
  }
}
