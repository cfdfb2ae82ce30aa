package mitosis.train;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The learning rate of each epoch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "schedule")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
  @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant")
})
public sealed interface Schedule {

  /**
   * @param epoch 0-based
   * @param epochs how many there will be
   */
  double rate(int epoch, int epochs);

  /**
   * Half a cosine from the first rate down to the last, constant within an epoch, as PyTorch's
   * CosineAnnealingLR stepped once an epoch.
   *
   * @param first the rate of epoch 0
   * @param last the rate that would follow the last epoch
   */
  record Cosine(double first, double last) implements Schedule {
    @Override
    public double rate(int epoch, int epochs) {
      return last + (first - last) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
    }
  }

  /**
   * The same rate throughout.
   *
   * @param rate the rate
   */
  record Constant(double rate) implements Schedule {
    @Override
    public double rate(int epoch, int epochs) {
      return rate;
    }
  }
}
