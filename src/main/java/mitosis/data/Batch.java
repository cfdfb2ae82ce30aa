package mitosis.data;

/**
 * A file of images of one form of a dataset.
 *
 * @param file its name
 * @param images how many it holds
 * @param md5 of the published file
 */
record Batch(String file, int images, String md5) {}
