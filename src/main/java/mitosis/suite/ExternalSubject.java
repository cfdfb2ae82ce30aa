package mitosis.suite;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Optional;
import mitosis.claim.Scale;
import mitosis.data.Dataset;
import mitosis.data.Datasets;
import mitosis.representation.ExternalNetwork;
import mitosis.representation.SubjectNetwork;
import mitosis.representation.SubjectSource;
import mitosis.suite.TestedSystem.SystemOnData;

/**
 * What {@code -Dsubject} names: a representation, or a network whose representation of a system's
 * data is computed here.
 */
final class ExternalSubject {

  private final Options options;
  private final Path path;
  private final Optional<SubjectNetwork> network;

  /**
   * @param options that name a subject
   * @throws IllegalArgumentException if a network comes without a system or a representation with
   *     one, or if it can't be told which of both it is
   */
  ExternalSubject(Options options) {
    this.options = options;
    this.path = options.subject().orElseThrow();
    this.network = SubjectNetwork.at(path);
    if (network.isPresent() && options.subjectSystem().isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds %s; say with -Dsubject.system=NAME whose data it is to be shown, one of %s"
              .formatted(
                  path,
                  network.get().title(),
                  String.join(", ", Systems.showing().stream().map(SystemOnData::name).toList())));
    }
    if (network.isEmpty() && options.subjectSystem().isPresent()) {
      // Such as a file of a form that is none: what is wrong with it is the better answer.
      SubjectSource.at(path).arrays();
      throw new IllegalArgumentException(
          "%s holds a representation, which is not shown any data; leave out -Dsubject.system=%s"
              .formatted(path, options.subjectSystem().get()));
    }
  }

  /**
   * Refuses what cannot be audited.
   *
   * @throws RuntimeException saying what was found and what to do about it
   */
  void check() {
    if (network.isPresent()) {
      // On the CPU: the process that checks lives on, and would keep a part of a GPU.
      network.get().requireFits(loaded(), Device.cpu());
    } else {
      SubjectSource.read(path);
    }
  }

  /**
   * Reads the representation, or computes it.
   *
   * @throws RuntimeException as {@link #check}
   */
  ExternalNetwork read() {
    return network
        .map(each -> each.on(loaded(), device()))
        .orElseGet(() -> SubjectSource.read(path));
  }

  /**
   * The dataset that a network is shown, by name: all of it, as it was trained at full scale;
   * nothing if a representation was brought.
   */
  Optional<String> dataset() {
    return options.subjectSystem().map(name -> Systems.onData(name).dataset(Scale.FULL));
  }

  private Dataset loaded() {
    return new Datasets(options.dataDir()).load(dataset().orElseThrow());
  }

  private Device device() {
    return options.usesCuda() ? Device.gpu() : Device.cpu();
  }
}
