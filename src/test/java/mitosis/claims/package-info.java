/** The claims of both papers as tests, one class per family, one nested class per system. */
package mitosis.claims;
