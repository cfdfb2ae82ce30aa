/** The systems under test, what of them a run of the suite trains and measures, and its options. */
package mitosis.suite;
