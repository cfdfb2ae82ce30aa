package mitosis.train;

import java.util.List;
import mitosis.model.ErfNetwork;

/**
 * A student that was trained online, with its teacher.
 *
 * @param teacher whose output it learned
 * @param before the student before training
 * @param snapshots the student at even intervals of the second half of training
 */
public record OnlineRun(ErfNetwork teacher, ErfNetwork before, List<ErfNetwork> snapshots) {

  /** Keeps a copy. */
  public OnlineRun {
    snapshots = List.copyOf(snapshots);
  }
}
