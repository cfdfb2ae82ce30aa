package mitosis.data;

import java.io.BufferedInputStream;
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
import mitosis.data.Cifar.CifarForm;
import mitosis.data.CifarBatch.WantedBatch;
import mitosis.data.DataException.DamagedFile;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Where the batches of one form of a dataset may lie. */
sealed interface BatchSource {

  /** Bytes that are read from the disk at once. */
  int BUFFER = 1 << 16;

  /** The form in which they are there. */
  CifarForm form();

  /** The folder or the archive itself. */
  Path path();

  /** Which of some batches are not there, as far as can be told without reading. */
  List<CifarBatch> lacking(List<CifarBatch> batches);

  /**
   * Reads batches, in any order, and checks what they hold, then whether it is what was published.
   *
   * @param remedy ends the message if something is wrong
   * @throws DataException if one of them is missing, damaged, or not the published one
   */
  void read(List<WantedBatch> wanted, String remedy);

  /**
   * Checks a digest against the MD5 by which the authors of CIFAR publish what their files are. It
   * tells damaged and mistaken files from the published ones, not forged ones.
   *
   * @throws DamagedFile if they differ
   */
  private static void expect(String published, MessageDigest read) throws DamagedFile {
    String found = Hex.encodeHexString(read.digest());
    if (!found.equals(published)) {
      throw new DamagedFile(
          "is not the published file: its MD5 is %s, expected %s".formatted(found, published));
    }
  }

  /**
   * Batches that are files of a folder, each checked against its own checksum.
   *
   * @param path the folder
   */
  record BatchFolder(CifarForm form, Path path) implements BatchSource {

    @Override
    public List<CifarBatch> lacking(List<CifarBatch> batches) {
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
      MessageDigest md5 = DigestUtils.getMd5Digest();
      try (InputStream raw = Files.newInputStream(file);
          InputStream in = new BufferedInputStream(new DigestInputStream(raw, md5), BUFFER)) {
        form.reader().read(in, wanted);
      }
      expect(wanted.batch().md5(), md5);
    }
  }

  /**
   * Batches in the archive in which they are published, read without unpacking it on disk. It is
   * the archive that is checked against its checksum.
   *
   * @param path the archive
   */
  record BatchArchive(CifarForm form, Path path) implements BatchSource {

    @Override
    public List<CifarBatch> lacking(List<CifarBatch> batches) {
      return Files.isRegularFile(path) ? List.of() : batches;
    }

    @Override
    public void read(List<WantedBatch> wanted, String remedy) {
      try {
        MessageDigest md5 = DigestUtils.getMd5Digest();
        try (InputStream raw = Files.newInputStream(path);
            InputStream digested = new DigestInputStream(raw, md5)) {
          readEntries(digested, wanted);
          digested.transferTo(OutputStream.nullOutputStream());
        }
        expect(form.archiveMd5(), md5);
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
            throw new DamagedFile(
                "holds %s, which %s".formatted(entry.getName(), e.getMessage()), e);
          }
        }
      }
    }
  }
}
