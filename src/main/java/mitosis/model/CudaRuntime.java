package mitosis.model;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The CUDA runtime library among PyTorch's natives on the class path.
 *
 * <p>The engine takes its CUDA libraries only if it finds a CUDA runtime of at least their version
 * on the machine, and the CPU's otherwise, without a word. A driver brings no runtime: only the
 * CUDA toolkit does, often another version. So the engine is shown the one that comes with its own
 * libraries.
 *
 * @param flavor such as {@code cu124}
 * @param resource where the library is on the class path
 * @param classes the class path
 */
record CudaRuntime(String flavor, String resource, ClassLoader classes) {

  private static final String NATIVES = "native/lib/pytorch.properties";
  private static final String RUNTIME = "cudart";

  /** The one on the class path, or nothing if there are natives for the CPU only. */
  static Optional<CudaRuntime> on(ClassLoader classes) {
    try {
      for (URL url : Collections.list(classes.getResources(NATIVES))) {
        Properties natives = new Properties();
        try (InputStream in = url.openStream()) {
          natives.load(in);
        }
        String flavor = natives.getProperty("flavor", "");
        List<String> libraries = Arrays.asList(natives.getProperty("libraries", "").split(","));
        Optional<String> runtime =
            libraries.stream().filter(name -> name.startsWith("lib" + RUNTIME)).findFirst();
        if (flavor.startsWith("cu") && runtime.isPresent()) {
          String folder = "pytorch/%s/%s/".formatted(flavor, natives.getProperty("classifier"));
          return Optional.of(new CudaRuntime(flavor, folder + runtime.get(), classes));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s on the class path".formatted(NATIVES), e);
    }
  }

  /**
   * Unpacks the library, unless it is there, and puts its folder before all others in which JNA, by
   * which the engine looks for it, looks. To be called by one process at a time.
   *
   * @param cache where the engine's libraries are kept
   */
  void offer(Path cache) throws IOException {
    Path folder = cache.resolve(RUNTIME + "-" + flavor);
    Path library = folder.resolve(System.mapLibraryName(RUNTIME));
    if (!Files.exists(library)) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, RUNTIME, ".tmp");
      try (InputStream in = classes.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException(resource + " is not on the class path, although its list names it");
        }
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    NativeLibrary.addSearchPath(RUNTIME, folder.toString());
  }
}
