package mitosis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function in TorchScript, PyTorch's own language, which changes its arguments in place. It runs
 * as one native call, and can do what the engine's Java interface lacks.
 */
public final class TorchScript {

  /** A value of c10::ScalarType, the enumeration by which scripts name the types of numbers. */
  public static final int INT64 = 4;

  static final int FLOAT32 = 6;

  static final int BFLOAT16 = 15;

  /** A value of c10::MemoryFormat. */
  static final int CHANNELS_LAST = 2;

  private static final String FUNCTION = "forward";

  private static final String HEAD =
      """
      class Script(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def %s(self: __torch__.Script,
      """
          .formatted(FUNCTION);

  /**
   * A Script whose field {@code training} is True, pickled: protocol 2, global, empty tuple, new
   * object, empty dictionary, unicode of 8 bytes, true, item, build, stop.
   */
  private static final String MODULE =
      "\u0080\2c__torch__\nScript\n)\u0081}X\10\0\0\0training\u0088sb.";

  /** An empty tuple, pickled. */
  private static final String NO_CONSTANTS = "\u0080\2).";

  /** Version of the archive's format: the oldest that has what is needed. */
  private static final String VERSION = "3\n";

  private final PtSymbolBlock block;

  /**
   * Compiles a function.
   *
   * @param arguments with types, in order, such as {@code x: Tensor, parameters: List[Tensor]}
   * @param lines the body
   * @param manager owns what is compiled
   */
  public TorchScript(List<String> arguments, List<String> lines, NDManager manager) {
    StringBuilder source = new StringBuilder(HEAD);
    source.append("    ").append(String.join(", ", arguments)).append(") -> List[Tensor]:\n");
    lines.forEach(line -> source.append("    ").append(line).append('\n'));
    // What is returned would have to be closed after each call.
    source.append("    return annotate(List[Tensor], [])\n");
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(archive(source.toString())),
              true,
              false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An array as an element of a list that a function takes.
   *
   * @param array {@code 1 x shape}, of one seed
   * @param list the argument's name
   * @return the same memory as {@code shape}, with the name that {@link #run(NDList)} asks for
   */
  public static NDArray element(NDArray array, String list) {
    NDArray view = array.squeeze(0);
    view.setName(list + "[]");
    return view;
  }

  private static byte[] archive(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", MODULE);
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "code/__torch__.py", source);
      put(zip, "version", VERSION);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("script/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }

  /**
   * Runs the function without gradients. They must be switched off on this thread.
   *
   * @param arguments in order
   */
  public void run(NDArray... arguments) {
    IValue[] values =
        Arrays.stream(arguments)
            .map(argument -> IValue.from((PtNDArray) argument))
            .toArray(IValue[]::new);
    try {
      IValueUtils.runMethod(block, FUNCTION, values).close();
    } finally {
      Arrays.stream(values).forEach(IValue::close);
    }
  }

  /**
   * Runs the function without gradients, some of its arguments being lists.
   *
   * @param arguments in order; those of a list have one name, which ends with {@code []}, the
   *     others none
   */
  public void run(NDList arguments) {
    // The thread's setting. The optimiser would compile anew for every size of batch.
    JniUtils.setGraphExecutorOptimize(false);
    IValueUtils.forward(block, arguments, true);
  }

  /**
   * Runs the function with gradients, which are switched off afterwards on this thread.
   *
   * @param arguments as for {@link #run(NDList)}
   */
  public void runWithGradients(NDList arguments) {
    JniUtils.setGradMode(true);
    try {
      run(arguments);
    } finally {
      JniUtils.setGradMode(false);
    }
  }
}
