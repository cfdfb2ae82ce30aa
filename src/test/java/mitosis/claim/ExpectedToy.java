package mitosis.claim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small folder {@code expected}: one claim with two quantities, tested on two systems. */
record ExpectedToy(Path folder) {

  static final String CLAIMS = "claims.yaml";
  static final String TOY = "toy.yaml";
  static final String OTHER = "other.yaml";
  static final String FINDINGS = "findings/toy.yaml";
  static final String POWER = RecordedPower.FILE;

  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put(
        CLAIMS,
        """
        papers:
          P22:
            title: A paper
            authors: Somebody
            year: 2022
            link: https://example.org
            link_name: an example
        claims:
          C06:
            statement: Chunks rebuild the layer.
            paper: P22
            section: §3
            figure: Fig. 4
            quantities:
              held_out_r2:
                meaning: explained variance
                band: {low: 0.99, high: 1, open: high}
                because: published .999
                read: no number is printed
                rule: at {chunk_size} neurons
                settings: {chunk_size: 64}
                first_look: the live width
              linear_growth:
                meaning: share of a line
                band: {low: 0.95, high: none}
                because: almost linearly
                read: no number is printed
                rule: small chunks
                first_look: the curve
        """);
    FILES.put(
        TOY,
        """
        system: toy
        points:
          reconstruction: {figure: P22 Fig. 4d, read: off the figure, sizes: [16, 32], values: [0.5, 0.9]}
        claims:
          C06:
            figure: Fig. 4d
            also: elsewhere
            quantities:
              held_out_r2:
                published: 0.999
                read: footnote
                settings: {chunk_size: 128}
                notes:
                  quick:
                    NOT_REPRODUCED: too few epochs
              linear_growth: {}
        observations: |
          More was seen.
        """);
    FILES.put(
        OTHER,
        """
        system: other
        like: toy
        claims:
          C06:
            quantities:
              held_out_r2:
                band: {low: 0.5, high: 1}
                because: another network
        """);
    FILES.put(
        FINDINGS,
        """
        C06:
          held_out_r2:
            quick:
              verdict: NOT_REPRODUCED
              band: "[0.99, 1)"
              measured: {value: 0.97, low: 0.96, high: 0.98}
              other_seeds: {UNDERPOWERED: 3}
              baseline: {mean: 0.97, deviation: 0.001, count: 5, commit: "abc1234"}
        """);
    FILES.put(
        POWER,
        """
        system,scale,claim,quantity,band,truth,seeds,REPRODUCED,NOT_REPRODUCED,UNDERPOWERED,UNTESTED,half_width,images,commit,planted
        toy,quick,C06,held_out_r2,"[0.99, 1)",0.98,4,,7,,,,100,abc1234,chunks
        toy,quick,C06,held_out_r2,"[0.99, 1)",0.995,4,5,,1,,0.001,100,abc1234,chunks
        """);
  }

  /** Writes all files to a folder. */
  static ExpectedToy in(Path folder) {
    ExpectedToy toy = new ExpectedToy(folder);
    FILES.forEach(toy::write);
    return toy;
  }

  /**
   * Puts a slip into a file.
   *
   * @throws IllegalArgumentException if the file has no such text
   */
  void slip(String file, String good, String bad) {
    String text = FILES.get(file);
    if (!text.contains(good)) {
      throw new IllegalArgumentException(file + " has no '" + good + "'");
    }
    write(file, text.replace(good, bad));
  }

  private void write(String file, String text) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all that a run reads. */
  void read() {
    toy();
    other();
    Expectations.requireTested(folder);
    RecordedPower.read(folder);
  }

  Expectations toy() {
    return Expectations.read(folder, "toy");
  }

  Expectations other() {
    return Expectations.read(folder, "other");
  }
}
