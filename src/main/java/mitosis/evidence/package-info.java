/**
 * What the claims look at: layers of several seeds and their curves, and how each quantity is
 * measured on them.
 */
package mitosis.evidence;
