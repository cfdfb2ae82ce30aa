package mitosis.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * Batches that are files of a folder, each checked against its own checksum.
 *
 * @param path the folder
 */
record BatchFolder(CifarForm form, Path path) implements BatchSource {

  private static final int BUFFER = 1 << 16;

  @Override
  public List<Batch> lacking(List<Batch> batches) {
    return batches.stream()
        .filter(batch -> !Files.isRegularFile(path.resolve(batch.file())))
        .toList();
  }

  @Override
  public void read(List<WantedBatch> wanted, String remedy) {
    for (WantedBatch each : wanted) {
      Path file = path.resolve(each.batch().file());
      try {
        read(file, each);
      } catch (IOException e) {
        throw new DataException("%s %s; %s".formatted(file, DamagedFile.finding(e), remedy), e);
      }
    }
  }

  private void read(Path file, WantedBatch wanted) throws IOException {
    MessageDigest md5 = Md5.digest();
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = new BufferedInputStream(new DigestInputStream(raw, md5), BUFFER)) {
      form.reader().read(in, wanted);
    }
    Md5.expect(wanted.batch().md5(), md5);
  }
}
