package mitosis.claim;

/**
 * What a paper says, in the suite's own words, and where.
 *
 * @param claim which claim
 * @param text the statement, a sentence that can be true or false
 * @param paper the paper it is taken from
 * @param section the section, e.g. {@code §3}
 * @param figure the figure, e.g. {@code Fig. 1b, 2}
 * @param also where else it is said; empty if nowhere
 */
public record Statement(
    ClaimId claim, String text, Paper paper, String section, String figure, String also) {

  /** As in {@code P22 §3, Fig. 1b, 2}. */
  public String place() {
    return paper.key() + " " + section + ", " + figure;
  }
}
