package mitosis.claim;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** {@code Fig. 1b, 2}, and perhaps a remark in parentheses. */
  private static final Pattern FIGURES = Pattern.compile("Fig\\. ([^(]*?)( \\(.*\\))?");

  /**
   * The figures one by one, as in {@code P22 Fig. 1b} and {@code P22 Fig. 2}; none if there is
   * none.
   */
  public List<String> figures() {
    Matcher named = FIGURES.matcher(figure);
    return named.matches()
        ? Arrays.stream(named.group(1).split(", "))
            .map(each -> "%s Fig. %s".formatted(paper.key(), each))
            .toList()
        : List.of();
  }

  /** As in {@code P22 §3, Fig. 1b, 2}. */
  public String place() {
    return paper.key() + " " + section + ", " + figure;
  }

  /**
   * One of the two papers.
   *
   * @param key how the suite's files name it: {@code P22} or {@code P21}
   * @param title its title
   * @param authors its authors
   * @param year the year in which it appeared
   * @param link where to read on
   * @param linkName what is found there
   */
  public record Paper(
      String key, String title, String authors, int year, String link, String linkName) {}
}
