package mitosis.train;

/**
 * What a {@link Worker} says, as one line of JSON.
 *
 * @param kind what it is about
 * @param text for a person; null with progress and done
 * @param epoch the record of the epoch just done; null otherwise
 */
record WorkerMessage(Kind kind, String text, EpochRecord epoch) {

  /** What a message is about. */
  enum Kind {
    PROGRESS,
    WARNING,
    DONE,
    FAILED
  }

  static WorkerMessage progress(EpochRecord epoch) {
    return new WorkerMessage(Kind.PROGRESS, null, epoch);
  }

  static WorkerMessage warning(String text) {
    return new WorkerMessage(Kind.WARNING, text, null);
  }

  static WorkerMessage done() {
    return new WorkerMessage(Kind.DONE, null, null);
  }

  static WorkerMessage failed(String text) {
    return new WorkerMessage(Kind.FAILED, text, null);
  }
}
