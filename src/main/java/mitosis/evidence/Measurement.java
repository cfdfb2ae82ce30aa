package mitosis.evidence;

import mitosis.claim.Estimate;

/**
 * How one quantity of a claim is measured, the same way on trained networks and on controls.
 *
 * @param <T> what it is measured on
 */
@FunctionalInterface
public interface Measurement<T> {

  /**
   * @throws IllegalArgumentException if the quantity does not exist for the subject; says why
   */
  Estimate of(T subject);
}
