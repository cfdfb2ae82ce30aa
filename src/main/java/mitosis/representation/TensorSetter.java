package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import mitosis.model.TorchScript;

/**
 * Puts one tensor in the place of another, of whatever shape: PyTorch's {@code Tensor.set_}, which
 * the engine's Java interface lacks.
 */
final class TensorSetter {

  private final TorchScript script;

  /**
   * @param manager owns the program
   */
  TensorSetter(NDManager manager) {
    script =
        new TorchScript(
            List.of("target: Tensor", "source: Tensor"),
            List.of("torch.set_(target, source)"),
            manager);
  }

  /**
   * Whoever holds the target sees the source's shape and numbers from now on. Gradients must be
   * switched off.
   *
   * @param target to be replaced; of no use to the caller any more, who knows it by its old shape
   * @param source shared from now on
   */
  void set(NDArray target, NDArray source) {
    script.run(target, source);
  }
}
