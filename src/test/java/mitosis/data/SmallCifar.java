package mitosis.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import mitosis.data.Cifar.CifarForm;
import mitosis.data.CifarBatch.BinaryBatch;
import mitosis.data.CifarBatch.LabelColumn;
import mitosis.data.CifarBatch.PickledBatch;
import mitosis.data.Examples.Normalisation;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A dataset in the forms of CIFAR with 8 images to train on and 4 to test on, by the formulas in
 * {@code fixtures/README.md}. The Python form is the one that NumPy wrote there.
 */
final class SmallCifar {

  static final int[] TRAIN = {0, 1, 2, 3, 4, 5, 6, 7};
  static final int[] TEST = {100, 101, 102, 103};

  private static final Path PICKLES = Path.of("fixtures/cifar-python");
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

  private final boolean fine;

  private SmallCifar(boolean fine) {
    this.fine = fine;
  }

  /** Of ten classes, the training images in two batches. */
  static SmallCifar ten() {
    return new SmallCifar(false);
  }

  /** Of a hundred classes in twenty, the training images in one batch. */
  static SmallCifar hundred() {
    return new SmallCifar(true);
  }

  Cifar cifar() {
    return cifar(NOWHERE);
  }

  /** The dataset, as if its archives were published below an address. */
  Cifar cifar(URI home) {
    return new Cifar(
        fine ? "cifar100" : "cifar10",
        fine ? "small CIFAR-100" : "small CIFAR-10",
        new Normalisation(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.25f, 0.25f, 0.25f}),
        List.of(form(false), form(true)),
        form(false),
        home);
  }

  private CifarForm form(boolean python) {
    List<LabelColumn> columns =
        fine
            ? List.of(new LabelColumn("coarse label", 20), new LabelColumn("fine label", 100))
            : List.of(new LabelColumn("label", 10));
    List<CifarBatch> batches =
        files(python).entrySet().stream()
            .map(
                file ->
                    new CifarBatch(
                        file.getKey(),
                        file.getKey().startsWith("train") ? 8 : 4,
                        md5(file.getValue())))
            .toList();
    return new CifarForm(
        folder(python),
        archiveName(python),
        md5(archive(python)),
        batches.subList(0, batches.size() - 1),
        batches.get(batches.size() - 1),
        python ? new PickledBatch(columns) : new BinaryBatch(columns));
  }

  /** The batches' content by their names, the test batch last. */
  Map<String, byte[]> files(boolean python) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (python) {
      for (String name :
          fine ? List.of("train", "test") : List.of("data_batch_1", "data_batch_2", "test_batch")) {
        files.put(name, bytes(PICKLES.resolve(name)));
      }
    } else if (fine) {
      files.put("train.bin", binary(TRAIN));
      files.put("test.bin", binary(TEST));
    } else {
      files.put("data_batch_1.bin", binary(0, 1, 2, 3));
      files.put("data_batch_2.bin", binary(4, 5, 6, 7));
      files.put("test_batch.bin", binary(TEST));
    }
    return files;
  }

  String folder(boolean python) {
    return (fine ? "cifar-100-" : "cifar-10-batches-")
        + (python ? (fine ? "python" : "py") : (fine ? "binary" : "bin"));
  }

  String archiveName(boolean python) {
    return (fine ? "cifar-100-" : "cifar-10-") + (python ? "python" : "binary") + ".tar.gz";
  }

  /** All batches in a folder, in an archive, the test batch before the training ones. */
  byte[] archive(boolean python) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("batches.meta.txt", new byte[] {'a'});
    String last = null;
    for (String name : files(python).keySet()) {
      last = name;
    }
    files.put(last, files(python).get(last));
    files.putAll(files(python));
    return archive(folder(python), files);
  }

  static byte[] archive(String folder, Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      entry(tar, folder + "/", new byte[0]);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        entry(tar, folder + "/" + file.getKey(), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void entry(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setModTime(0);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Writes all batches into a folder, which is made. */
  void write(Path folder, boolean python) {
    files(python).forEach((name, content) -> write(folder.resolve(name), content));
  }

  static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int[] labels(int... images) {
    return IntStream.of(images).map(i -> fine ? (13 * i + 5) % 100 : (3 * i + 1) % 10).toArray();
  }

  static byte[] pixels(int... images) {
    byte[] pixels = new byte[images.length * Cifar.PIXELS];
    for (int k = 0; k < pixels.length; k++) {
      pixels[k] = (byte) ((7 * images[k / Cifar.PIXELS] + k % Cifar.PIXELS) % 251);
    }
    return pixels;
  }

  private byte[] binary(int... images) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int image : images) {
      if (fine) {
        out.write(7 * image % 20);
      }
      out.write(labels(image)[0]);
      out.writeBytes(pixels(image));
    }
    return out.toByteArray();
  }

  static String md5(byte[] content) {
    return DigestUtils.md5Hex(content);
  }
}
