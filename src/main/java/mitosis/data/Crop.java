package mitosis.data;

/**
 * What is cut from an image: a rectangle of it is resized, and a square window of the result taken,
 * which may be mirrored.
 *
 * @param left first pixel of the rectangle across, from 0
 * @param top first pixel of the rectangle down, from 0
 * @param width pixels of the rectangle across, at least 1
 * @param height pixels of the rectangle down, at least 1
 * @param resizedWidth pixels across that the rectangle is resized to
 * @param resizedHeight pixels down that the rectangle is resized to
 * @param windowLeft first pixel across of the window, in the resized rectangle
 * @param windowTop first pixel down of the window, in the resized rectangle
 * @param mirrored whether left and right are exchanged in the end
 */
public record Crop(
    int left,
    int top,
    int width,
    int height,
    int resizedWidth,
    int resizedHeight,
    int windowLeft,
    int windowTop,
    boolean mirrored) {}
