package mitosis.suite;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkRecorderTest {

  @Test
  void it_wants_to_know_where_the_networks_are() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkRecorder.main(new String[0]))
        .withMessageContaining("-Dnetworks.from=runs");
  }

  @Test
  void a_folder_without_any_of_them_is_refused_with_the_command_that_trains_one(
      @TempDir Path runs) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkRecorder.main(new String[] {runs.toString()}))
        .withMessageContaining("the run of pmnist-fc5 W=64 seeds [0, 1, 2]")
        .withMessageContaining(
            "-Dscale=full -Dsystems=pmnist-fc5 -Dseeds=3 -Dwidths=64 -Druns.dir=" + runs);
  }
}
