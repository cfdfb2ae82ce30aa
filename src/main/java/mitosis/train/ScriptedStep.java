package mitosis.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mitosis.data.Examples;
import mitosis.model.Convolutional;
import mitosis.model.ForwardScript;
import mitosis.model.Parameter;
import mitosis.model.Parameter.RunningStatistic;
import mitosis.model.Precision;
import mitosis.model.TorchScript;
import mitosis.train.DataLoader.Batch;
import mitosis.train.EngineStep.OperationStep;
import mitosis.train.EngineStep.TrainedArrays;
import mitosis.train.Optimiser.Scalars;
import mitosis.train.Training.TrainingState;

/**
 * A step of a convolutional network with cross-entropy and SGD as one native call, images with
 * their channels last in memory.
 */
final class ScriptedStep extends EngineStep {

  private static final String PARAMETERS = "parameters";
  private static final String STATISTICS = "statistics";
  private static final String VELOCITIES = "velocities";

  /** In the order in which {@link #take} passes them. */
  private static final List<String> ARGUMENTS =
      List.of(
          "inputs: Tensor",
          "labels: Tensor",
          "rate: Tensor",
          "losses: Tensor",
          "mistakes: Tensor",
          PARAMETERS + ": List[Tensor]",
          STATISTICS + ": List[Tensor]",
          VELOCITIES + ": List[Tensor]");

  private final List<NDArray> lists = new ArrayList<>();
  private final TorchScript script;

  /**
   * @param recipe what is done
   * @param examples what is learned
   * @param device where
   * @param state to go on from
   * @param warning told of examples that cannot be used
   * @param precision of what lies between the layers
   * @throws IllegalArgumentException if such a recipe is not written as a script
   */
  ScriptedStep(
      Recipe recipe,
      Examples examples,
      Device device,
      TrainingState state,
      Consumer<String> warning,
      Precision precision) {
    super(scriptable(recipe), examples, device, state, warning);
    TrainedArrays arrays = arrays();
    List<String> parameters = recipe.network().parameters().stream().map(Parameter::name).toList();
    for (String name : parameters) {
      lists.add(TorchScript.element(arrays.weights().get(name), PARAMETERS));
    }
    for (RunningStatistic statistic : recipe.network().runningStatistics()) {
      lists.add(TorchScript.element(arrays.weights().get(statistic.name()), STATISTICS));
    }
    for (String name : parameters) {
      lists.add(TorchScript.element(arrays.memory().get(name).get(0), VELOCITIES));
    }
    this.script =
        new TorchScript(
            ARGUMENTS,
            lines(
                ForwardScript.ofTraining((Convolutional) recipe.network(), precision),
                (Optimiser.Sgd) recipe.optimiser()),
            manager());
  }

  private static Recipe scriptable(Recipe recipe) {
    requireScriptable(recipe);
    return recipe;
  }

  /**
   * @throws IllegalArgumentException if the network is not convolutional, or is trained with
   *     another loss than cross-entropy or another optimiser than SGD
   */
  static void requireScriptable(Recipe recipe) {
    if (!(recipe.network() instanceof Convolutional)) {
      throw new IllegalArgumentException(
          "%s: -Dprecision=bf16 is for convolutional networks; a fully connected one would not gain by it; leave it out, or choose other systems with -Dsystems"
              .formatted(recipe.system()));
    }
    if (recipe.loss() != Loss.CROSS_ENTROPY || !(recipe.optimiser() instanceof Optimiser.Sgd)) {
      throw new IllegalArgumentException(
          "%s: -Dprecision=bf16 is for training with cross-entropy and SGD, not with %s and %s; leave it out, or choose other systems with -Dsystems"
              .formatted(recipe.system(), recipe.loss(), recipe.optimiser()));
    }
  }

  /**
   * The lines of a step: the arithmetic of {@link OperationStep}, {@link Loss#CROSS_ENTROPY} and
   * {@link Optimiser.Sgd}.
   */
  private static List<String> lines(ForwardScript forward, Optimiser.Sgd sgd) {
    List<String> lines = new ArrayList<>();
    lines.add("images = torch.squeeze(inputs, 0)");
    lines.add("classes = torch.to(torch.flatten(labels), %d)".formatted(TorchScript.INT64));
    lines.add("weights = [torch.requires_grad_(torch.detach(p), True) for p in parameters]");
    lines.addAll(forward.lines());
    lines.add("loss = torch.cross_entropy_loss(%s, classes)".formatted(forward.logits()));
    lines.add("found = torch.autograd.grad([loss], weights)");
    // The update is one call for all parameters where they and their gradients lie alike.
    lines.add("gradients = [torch.contiguous(unchecked_cast(Tensor, g)) for g in found]");
    lines.add("torch._foreach_mul_(velocities, %s)".formatted(sgd.momentum()));
    lines.add("torch._foreach_add_(velocities, gradients)");
    if (sgd.weightDecay() != 0) {
      lines.add(
          "torch._foreach_add_(velocities, parameters, alpha=%s)".formatted(sgd.weightDecay()));
    }
    lines.add("torch._foreach_sub_(parameters, torch._foreach_mul(velocities, rate))");
    lines.add("torch.add_(losses, torch.detach(loss), alpha=torch.size(images, 0))");
    lines.add("wrong = torch.ne(torch.argmax(%s, 1), classes)".formatted(forward.logits()));
    lines.add("torch.add_(mistakes, torch.sum(wrong))");
    return lines;
  }

  @Override
  void take(Batch batch, double rate, long number, Scalars scalars, NDManager scope) {
    TrainedArrays arrays = arrays();
    NDList arguments =
        new NDList(
            batch.inputs(), batch.labels(), scalars.of(rate), arrays.losses(), arrays.mistakes());
    arguments.addAll(lists);
    script.runWithGradients(arguments);
  }
}
