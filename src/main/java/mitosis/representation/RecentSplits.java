package mitosis.representation;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** What networks made of images lately, kept for as long as there is memory to spare. */
final class RecentSplits {

  private final Map<String, SoftReference<Split>> splits = new ConcurrentHashMap<>();

  /**
   * The first images' activities, measured if they are not known.
   *
   * @param key which network and which set
   * @param images how many
   * @param measured activities of the first so many images
   */
  Split of(String key, int images, IntFunction<Split> measured) {
    SoftReference<Split> reference = splits.get(key);
    Split known = reference == null ? null : reference.get();
    if (known == null || known.images() < images) {
      known = measured.apply(images);
      splits.put(key, new SoftReference<>(known));
    }
    return known.images() == images ? known : first(known, images);
  }

  private static Split first(Split split, int images) {
    float[][] activities = new float[split.width()][];
    Arrays.setAll(activities, j -> Arrays.copyOf(split.activities()[j], images));
    return new Split(activities, Arrays.copyOf(split.labels(), images));
  }
}
