package mitosis.representation;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import mitosis.data.Dataset;
import mitosis.model.TorchScript;
import mitosis.model.Weights.DeviceRead;
import mitosis.representation.LastLayer.Trunk.LoadedNetwork;
import mitosis.representation.LastLayer.Trunk.TorchScriptTrunk;

/**
 * A network as a TorchScript program, as {@code torch.jit.script} or {@code torch.jit.trace} make
 * it and its {@code save} writes it. It takes a batch {@code B x channels x side x side} of images,
 * or {@code B x D} of vectors, and gives logits {@code B x K}.
 *
 * <p>What goes into its last linear layer is the representation. A program can't be asked for what
 * it computes on the way; so that layer's weight is replaced by the identity and its bias by zeros,
 * whereupon the program's outputs are the layer's inputs. That this is so is checked on some
 * images: weight and bias, applied to what comes out, must give the logits of the untouched
 * program.
 *
 * <p>Loading a program and running it is running what its author wrote, though in PyTorch's own
 * interpreter.
 */
final class TorchScriptFile extends SubjectNetwork {

  /** Images that the program is tried on. */
  private static final int TRIED = 32;

  /** Allowed difference between logits, in units of the largest: roundings of float32. */
  private static final double TOLERANCE = 1e-4;

  private TorchScriptFile(Path path) {
    super(path);
  }

