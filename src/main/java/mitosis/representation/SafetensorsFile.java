package mitosis.representation;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A representation in a {@code .safetensors} file. Arrays of other names are left alone.
 *
 * @param path the file
 */
record SafetensorsFile(Path path) implements SubjectSource {

  @Override
  public NamedArrays arrays() {
    SafetensorsHeader header = SafetensorsHeader.read(path);
    Map<SubjectArray, StoredArray> arrays = new EnumMap<>(SubjectArray.class);
    for (SafetensorsHeader.Entry entry : header.entries()) {
      SubjectArray.of(entry.name()).ifPresent(name -> arrays.put(name, header.array(entry)));
    }
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException(
          "%s holds no array of a network, only %s; they are named %s"
              .formatted(
                  path,
                  header.entries().stream().map(SafetensorsHeader.Entry::name).limit(10).toList(),
                  SubjectArray.keys()));
    }
    return new NamedArrays(path, arrays, List.of(path));
  }
}
