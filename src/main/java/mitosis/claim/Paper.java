package mitosis.claim;

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
