package mitosis.representation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A tensor in the format of {@code torch.save} since PyTorch 1.6, alone or as the only one of a
 * list or dict: a zip of a pickle, which says what the tensor is, and of the numbers. The pickle is
 * read by {@link TensorPickle}, which runs nothing.
 */
final class TorchFile {

  /** A pickle that says what one tensor is takes some hundred bytes. */
  private static final int LONGEST_PICKLE = 1 << 20;

  /** How files of {@code torch.save} before 1.6 start: a pickle of a number. */
  private static final byte[] BEFORE_ZIP = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa85019");

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private final Path path;
  private final ZipFile zip;
  private final String root;

  private TorchFile(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
    this.root = root();
  }

  /**
   * Reads what the file says of its tensor; the numbers are read when they are asked for.
   *
   * @throws IllegalArgumentException if it isn't such a file, holds none or several tensors, names
   *     anything that a tensor doesn't need, or if its tensor doesn't lie within the numbers; the
   *     message names the file
   * @throws UncheckedIOException if the file can't be read
   */
  static StoredArray read(Path path) {
    try {
      requireZip(path);
      try (ZipFile zip = new ZipFile(path.toFile())) {
        return new TorchFile(path, zip).tensor();
      }
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          "%s is damaged or cut short: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  private static void requireZip(Path path) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(BEFORE_ZIP.length);
    }
    if (Arrays.equals(start, BEFORE_ZIP)) {
      throw new IllegalArgumentException(
          path
              + " is in the format of PyTorch before 1.6; save it again with a newer one: torch.save(torch.load(file), file)");
    }
    if (!Arrays.equals(Arrays.copyOf(start, ZIP.length), ZIP)) {
      throw new IllegalArgumentException(path + " is not a file of torch.save");
    }
  }

  /** The folder within the zip that all lies in; its name is of no meaning. */
  private String root() {
    for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
      String name = entries.nextElement().getName();
      if (name.equals("data.pkl") || name.matches("[^/]+/data\\.pkl")) {
        return name.substring(0, name.length() - "data.pkl".length());
      }
    }
    throw refusal("is a zip, but not of torch.save: it has no data.pkl");
  }

  private StoredArray tensor() throws IOException {
    return array(only(TensorPickle.read(path.toString(), content("data.pkl"))));
  }

  private byte[] content(String name) throws IOException {
    ZipEntry entry = zip.getEntry(root + name);
    if (entry.getSize() > LONGEST_PICKLE) {
      throw refusal(
          "has a %s of %d bytes, too long for one tensor".formatted(name, entry.getSize()));
    }
    try (InputStream in = ZipEntryBytes.of(path, entry).open()) {
      return in.readNBytes(LONGEST_PICKLE);
    }
  }

  private TensorPickle.Tensor only(Object saved) {
    Collection<?> items =
        saved instanceof Map<?, ?> map
            ? map.values()
            : saved instanceof Collection<?> list
                ? list
                : saved instanceof Object[] tuple ? Arrays.asList(tuple) : Arrays.asList(saved);
    if (items.size() == 1 && items.iterator().next() instanceof TensorPickle.Tensor tensor) {
      return tensor;
    }
    throw refusal("holds %d values, not a single tensor".formatted(items.size()));
  }

  private StoredArray array(TensorPickle.Tensor tensor) throws IOException {
    TensorPickle.Storage storage = tensor.storage();
    ZipEntry numbers = zip.getEntry(root + "data/" + storage.key());
    if (numbers == null) {
      throw refusal("has no data/%s, in which its tensor lies".formatted(storage.key()));
    }
    if (numbers.getSize() % storage.type().bytes() != 0
        || numbers.getSize() / storage.type().bytes() != storage.numbers()) {
      throw refusal(
          "has %d bytes in data/%s, where %d numbers of %d bytes should be"
              .formatted(
                  numbers.getSize(), storage.key(), storage.numbers(), storage.type().bytes()));
    }
    return StoredArray.strided(
        path.toString(),
        storage.type(),
        byteOrder(),
        tensor.offset(),
        tensor.shape(),
        tensor.strides(),
        ZipEntryBytes.of(path, numbers));
  }

  private ByteOrder byteOrder() throws IOException {
    if (zip.getEntry(root + "byteorder") == null) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String order = new String(content("byteorder"), StandardCharsets.US_ASCII);
    return switch (order.strip()) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw refusal("has byteorder '%s', not little or big".formatted(order));
    };
  }

  private IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(path + " " + what);
  }
}
