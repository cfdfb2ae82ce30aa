package mitosis.data;

import java.nio.ByteBuffer;

/**
 * Some images that are trained on, or tested, together.
 *
 * @param pixels {@code count x 3 x side x side} unsigned bytes, row-major, from the buffer's start
 *     to its limit; a direct buffer that is written to again for a later batch ({@link
 *     ImageStream#next} says when), so whoever needs it longer copies it
 * @param labels the images' labels
 * @param images the images' indices in their data set; not always those of the order, see {@link
 *     ImageStream}
 */
public record ImageBatch(ByteBuffer pixels, int[] labels, int[] images) {

  /** Number of images. */
  public int count() {
    return labels.length;
  }
}
