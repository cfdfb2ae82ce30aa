/**
 * Pure functions from representations to numbers and curves, in double precision.
 *
 * <p>Whatever is drawn at random comes from a seed, and whatever runs in parallel is added up in a
 * fixed order, so that the same input gives the same bits on any number of threads. Work is spread
 * over the fork-join pool that the caller runs in, the common pool by default.
 *
 * <p>What both papers measure is here: chunk errors, R² in sample and held out, residual
 * correlation by the paper's equation, by the authors' code and off the chunk, with a jackknife
 * over images and a null by sign flips, chunk to chunk, intrinsic dimension (TwoNN) by scale, the
 * scaling law with err∞ given or fitted, critical width by each sign of a clone, ensembles and
 * equal memory, bias and variance, dropout stability, and retrained readouts beside principal
 * components and random projections. Numbers agree with scikit-learn's Ridge, numpy and DADApy on a
 * real layer ({@code fixtures/subject-pmnist-w64}) to 1e-6, and with closed forms on synthetic
 * ones. One Cholesky factorisation of the permuted Gram matrix serves every chunk size, where the
 * authors fit a regression for every chunk and size.
 */
package mitosis.analysis;
