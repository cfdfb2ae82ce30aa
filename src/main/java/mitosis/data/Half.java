package mitosis.data;

/**
 * Numbers of 16 bits, IEEE 754 binary16: one bit of sign, five of exponent, ten of significand.
 * Java knows them from version 20 on.
 */
public final class Half {

  private static final int INFINITY = 0x7C00;
  private static final int NOT_A_NUMBER = 0x7E00;

  /** Half way from the largest number, 65504, to the one that would follow. */
  private static final float TOO_LARGE = 65520;

  private static final int LEAST_EXPONENT = -14;
  private static final int BITS = 10;

  private Half() {}

  /** The value of its bits, which a float holds exactly. */
  public static double value(short bits) {
    int exponent = bits >> BITS & 0x1F;
    int significand = bits & 0x3FF;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) significand, LEAST_EXPONENT - BITS);
          case 0x1F -> significand == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (significand | 0x400), exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  /** The bits of the nearest one, of two equally near of the even one. */
  public static short bits(float value) {
    float magnitude = Math.abs(value);
    int bits;
    if (Float.isNaN(value)) {
      bits = NOT_A_NUMBER;
    } else if (magnitude >= TOO_LARGE) {
      bits = INFINITY;
    } else {
      int exponent = Math.max(LEAST_EXPONENT, Math.getExponent(magnitude));
      // Of a normal number the leading bit adds one to the exponent's field.
      bits =
          (exponent - LEAST_EXPONENT << BITS)
              + (int) Math.rint(Math.scalb((double) magnitude, BITS - exponent));
    }
    return (short) (Float.floatToRawIntBits(value) < 0 ? bits | 0x8000 : bits);
  }
}
