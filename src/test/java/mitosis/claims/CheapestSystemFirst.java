package mitosis.claims;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import mitosis.data.Datasets;
import mitosis.suite.Options;
import mitosis.suite.SystemOnData;
import mitosis.suite.Systems;
import mitosis.train.TrainingPool;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Checks the claims of systems in the order of what their networks cost to train: whenever the time
 * for training is over, most claims are decided.
 */
public final class CheapestSystemFirst implements ClassOrderer {

  private final Options options;

  /** For the options of this process. */
  public CheapestSystemFirst() {
    this(Options.ofSystemProperties());
  }

  /**
   * @param options which systems are tested, and how
   */
  CheapestSystemFirst(Options options) {
    this.options = options;
  }

  @Override
  public void orderClasses(ClassOrdererContext context) {
    Map<String, Double> costs = new ConcurrentHashMap<>();
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparingDouble(
                (ClassDescriptor claims) ->
                    claims
                        .findAnnotation(On.class)
                        .map(on -> costs.computeIfAbsent(on.value(), this::cost))
                        .orElse(0.0)));
  }

  /**
   * Multiply-adds of all trainings of a system, stored or not; 0 if it is not tested, or trains on
   * its own, outside the time for training.
   */
  private double cost(String name) {
    if (options.subject().isPresent()
        || !options.systems().contains(name)
        || !(Systems.named(name) instanceof SystemOnData system)) {
      return 0;
    }
    Datasets datasets = new Datasets(options.dataDir());
    String dataset = system.dataset(options.scale());
    int examples = datasets.trainingExamples(dataset);
    return system
        .study(
            options.scale(),
            IntStream.range(0, options.seedsOf(system)).boxed().toList(),
            dataset,
            datasets)
        .recipes()
        .stream()
        .mapToDouble(recipe -> TrainingPool.cost(recipe, examples))
        .sum();
  }
}
