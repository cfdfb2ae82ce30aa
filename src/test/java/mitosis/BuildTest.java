package mitosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import mitosis.model.NativeEngine.EngineVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What {@code pom.xml} and {@code .mvn} hold that other places have too. */
class BuildTest {

  private static final String WORDS = "words.of.java";

  private static List<String> texts(String path) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    XPath xpath = XPathFactory.newInstance().newXPath();
    NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }

  private static String pluginOf(String name) {
    return "/project/build/plugins/plugin[artifactId='maven-%s-plugin']/configuration"
        .formatted(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"surefire", "failsafe"})
  void no_process_of_the_build_sees_what_would_replace_the_natives(String plugin) throws Exception {
    assertThat(texts(pluginOf(plugin) + "/excludedEnvironmentVariables/*"))
        .containsExactlyElementsOf(EngineVariables.NAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"surefire", "failsafe"})
  void each_process_of_the_build_writes_numbers_alike(String plugin) throws Exception {
    assertThat(texts(pluginOf(plugin) + "/argLine"))
        .singleElement()
        .asString()
        .startsWith("${" + WORDS + "} ");
  }

  @Test
  void mavens_own_process_writes_numbers_as_those_that_it_starts() throws Exception {
    List<String> words = Arrays.asList(texts("/project/properties/" + WORDS).get(0).split(" "));

    assertThat(Files.readAllLines(Path.of(".mvn", "jvm.config"))).containsAll(words);
    assertThat(words).contains("-Duser.language=en", "-Duser.country=US", "-Dfile.encoding=UTF-8");
  }

  @Test
  void the_process_that_runs_the_tests_writes_plain_numbers() {
    assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.US);
  }

  /** Maven 3.8 and 3.9 take different versions of what is not pinned. */
  @Test
  void every_plugin_that_maven_calls_by_itself_has_one_version() throws Exception {
    assertThat(texts("/project/build//plugin[version]/artifactId"))
        .contains(
            "maven-clean-plugin",
            "maven-resources-plugin",
            "maven-compiler-plugin",
            "maven-surefire-plugin",
            "maven-jar-plugin",
            "maven-install-plugin",
            "maven-deploy-plugin",
            "maven-site-plugin");
    assertThat(texts("/project/build//plugin[not(version)]/artifactId")).isEmpty();
  }
}
