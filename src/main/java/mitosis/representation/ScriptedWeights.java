package mitosis.representation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import mitosis.model.Convolutional;
import mitosis.model.ForwardScript;
import mitosis.model.Parameter;
import mitosis.model.RunningStatistic;
import mitosis.model.TorchScript;
import mitosis.model.Weights;

/**
 * A convolutional network with its weights on a device, passed through in one native call with
 * channels last in memory: measuring shows a network many times more images than training does.
 */
final class ScriptedWeights implements Trunk {

  private static final String PARAMETERS = "weights";
  private static final String STATISTICS = "statistics";

  private final int width;
  private final NDList lists = new NDList();
  private final TorchScript script;

  /**
   * @param weights of one seed
   * @param manager owns the weights and what is compiled
   */
  ScriptedWeights(Convolutional network, Weights weights, NDManager manager) {
    this.width = network.width();
    for (Parameter parameter : network.parameters()) {
      lists.add(TorchScript.element(weights.get(parameter.name()), PARAMETERS));
    }
    for (RunningStatistic statistic : network.runningStatistics()) {
      lists.add(TorchScript.element(weights.get(statistic.name()), STATISTICS));
    }
    ForwardScript forward = ForwardScript.ofTrained(network);
    List<String> lines = new ArrayList<>();
    lines.add("images = torch.squeeze(inputs, 0)");
    lines.addAll(forward.lines());
    lines.add("torch.copy_(features, %s)".formatted(forward.features()));
    this.script =
        new TorchScript(
            List.of(
                "inputs: Tensor",
                "features: Tensor",
                PARAMETERS + ": List[Tensor]",
                STATISTICS + ": List[Tensor]"),
            lines,
            manager);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public NDArray features(NDArray inputs, NDManager scope) {
    NDArray features = scope.create(new Shape(inputs.getShape().get(1), width));
    NDList arguments = new NDList(inputs, features);
    arguments.addAll(lists);
    script.run(arguments);
    return features.transpose().expandDims(0);
  }
}
