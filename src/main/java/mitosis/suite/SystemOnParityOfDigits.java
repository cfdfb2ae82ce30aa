package mitosis.suite;

import mitosis.claim.Scale;
import mitosis.data.ParityOfDigits;

/** A system whose networks learn the parity of MNIST digits, which come with the suite. */
interface SystemOnParityOfDigits extends SystemOnData {

  @Override
  default String dataset(Scale scale) {
    return ParityOfDigits.NAME;
  }

  @Override
  default int classes() {
    return 2;
  }

  @Override
  default String standIn() {
    return ParityOfDigits.NAME;
  }
}
