/** Turns a recipe into a run: weights, history and snapshots, stored under the recipe's hash. */
package mitosis.train;
