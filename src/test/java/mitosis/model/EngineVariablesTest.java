package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.Map;
import mitosis.model.NativeEngine.EngineVariables;
import org.junit.jupiter.api.Test;

class EngineVariablesTest {

  /** As in NVIDIA's image of PyTorch 23.05. */
  private static final Map<String, String> CONTAINER =
      Map.of("PYTORCH_VERSION", "2.0.0", "DJL_CACHE_DIR", "/cache", "PATH", "/usr/bin");

  private static final Map<String, String> NOTHING = Map.of();

  @Test
  void what_names_other_natives_is_taken_out_of_an_environment_and_nothing_else() {
    Map<String, String> environment = new HashMap<>(CONTAINER);

    EngineVariables.removeFrom(environment);

    assertThat(environment).isEqualTo(Map.of("DJL_CACHE_DIR", "/cache", "PATH", "/usr/bin"));
  }

  @Test
  void a_variable_that_names_other_natives_is_refused_by_name() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EngineVariables.requireNone(CONTAINER::get, NOTHING::get))
        .withMessageStartingWith("the environment variable PYTORCH_VERSION is set (2.0.0)")
        .withMessageEndingWith("env -u PYTORCH_VERSION mvn verify");
  }

  @Test
  void so_is_a_system_property() {
    Map<String, String> properties = Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch/lib");

    assertThatIllegalStateException()
        .isThrownBy(() -> EngineVariables.requireNone(NOTHING::get, properties::get))
        .withMessageStartingWith("the system property PYTORCH_LIBRARY_PATH is set (/opt/torch/lib)")
        .withMessageEndingWith("leave out -DPYTORCH_LIBRARY_PATH");
  }

  @Test
  void where_natives_are_unpacked_may_be_said() {
    Map<String, String> environment = Map.of("DJL_CACHE_DIR", "/cache");

    assertThatCode(() -> EngineVariables.requireNone(environment::get, NOTHING::get))
        .doesNotThrowAnyException();
  }
}
