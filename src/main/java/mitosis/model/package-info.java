/**
 * Networks that always show three things: the trunk, the last hidden layer of width W, and the
 * linear readout. Several seeds of one network are held together, along a leading seed axis.
 */
package mitosis.model;
