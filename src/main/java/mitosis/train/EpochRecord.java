package mitosis.train;

/**
 * What one epoch of training looked like, seed by seed, measured on the batches while the weights
 * moved.
 *
 * @param epoch 1-based
 * @param rate the learning rate
 * @param loss mean loss of each seed
 * @param trainingError share of training examples that each seed got wrong, 0…1
 */
public record EpochRecord(int epoch, double rate, double[] loss, double[] trainingError) {}
