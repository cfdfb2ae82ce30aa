package mitosis.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Batches in the archive in which they are published, read without unpacking it on disk. It is the
 * archive that is checked against its checksum.
 *
 * @param path the archive
 */
record BatchArchive(CifarForm form, Path path) implements BatchSource {

  private static final int BUFFER = 1 << 16;

  @Override
  public List<Batch> lacking(List<Batch> batches) {
    return Files.isRegularFile(path) ? List.of() : batches;
  }

  @Override
  public void read(List<WantedBatch> wanted, String remedy) {
    try {
      MessageDigest md5 = Md5.digest();
      try (InputStream raw = Files.newInputStream(path);
          InputStream digested = new DigestInputStream(raw, md5)) {
        readEntries(digested, wanted);
        digested.transferTo(OutputStream.nullOutputStream());
      }
      Md5.expect(form.archiveMd5(), md5);
    } catch (IOException e) {
      throw new DataException("%s %s; %s".formatted(path, DamagedFile.finding(e), remedy), e);
    }
  }

  private void readEntries(InputStream digested, List<WantedBatch> wanted) throws IOException {
    Map<String, WantedBatch> left = new HashMap<>();
    for (WantedBatch each : wanted) {
      left.put(form.folder() + "/" + each.batch().file(), each);
    }
    // Closed by the caller, who has yet to read what comes after the last batch.
    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(digested, BUFFER));
    while (!left.isEmpty()) {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry == null) {
        throw new DamagedFile("holds no " + String.join(", ", new TreeSet<>(left.keySet())));
      }
      WantedBatch each = left.remove(entry.getName());
      if (each != null) {
        try {
          form.reader().read(tar, each);
        } catch (DamagedFile e) {
          throw new DamagedFile("holds %s, which %s".formatted(entry.getName(), e.getMessage()), e);
        }
      }
    }
  }
}
