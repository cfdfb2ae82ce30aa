package mitosis.model;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * The library by which PyTorch takes convolutions on a CPU, and the switch that takes it out of a
 * process: DJL's interface has none, so PyTorch's own functions are called in the library that DJL
 * has loaded.
 *
 * <p>Without it PyTorch lays out what each pixel sees and multiplies matrices. NNPACK, which would
 * then take batches of 16 images and more, is switched off too: its transforms round where sums of
 * whole numbers are exact, and on one AVX2 core a step of Wide-ResNet-10 takes 8.4 ms an image with
 * it and 5.1 without (W = 64; 2.6 with oneDNN), 18.5 and 12.1 (W = 128; 9.5 with oneDNN).
 */
final class OneDnn {

  /** {@code at::globalContext()}. */
  private static final String CONTEXT = "_ZN2at13globalContextEv";

  /** {@code at::Context::setUserEnabledMkldnn(bool)}; MKL-DNN is oneDNN's former name. */
  private static final String ONEDNN = "_ZN2at7Context20setUserEnabledMkldnnEb";

  /** {@code at::Context::setUserEnabledNNPACK(bool)}. */
  private static final String NNPACK = "_ZN2at7Context20setUserEnabledNNPACKEb";

  /** {@code at::Context::userEnabledMkldnn() const}. */
  private static final String ONEDNN_IS_ON = "_ZNK2at7Context17userEnabledMkldnnEv";

  private static final byte OFF = 0;
  private static final int BYTE = 0xff;

  private OneDnn() {}

  /** Switches it off until the process ends. The engine must have been loaded. */
  static void switchOff() {
    NativeLibrary torch = torch();
    Pointer context = context(torch);
    torch.getFunction(ONEDNN).invokeVoid(new Object[] {context, OFF});
    torch.getFunction(NNPACK).invokeVoid(new Object[] {context, OFF});
  }

  /** Whether PyTorch may use it in this process. The engine must have been loaded. */
  static boolean isOn() {
    NativeLibrary torch = torch();
    // A C++ bool is the lowest byte of what comes back.
    return (torch.getFunction(ONEDNN_IS_ON).invokeInt(new Object[] {context(torch)}) & BYTE) != 0;
  }

  private static NativeLibrary torch() {
    return NativeLibrary.getInstance(
        Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so").toString());
  }

  private static Pointer context(NativeLibrary torch) {
    return torch.getFunction(CONTEXT).invokePointer(new Object[0]);
  }
}
