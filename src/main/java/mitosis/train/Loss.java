package mitosis.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import mitosis.train.Optimiser.Scalars;

/** What training makes small, and which outputs count as mistakes. */
public enum Loss {
  /** ½·mean max(0, 1 − f·y)² for one output f and labels y = ±1 (Geiger et al. 2020). */
  SQUARED_HINGE {
    @Override
    NDArray perSeed(NDArray logits, NDArray labels, Scalars scalars) {
      NDArray margin =
          logits.mul(labels).squeeze(1).neg().add(scalars.of(1)).getNDArrayInternal().relu();
      return margin.square().mean(new int[] {1}).mul(scalars.of(0.5));
    }

    @Override
    NDArray mistakes(NDArray logits, NDArray labels, Scalars scalars) {
      return wrongSigns(logits, labels, scalars);
    }

    @Override
    float ofMargin(float margin) {
      float shortfall = Math.max(0, 1 - margin);
      return 0.5f * shortfall * shortfall;
    }

    @Override
    float slope(float margin) {
      return -Math.max(0, 1 - margin);
    }
  },

  /**
   * mean log(1 + exp(−f·y)) for one output f and labels y = ±1: the cross-entropy of two classes
   * whose outputs are f and 0.
   */
  LOGISTIC {
    @Override
    NDArray perSeed(NDArray logits, NDArray labels, Scalars scalars) {
      NDArray shortfall = logits.mul(labels).squeeze(1).neg();
      return shortfall.getNDArrayInternal().softPlus().mean(new int[] {1});
    }

    @Override
    NDArray mistakes(NDArray logits, NDArray labels, Scalars scalars) {
      return wrongSigns(logits, labels, scalars);
    }

    @Override
    float ofMargin(float margin) {
      double towards = StrictMath.log1p(StrictMath.exp(-Math.abs((double) margin)));
      return (float) (Math.max(0, -margin) + towards);
    }

    @Override
    float slope(float margin) {
      return (float) (-1 / (1 + StrictMath.exp(margin)));
    }
  },

  /** −mean log softmax(f)_y for K outputs f and labels y = 0…K−1. */
  CROSS_ENTROPY {
    @Override
    NDArray perSeed(NDArray logits, NDArray labels, Scalars scalars) {
      NDArray classes = labels.toType(DataType.INT64, false);
      return logits.logSoftmax(1).gather(classes, 1).squeeze(1).mean(new int[] {1}).neg();
    }

    @Override
    NDArray mistakes(NDArray logits, NDArray labels, Scalars scalars) {
      return logits
          .argMax(1)
          .neq(labels.squeeze(1).toType(DataType.INT64, false))
          .toType(DataType.FLOAT32, false)
          .sum(new int[] {1});
    }

    @Override
    float ofMargin(float margin) {
      throw new IllegalStateException("the cross-entropy is one of several outputs");
    }

    @Override
    float slope(float margin) {
      return ofMargin(margin);
    }
  };

  /**
   * The loss of each seed over the batch.
   *
   * @param logits {@code S x K x B}
   * @param labels {@code S x 1 x B}
   * @param scalars of the training
   * @return shape (S)
   */
  abstract NDArray perSeed(NDArray logits, NDArray labels, Scalars scalars);

  /**
   * The loss of one example of which a network says by how much it is right.
   *
   * @param margin f·y, for one output f and label y = ±1
   * @throws IllegalStateException if it is not one of a single output
   */
  abstract float ofMargin(float margin);

  /** The derivative of {@link #ofMargin}; the same bits on any Java. */
  abstract float slope(float margin);

  private static NDArray wrongSigns(NDArray logits, NDArray labels, Scalars scalars) {
    return logits
        .mul(labels)
        .squeeze(1)
        .lte(scalars.of(0))
        .toType(DataType.FLOAT32, false)
        .sum(new int[] {1});
  }

  /**
   * How many of the batch each seed gets wrong; an output of exactly 0, where there is one alone,
   * is wrong for either label.
   *
   * @return shape (S)
   */
  abstract NDArray mistakes(NDArray logits, NDArray labels, Scalars scalars);
}
