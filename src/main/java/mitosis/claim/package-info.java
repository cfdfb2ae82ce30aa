/**
 * Claims of the papers, the bands they are held against, and the verdicts.
 *
 * <p>Two questions are kept apart. <em>Does the claim hold?</em> compares an interval with a band
 * taken from the paper ({@link mitosis.claim.Band#judge}). <em>Is the suite the same as
 * yesterday?</em> compares a value with a recorded baseline ({@link mitosis.claim.Baseline#state})
 * and a verdict with the recorded finding.
 */
package mitosis.claim;
