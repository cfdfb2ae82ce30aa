/**
 * Reads a dataset into arrays, checked against known checksums; and says where files lie, and how
 * they are written so that none is ever half there.
 */
package mitosis.data;
