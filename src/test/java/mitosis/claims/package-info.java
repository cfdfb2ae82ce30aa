/**
 * The claims of both papers as tests, one class for each claim, C01 to C04 in one, and in it one
 * nested class for each system that the claim is tested on.
 */
package mitosis.claims;
