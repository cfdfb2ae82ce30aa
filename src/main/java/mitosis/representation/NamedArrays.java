package mitosis.representation;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arrays that were found of those which describe a network.
 *
 * @param source the file or folder that the user named
 * @param arrays those found, unread
 * @param files what they lie in
 */
public record NamedArrays(
    Path source, Map<SubjectArray, StoredArray> arrays, Collection<Path> files) {

  /** Copies what it is given. */
  public NamedArrays {
    arrays = Map.copyOf(arrays);
    files = List.copyOf(files);
  }

  /** An array, if it is there. */
  public Optional<StoredArray> find(SubjectArray name) {
    return Optional.ofNullable(arrays.get(name));
  }

  /**
   * An array that must be there.
   *
   * @throws IllegalArgumentException if it isn't
   */
  public StoredArray require(SubjectArray name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no %s; export it too".formatted(source, name.key())));
  }
}
