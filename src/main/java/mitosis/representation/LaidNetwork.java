package mitosis.representation;

/**
 * A brought network that is ready to be shown images.
 *
 * @param description its architecture in words
 * @param trunk up to the last hidden layer
 * @param readout from there to the outputs
 */
record LaidNetwork(String description, Trunk trunk, Readout readout) {}
