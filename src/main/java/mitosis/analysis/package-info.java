/**
 * Pure functions from representations to numbers and curves, in double precision.
 *
 * <p>Whatever is drawn at random comes from a seed, and whatever runs in parallel is added up in a
 * fixed order, so that the same input gives the same bits on any number of threads. Work is spread
 * over the fork-join pool that the caller runs in, the common pool by default.
 */
package mitosis.analysis;
