package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts one tensor in the place of another, of whatever shape: PyTorch's {@code Tensor.set_}, which
 * the engine's Java interface lacks. So it is called from a TorchScript program of one line.
 */
final class TensorSetter {

  private static final String CODE =
      """
      class Setter(Module):
        __parameters__ = []
        __buffers__ = []
        def forward(self: __torch__.Setter,
          target: Tensor,
          source: Tensor) -> Tensor:
          return torch.set_(target, source)
      """;

  /** A pickled object of the class without attributes: protocol 2, class, (), new, {}, build. */
  private static final String OBJECT = "\u0080\u0002c__torch__\nSetter\n)\u0081}b.";

  /** A pickled empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock script;

  /**
   * @param manager owns the program
   */
  TensorSetter(PtNDManager manager) {
    try {
      script = JniUtils.loadModule(manager, new ByteArrayInputStream(archive()), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException("a stream of bytes can't be read", e);
    }
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "setter/data.pkl", OBJECT);
      store(zip, "setter/code/__torch__.py", CODE);
      store(zip, "setter/constants.pkl", NO_CONSTANTS);
      store(zip, "setter/version", "3\n");
    }
    return bytes.toByteArray();
  }

  /** PyTorch reads entries as they lie there, so none is deflated. */
  private static void store(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /**
   * Whoever holds the target sees the source's shape and numbers from now on. Gradients must be
   * switched off.
   *
   * @param target to be replaced; of no use to the caller any more, who knows it by its old shape
   * @param source shared from now on
   */
  void set(NDArray target, NDArray source) {
    try (IValue to = IValue.from((PtNDArray) target);
        IValue from = IValue.from((PtNDArray) source)) {
      IValueUtils.runMethod(script, "forward", to, from).close();
    }
  }
}
