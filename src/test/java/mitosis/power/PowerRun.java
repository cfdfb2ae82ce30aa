package mitosis.power;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mitosis.claim.ClaimId;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.suite.Commit;
import mitosis.suite.Options;
import mitosis.suite.Systems;

/**
 * Adds trials of the checks to {@code expected/power.csv}:
 *
 * <pre>
 * mvn -q test-compile exec:exec@power -Dpower.claims=C01,C02 -Dpower.trials=3000 -Dpower.budget=20m
 * </pre>
 *
 * <p>It goes on where it was stopped, and trials are the same ones however they are spread over
 * sittings. One sitting at a time: the file is written as a whole.
 */
public final class PowerRun {

  private static final Path EXPECTED = Path.of("expected");

  /** Between two writings. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private PowerRun() {}

  /**
   * @param arguments claims or {@code all}, the number of trials at each position, and the time
   */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "got %d arguments; give claims or all, the number of trials and a time"
              .formatted(arguments.length));
    }
    Set<ClaimId> claims = claims(arguments[0]);
    int wanted = trials(arguments[1]);
    Duration budget = budget(arguments[2]);
    List<PowerScenario> questions =
        questions().stream().filter(each -> claims.contains(each.key().claim())).toList();
    long end = System.nanoTime() + budget.toNanos();
    Keeper keeper = new Keeper();
    RecordedPower known = RecordedPower.read(EXPECTED);
    new Trials(
            wanted,
            Commit.current().name(),
            () -> System.nanoTime() > end,
            keeper,
            System.out::println)
        .add(questions, known);
    keeper.write();
    System.out.println(
        System.nanoTime() > end
            ? "The time is spent; the same command goes on."
            : "All that were asked for have %,d trials.".formatted(wanted));
  }

  private static Set<ClaimId> claims(String names) {
    return names.equals("all")
        ? EnumSet.allOf(ClaimId.class)
        : Arrays.stream(names.split(","))
            .map(ClaimId::parse)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ClaimId.class)));
  }

  private static Duration budget(String time) {
    try {
      return Options.time(time);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "-Dpower.budget=%s: %s".formatted(time, e.getMessage()), e);
    }
  }

  private static int trials(String number) {
    if (!number.matches("[1-9]\\d{0,6}")) {
      throw new IllegalArgumentException(
          "-Dpower.trials=%s: expected a whole number from 1 to 9999999".formatted(number));
    }
    return Integer.parseInt(number);
  }

  /** All of them, those that take least time first. */
  static List<PowerScenario> questions() {
    PowerScenario.On pmnist = on("pmnist-fc5", Scale.QUICK);
    PowerScenario.On extended = on("pmnist-fc5", Scale.EXTENDED);
    PowerScenario.On cifar = on("cifar10-wr28", Scale.QUICK);
    List<PowerScenario> all = new ArrayList<>();
    PowerScenario.On recorded = on("pmnist-fc5-recorded", Scale.FULL);
    all.addAll(LayerScenarios.quick(pmnist));
    all.addAll(LayerScenarios.recorded(recorded));
    all.addAll(VariantScenarios.extended(extended));
    all.addAll(LayerScenarios.cifar(cifar));
    all.addAll(WholeNetworkScenarios.quick(cifar));
    all.addAll(StudentScenarios.quick(on("teacher-student", Scale.QUICK)));
    all.addAll(TrainingScenarios.quick(pmnist));
    all.addAll(WidthScenarios.quick(pmnist));
    all.addAll(WidthScenarios.cifar(cifar));
    Stream.of(
            ErrorScenarios.quick(pmnist),
            TrainingScenarios.imageByImage(pmnist),
            EnsembleScenarios.quick(pmnist),
            WidthScenarios.imageByImage(pmnist),
            ErrorScenarios.recorded(recorded),
            WholeNetworkScenarios.imageByImage(cifar),
            ErrorScenarios.cifar(cifar),
            EnsembleScenarios.cifar(cifar),
            WidthScenarios.cifarImageByImage(cifar),
            WidthScenarios.recorded(recorded),
            ErrorScenarios.extended(extended))
        .flatMap(List::stream)
        .map(PowerScenario::withTheseSeeds)
        .forEach(all::add);
    return all;
  }

  private static PowerScenario.On on(String system, Scale scale) {
    return new PowerScenario.On(
        system, scale, Systems.named(system).seeds(scale), Expectations.read(EXPECTED, system));
  }

  /** Writes what is known every few seconds. */
  private static final class Keeper implements Consumer<RecordedPower> {
    private RecordedPower last;
    private long next;

    @Override
    public void accept(RecordedPower known) {
      last = known;
      if (System.nanoTime() > next) {
        write();
        next = System.nanoTime() + PAUSE.toNanos();
      }
    }

    void write() {
      if (last != null) {
        last.write(EXPECTED);
      }
    }
  }
}
