package mitosis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaRuntimeTest {

  private static final String LIST =
      """
      version=2.5.1-20241113
      flavor=cu124
      classifier=linux-x86_64
      libraries=libc10.so,libcudart-8774224f.so.12,libtorch.so
      """;

  @TempDir private Path folder;

  private ClassLoader natives;

  @BeforeEach
  void lay() throws IOException {
    Path jar = folder.resolve("natives");
    Path libraries = jar.resolve("pytorch/cu124/linux-x86_64");
    Files.createDirectories(libraries);
    Files.createDirectories(jar.resolve("native/lib"));
    Files.writeString(jar.resolve("native/lib/pytorch.properties"), LIST);
    Files.writeString(libraries.resolve("libcudart-8774224f.so.12"), "the runtime");
    natives = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
  }

  @Test
  void the_runtime_among_the_natives_is_unpacked_under_the_name_that_is_looked_for()
      throws IOException {
    CudaRuntime runtime = CudaRuntime.on(natives).orElseThrow();
    Path cache = folder.resolve("cache");

    runtime.offer(cache);
    runtime.offer(cache);

    assertThat(runtime.flavor()).isEqualTo("cu124");
    assertThat(cache.resolve("cudart-cu124/libcudart.so")).hasContent("the runtime");
    assertThat(cache.resolve("cudart-cu124").toFile().list()).containsExactly("libcudart.so");
  }

  @Test
  void natives_for_the_cpu_have_none() throws IOException {
    Files.writeString(
        folder.resolve("natives/native/lib/pytorch.properties"),
        "version=2.5.1\nflavor=cpu\nclassifier=linux-x86_64\nlibraries=libc10.so,libtorch.so");

    assertThat(CudaRuntime.on(natives)).isEmpty();
  }

  @Test
  void a_runtime_that_the_list_names_and_the_natives_lack_leaves_nothing_behind()
      throws IOException {
    CudaRuntime runtime = CudaRuntime.on(natives).orElseThrow();
    Files.delete(folder.resolve("natives/pytorch/cu124/linux-x86_64/libcudart-8774224f.so.12"));

    assertThatThrownBy(() -> runtime.offer(folder.resolve("cache")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("libcudart-8774224f.so.12 is not on the class path");
    assertThat(folder.resolve("cache/cudart-cu124")).isEmptyDirectory();
  }
}
