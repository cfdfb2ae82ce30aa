/** Reads a dataset into arrays, checked against known checksums. */
package mitosis.data;
