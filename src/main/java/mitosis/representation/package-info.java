/**
 * The last hidden layer of a network as numbers: activities on test and training images, labels and
 * the linear readout, from memory or from files.
 */
package mitosis.representation;
