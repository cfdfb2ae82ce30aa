package mitosis.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mitosis.model.Convolutional.LayerShapes;
import mitosis.model.Parameter.RunningStatistic;

/**
 * The forward pass of a convolutional network, as lines of TorchScript that read {@code images} (B
 * x channels x side x side, float32), {@code weights} (the parameters of one seed, in order) and
 * {@code statistics} (the running statistics, in order), and in training update the last.
 *
 * @param lines in order
 * @param features the name that holds the last hidden layer, B x W, float32
 * @param logits the name that holds the readout, B x K, float32
 */
public record ForwardScript(List<String> lines, String features, String logits) {

  /** Keeps a copy of the lines. */
  public ForwardScript {
    lines = List.copyOf(lines);
  }

  /**
   * A pass in training. Images lie in memory with their channels last, which convolutions are
   * fastest on, from the first convolution to the last hidden layer. There they and the weights of
   * convolutions have the precision's numbers, as under PyTorch's autocast; a BatchNorm computes in
   * float32 and rounds its result. Unlike under autocast the last hidden layer and the readout are
   * float32: they cost next to nothing, and logits of 8 bits would be what the loss is made of.
   *
   * <p>On the CPU the engine sums up a BatchNorm's statistics in float32 where channels are last,
   * in float64 elsewhere. Sums of unequal numbers lose nothing by it; where a ReLU went before,
   * some 10,000 equal ones can put a variance off by 1e-4 of itself.
   *
   * @param network whose pass it is
   * @param precision of what lies between the layers
   */
  public static ForwardScript ofTraining(Convolutional network, Precision precision) {
    return LayerScript.of(network, precision, true);
  }

  /** A pass of a network that is trained, with channels last too, in float32. */
  public static ForwardScript ofTrained(Convolutional network) {
    return LayerScript.of(network, Precision.FLOAT32, false);
  }

  /** The operations as lines of a script: a batch of images is the name that holds it. */
  private static final class LayerScript implements Layers<String> {

    /** Numbers in a register of AVX, by which oneDNN takes channels that lie last in memory. */
    private static final int VECTOR = 8;

    private final LayerShapes shapes;
    private final List<String> parameters;
    private final List<String> statistics;
    private final Precision precision;
    private final boolean training;
    private final List<String> lines = new ArrayList<>();

    private LayerScript(Convolutional network, Precision precision, boolean training) {
      this.shapes = LayerShapes.of(network);
      this.parameters = shapes.parameters().stream().map(Parameter::name).toList();
      this.statistics = shapes.runningStatistics().stream().map(RunningStatistic::name).toList();
      this.precision = precision;
      this.training = training;
    }

    /** Writes down a network's pass. */
    static ForwardScript of(Convolutional network, Precision precision, boolean training) {
      LayerScript script = new LayerScript(network, precision, training);
      String images = script.line(script.channelsLast("images"));
      String features = network.features(script, images);
      String logits =
          script.line(
              "torch.linear(%s, %s, %s)"
                  .formatted(
                      features,
                      script.weight(network.readoutWeight()),
                      script.weight(network.readoutBias())));
      return new ForwardScript(script.lines, features, logits);
    }

    /** Adds a line that gives a value a new name. */
    private String line(String value) {
      String name = "x" + lines.size();
      lines.add(name + " = " + value);
      return name;
    }

    private String weight(String name) {
      return "weights[%d]".formatted(place(name, parameters));
    }

    private String statistic(String name) {
      return "statistics[%d]".formatted(place(name, statistics));
    }

    private static int place(String name, List<String> names) {
      int place = names.indexOf(name);
      if (place < 0) {
        throw new IllegalStateException("no array named " + name);
      }
      return place;
    }

    private String channelsLast(String value) {
      return "torch.to(%s, %d, False, False, %d)"
          .formatted(value, precision.scalarType(), TorchScript.CHANNELS_LAST);
    }

    /**
     * Where the kernel is a single pixel and the channels that go in fill no whole vectors, the
     * pixels that a stride skips are left out first. The numbers are those of the strided
     * convolution; but its gradient by the weights, which oneDNN (3.5, on processors with AVX2 and
     * without AVX-512) takes of a copy of the pixels that are used, is written whole vector by
     * whole vector beyond the end of that copy. Guard pages behind every block of memory showed it
     * for 2 and 4 channels; the process dies of it later.
     */
    @Override
    public String convolution(String name, String images, int channels, int kernel, int stride) {
      if (kernel == 1 && stride > 1 && inputs(name) % VECTOR != 0) {
        return convolved(name, everyStep(everyStep(images, 2, stride), 3, stride), 1, 0);
      }
      return convolved(name, images, stride, kernel / 2);
    }

    /** How many channels a convolution reads. */
    private int inputs(String name) {
      return shapes.parameters().get(place(name + ".weight", parameters)).shape().get(1);
    }

    /** Every {@code step}-th row (dimension 2) or column (3), from the first. */
    private String everyStep(String images, int dimension, int step) {
      return line(
          "torch.slice(%s, %d, 0, %d, %d)".formatted(images, dimension, Long.MAX_VALUE, step));
    }

    private String convolved(String name, String images, int stride, int padding) {
      return line(
          "torch.conv2d(%s, %s, None, [%d, %d], [%d, %d], [1, 1], 1)"
              .formatted(
                  images,
                  channelsLast(weight(name + ".weight")),
                  stride,
                  stride,
                  padding,
                  padding));
    }

    @Override
    public String batchNorm(String name, String images) {
      return line(
          "torch.batch_norm(%s, %s, %s, %s, %s, %s, %s, %s, True)"
              .formatted(
                  images,
                  weight(name + ".weight"),
                  weight(name + ".bias"),
                  statistic(name + ".running_mean"),
                  statistic(name + ".running_var"),
                  training ? "True" : "False",
                  1 - BatchNorm.RUNNING_SHARE,
                  BatchNorm.EPSILON));
    }

    /** The result overwrites the input, which the backward pass does not need. */
    @Override
    public String relu(String images) {
      return line("torch.relu_(%s)".formatted(images));
    }

    @Override
    public String add(String left, String right) {
      return line("torch.add_(%s, %s)".formatted(left, right));
    }

    @Override
    public String concatenate(String first, String second) {
      return line("torch.cat([%s, %s], 1)".formatted(first, second));
    }

    @Override
    public String maxPool(String images) {
      return line("torch.max_pool2d(%s, [3, 3], [2, 2], [1, 1], [1, 1], False)".formatted(images));
    }

    @Override
    public String averagePool(String images) {
      return line("torch.avg_pool2d(%s, [2, 2], [2, 2], [0, 0])".formatted(images));
    }

    /** The engine lets go of what a script has read for the last time. */
    @Override
    public String block(String images, UnaryOperator<String> inside) {
      return inside.apply(images);
    }

    @Override
    public String globalMean(String images) {
      return line("torch.mean(%s, [2, 3], False, dtype=%d)".formatted(images, TorchScript.FLOAT32));
    }
  }
}
