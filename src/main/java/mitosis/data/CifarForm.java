package mitosis.data;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the forms in which a dataset is published.
 *
 * @param folder the name of the folder that the archive holds
 * @param archive the name of the archive
 * @param archiveMd5 of the published archive
 * @param train the batches of training images, in order
 * @param test the batch of test images
 * @param reader reads each of them
 */
record CifarForm(
    String folder,
    String archive,
    String archiveMd5,
    List<Batch> train,
    Batch test,
    BatchReader reader) {

  /** The batches that hold the first so many training images, in order. */
  List<Batch> train(int first) {
    List<Batch> batches = new ArrayList<>();
    int images = 0;
    for (Batch batch : train) {
      if (images < first) {
        batches.add(batch);
        images += batch.images();
      }
    }
    return batches;
  }

  /** The same, and then the test batch. */
  List<Batch> batches(int first) {
    List<Batch> batches = train(first);
    batches.add(test);
    return batches;
  }
}
