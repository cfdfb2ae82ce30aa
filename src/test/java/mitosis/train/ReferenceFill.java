package mitosis.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import mitosis.model.Architecture;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;

/**
 * The formulas that fill a reference's parameters and input, so that no weights need storing.
 * Computed in double precision, rounded to float32. Array k is the k-th parameter, or as number
 * {@value #INPUT} the input.
 */
enum ReferenceFill {
  /**
   * Of the given files: one cosine for everything, offset + amplitude·cos(2.39996·i + 0.7·k). All
   * channels are nearly alike then, and the numbers of a deep network depend on roundings.
   */
  COSINE {
    @Override
    float[] parameter(Parameter parameter, int k) {
      return switch (parameter.kind()) {
        case WEIGHT ->
            cosines(parameter.size(), k, 0, Math.sqrt(2) * Math.sqrt(2.0 / fanIn(parameter)));
        case GAMMA -> cosines(parameter.size(), k, 0.75, 0.25);
        case BIAS -> cosines(parameter.size(), k, 0, 0.1);
      };
    }

    @Override
    float[] input(int size) {
      return cosines(size, INPUT, 0, 1);
    }
  },

  /**
   * Of the files that {@code src/test/python/reference.py} writes: independent uniform numbers u,
   * those of SplitMix64 from number 2³²·k on. Weights (2u−1)·√(6 ÷ fan-in), scales ½ + ½u, offsets
   * (2u−1) ÷ 10, input (u₁+u₂+u₃+u₄−2)·√3.
   */
  SPLITMIX64 {
    @Override
    float[] parameter(Parameter parameter, int k) {
      SplittableRandom random = random(k);
      double bound = Math.sqrt(6.0 / fanIn(parameter));
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        double u = random.nextDouble();
        values[i] =
            (float)
                switch (parameter.kind()) {
                  case WEIGHT -> (2 * u - 1) * bound;
                  case GAMMA -> 0.5 + 0.5 * u;
                  case BIAS -> 0.1 * (2 * u - 1);
                };
      }
      return values;
    }

    @Override
    float[] input(int size) {
      SplittableRandom random = random(INPUT);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        double sum =
            random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble();
        values[i] = (float) ((sum - 2) * Math.sqrt(3));
      }
      return values;
    }
  };

  private static final int INPUT = 1000;

  /** SplitMix64's increment, 2⁶⁴ divided by the golden ratio. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /**
   * That of a reference; without a field {@code fill} it is the cosine.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static ReferenceFill of(JsonNode reference) {
    String name = reference.path("fill").asText("cosine");
    for (ReferenceFill fill : values()) {
      if (fill.name().equalsIgnoreCase(name)) {
        return fill;
      }
    }
    throw new IllegalArgumentException("no fill is known by the name '%s'".formatted(name));
  }

  /** Values of the k-th parameter, row-major. */
  abstract float[] parameter(Parameter parameter, int k);

  /** Values of the input, row-major. */
  abstract float[] input(int size);

  /** All arrays of a network of one seed by name, running statistics at their initial values. */
  Map<String, float[]> arrays(Architecture network) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      values.put(parameter.name(), parameter(parameter, values.size()));
    }
    for (RunningStatistic statistic : network.runningStatistics()) {
      float[] value = new float[statistic.size()];
      Arrays.fill(value, statistic.initial());
      values.put(statistic.name(), value);
    }
    return values;
  }

  private static int fanIn(Parameter parameter) {
    return parameter.size() / parameter.shape().get(0);
  }

  private static float[] cosines(int size, int k, double offset, double amplitude) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (offset + amplitude * Math.cos(2.399963229728653 * i + 0.7 * k));
    }
    return values;
  }

  private static SplittableRandom random(int k) {
    return new SplittableRandom(((long) k << 32) * GOLDEN);
  }
}