  /** The program in a file, or nothing if the file is none, or damaged. */
  static Optional<TorchScriptFile> read(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      // What torch.save writes has no constants.
      return zip.stream().anyMatch(entry -> entry.getName().matches("[^/]+/constants\\.pkl"))
          ? Optional.of(new TorchScriptFile(path))
          : Optional.empty();
    } catch (ZipException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be read", e);
    }
  }

  @Override
  public String title() {
    return "a TorchScript program";
  }

  @Override
  LoadedNetwork laid(Dataset dataset, NDManager manager) {
    JniUtils.setGradMode(false);
    PtNDManager owner = (PtNDManager) manager;
    PtSymbolBlock script = loaded(owner);
    NDList parameters = JniUtils.moduleGetParams(script, owner);
    if (parameters.isEmpty()) {
      throw refusal(
          "is a program without parameters: they were frozen or inlined; save it as it is before torch.jit.freeze or optimize_for_inference");
    }
    parameters.forEach(this::requireFinite);
    try (NDManager scope = manager.newSubManager();
        EvaluationBatches batches = EvaluationBatches.of(dataset.test().first(TRIED), scope)) {
      NDArray batch = TorchScriptTrunk.rows(batches.next(0, TRIED, scope).inputs());
      float[][] logits = ran(script, batch);
      requireOnlyOwnImage(script, batch, logits);
      LinearLayer last = lastLinear(parameters, logits[0].length);
      Readout readout = last.readout();
      last.makeIdentity(new TensorSetter(owner));
      requireReadFrom(readout, last, ran(script, batch), logits);
      return new LoadedNetwork(
          "TorchScript, read out by %s %s"
              .formatted(last.name(), new Shape(readout.outputs(), readout.width())),
          new TorchScriptTrunk(script, readout.width()),
          readout);
    }
  }

  private PtSymbolBlock loaded(PtNDManager manager) {
    PtSymbolBlock script;
    try {
      script = JniUtils.loadModule(manager, path(), true, new String[0], new String[0], false);
    } catch (EngineException e) {
      throw refusal("can't be loaded as a TorchScript program: " + cause(e));
    }
    // A program that was saved while training would normalise by the batch.
    JniUtils.enableInferenceMode(script);
    return script;
  }

  private void requireFinite(NDArray parameter) {
    if (parameter.getDataType() != DataType.FLOAT32) {
      throw refusal(
          "has %s of %s, not of float32; save the model's float()"
              .formatted(parameter.getName(), parameter.getDataType()));
    }
    float[] numbers = DeviceRead.floats(parameter);
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw refusal(
            "holds %s in %s %s, at [%d] counted row by row; find out where it comes from"
                .formatted(numbers[i], parameter.getName(), parameter.getShape(), i));
      }
    }
  }

  /** What the program makes of a batch: one row an example. */
  private float[][] ran(PtSymbolBlock script, NDArray batch) {
    NDList outputs;
    try {
      outputs = TorchScriptTrunk.run(script, batch);
    } catch (EngineException | UnsupportedOperationException e) {
      throw refusal("can't be run on a batch of %s: %s".formatted(batch.getShape(), cause(e)));
    }
    long examples = batch.getShape().get(0);
    if (outputs.size() != 1
        || outputs.get(0).getShape().dimension() != 2
        || outputs.get(0).getShape().get(0) != examples
        || outputs.get(0).getDataType() != DataType.FLOAT32) {
      throw refusal(
          "makes %s of a batch of %s, where one float32 array of logits (%d, outputs) is needed"
              .formatted(
                  outputs.stream()
                      .map(array -> array.getDataType() + " " + array.getShape())
                      .toList(),
                  batch.getShape(),
                  examples));
    }
    int columns = (int) outputs.get(0).getShape().get(1);
    float[] flat = DeviceRead.floats(outputs.get(0));
    float[][] rows = new float[(int) examples][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * columns, rows[i], 0, columns);
    }
    return rows;
  }

  /** Batch statistics and dropout, which a trace can hold for good, make outputs differ. */
  private void requireOnlyOwnImage(PtSymbolBlock script, NDArray batch, float[][] logits) {
    float[][] half = ran(script, batch.get("0:" + TRIED / 2));
    double difference = 0;
    for (int i = 0; i < half.length; i++) {
      for (int k = 0; k < half[i].length; k++) {
        difference = worse(difference, half[i][k] - logits[i][k]);
      }
    }
    if (!(difference <= tolerance(logits))) {
      throw refusal(
          "makes logits of an image that depend on the rest of the batch, or on chance, by up to %.2g; call eval() on the model before torch.jit.trace"
              .formatted(difference));
    }
  }

  /** The last matrix with as many rows as there are outputs, and its bias. */
  private LinearLayer lastLinear(NDList parameters, int outputs) {
    for (int k = parameters.size() - 1; k >= 0; k--) {
      NDArray weight = parameters.get(k);
      Shape shape = weight.getShape();
      if (shape.dimension() == 2 && shape.get(0) == outputs) {
        String bias = weight.getName().replaceFirst("weight$", "bias");
        return new LinearLayer(
            weight,
            parameters.stream()
                .filter(each -> each.getName().equals(bias))
                .filter(each -> each.getShape().equals(new Shape(outputs)))
                .findFirst());
      }
    }
    throw refusal(
        "has no linear layer of %d outputs, from which its logits could come: its parameters are %s"
            .formatted(
                outputs,
                parameters.stream()
                    .map(each -> each.getName() + " " + each.getShape())
                    .limit(10)
                    .toList()));
  }

  private void requireReadFrom(
      Readout readout, LinearLayer last, float[][] features, float[][] logits) {
    double difference = features[0].length == readout.width() ? 0 : Double.NaN;
    for (int i = 0; i < logits.length && !Double.isNaN(difference); i++) {
      for (int k = 0; k < readout.outputs(); k++) {
        double logit = readout.biases()[k];
        for (int j = 0; j < readout.width(); j++) {
          logit += readout.weights()[k][j] * features[i][j];
        }
        difference = worse(difference, logit - logits[i][k]);
      }
    }
    if (!(difference <= tolerance(logits))) {
      throw refusal(
          "does not make its logits by its last linear layer %s alone (what that makes is off by %.2g); leave out what comes after it, such as a softmax"
              .formatted(last.name(), difference));
    }
  }

  /** The larger of both in size; NaN if one is. */
  private static double worse(double difference, double other) {
    return Math.max(difference, Math.abs(other));
  }

  private static double tolerance(float[][] logits) {
    double largest = 0;
    for (float[] row : logits) {
      for (float logit : row) {
        largest = worse(largest, logit);
      }
    }
    return TOLERANCE * largest;
  }

  /** The one of the engine's many lines that says what is wrong. */
  private static String cause(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message
        .lines()
        .filter(line -> line.contains("Error: "))
        .reduce((first, second) -> second)
        .or(() -> message.lines().findFirst())
        .orElse(message)
        .strip();
  }

  /**
   * Puts one tensor in the place of another, of whatever shape: PyTorch's {@code Tensor.set_},
   * which the engine's Java interface lacks.
   */
  private static final class TensorSetter {

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

  /**
   * A linear layer within a program, by the very tensors that the program uses.
   *
   * @param weight {@code K x W}
   * @param bias {@code K}; nothing for zeros
   */
  private record LinearLayer(NDArray weight, Optional<NDArray> bias) {

    /** The name of its weight, such as {@code fc.weight}. */
    String name() {
      return weight.getName();
    }

    /** A copy of its numbers. */
    Readout readout() {
      int outputs = (int) weight.getShape().get(0);
      int width = (int) weight.getShape().get(1);
      float[] offsets = bias.map(DeviceRead::floats).orElseGet(() -> new float[outputs]);
      return LastLayer.readout(DeviceRead.floats(weight), width, offsets);
    }

    /** Makes the layer pass on its W inputs; this value is of no use afterwards. */
    void makeIdentity(TensorSetter setter) {
      NDManager manager = weight.getManager();
      int width = (int) weight.getShape().get(1);
      setter.set(weight, manager.eye(width));
      bias.ifPresent(offsets -> setter.set(offsets, manager.zeros(new Shape(width))));
    }
  }
}
