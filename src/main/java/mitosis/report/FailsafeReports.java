package mitosis.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import mitosis.claim.ClaimMissed;
import mitosis.report.FailsafeReports.FailsafeRun.Ending;
import mitosis.report.FailsafeReports.FailsafeRun.TestCase;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Reads the folder {@code failsafe-reports}: the summary, one XML file for each test class, and
 * what is known of processes that died.
 */
final class FailsafeReports {

  private static final String SUMMARY = "failsafe-summary.xml";

  private FailsafeReports() {}

  /**
   * @throws IllegalArgumentException if the summary is missing (Failsafe writes none where it finds
   *     no test) or a file is not readable
   */
  static FailsafeRun read(Path folder) {
    Path summaryFile = folder.resolve(SUMMARY);
    if (!Files.isRegularFile(summaryFile)) {
      throw new IllegalArgumentException(
          summaryFile
              + ": no such file; no test ran or Failsafe was stopped, see the log above and check"
              + " -Dgroups and -Dit.test");
    }
    Element summary = parse(summaryFile).getDocumentElement();
    return new FailsafeRun(
        number(summary, "completed", summaryFile),
        Boolean.parseBoolean(summary.getAttribute("timeout")),
        firstLine(text(summary, "failureMessage")),
        deaths(folder),
        cases(folder));
  }

  /** By the files that the script which starts the processes of tests leaves of dead ones. */
  private static List<String> deaths(Path folder) {
    List<String> deaths = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.died")) {
      for (Path file : files) {
        // Last words of a process whose memory was overwritten may be no text at all.
        deaths.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + ": not readable: " + e.getMessage(), e);
    }
    return List.copyOf(deaths);
  }

  private static List<TestCase> cases(Path folder) {
    List<TestCase> cases = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
      for (Path file : files) {
        NodeList nodes = parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < nodes.getLength(); i++) {
          cases.add(testCase((Element) nodes.item(i)));
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + ": not readable: " + e.getMessage(), e);
    }
    return List.copyOf(cases);
  }

  private static TestCase testCase(Element node) {
    // A method with parameters is reported as method(Type, Type).
    String method = node.getAttribute("name").replaceFirst("\\(.*", "");
    String name = node.getAttribute("classname") + "#" + method;
    for (String kind : List.of("error", "failure")) {
      if (node.getElementsByTagName(kind).item(0) instanceof Element failed) {
        String type = failed.getAttribute("type");
        return type.equals(ClaimMissed.class.getName())
            ? new TestCase(name, Ending.MISSED, "")
            : new TestCase(
                name, Ending.ERROR, type + ": " + firstLine(failed.getAttribute("message")));
      }
    }
    boolean skipped = node.getElementsByTagName("skipped").getLength() > 0;
    return new TestCase(name, skipped ? Ending.SKIPPED : Ending.PASSED, "");
  }

  private static Document parse(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      // Reports have no document type; refusing one keeps the parser from fetching anything.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // Without this the parser also prints what it throws.
      builder.setErrorHandler(null);
      return builder.parse(file.toFile());
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new IllegalArgumentException(
          file + ": not readable as XML, was the run cut off? " + e.getMessage(), e);
    }
  }

  private static int number(Element parent, String tag, Path file) {
    String text = text(parent, tag);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          file + ": field " + tag + " is '" + text + "'; expected a whole number", e);
    }
  }

  private static String text(Element parent, String tag) {
    return parent.getElementsByTagName(tag).item(0) instanceof Element element
        ? element.getTextContent().strip()
        : "";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /**
   * What Failsafe reported of a run.
   *
   * @param completed how many tests it completed, by its summary
   * @param timedOut whether it stopped the tests' process for taking too long
   * @param crash what it says of a crash of that process; empty if there was none
   * @param deaths what is known of tests with which the process ended: the test, what it ran on,
   *     and the process's last words
   * @param cases the tests, by the report files
   */
  record FailsafeRun(
      int completed, boolean timedOut, String crash, List<String> deaths, List<TestCase> cases) {

    /** How a test ended. */
    enum Ending {
      PASSED,
      /** The claim was measured and does not hold. */
      MISSED,
      SKIPPED,
      /** Anything else that is not a pass. */
      ERROR
    }

    /**
     * A test.
     *
     * @param name {@code class#method}, the class by its binary name
     * @param ending how it ended
     * @param detail the error's type and message; empty unless it ended in an error
     */
    record TestCase(String name, Ending ending, String detail) {}
  }
}
