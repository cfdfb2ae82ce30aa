package mitosis.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import mitosis.analysis.ChunkError.ChunkMistakes;
import mitosis.analysis.CriticalWidths.CloneSign;
import mitosis.analysis.IntrinsicDimension;
import mitosis.analysis.MeanOverChunks;
import mitosis.analysis.Reconstruction;
import mitosis.analysis.ResidualCorrelation;
import mitosis.claim.Estimate;
import mitosis.data.Datasets;
import mitosis.data.DurableFile;
import mitosis.evidence.SingleCriticalSizes;
import mitosis.evidence.SingleCriticalSizes.SingleCriticalSize;
import mitosis.evidence.SingleNetwork;
import mitosis.evidence.Unmeasurable;
import mitosis.representation.ExternalNetwork;

/**
 * The file {@code audit.json}: every curve measured on one network, and what was found.
 *
 * <p>A curve is {@code {"sizes": […], "means": […], "intervals": [[low, high], …]}} with the 95 %
 * interval of the mean over all chunks of these images; where it could not be measured it is {@code
 * null}, and the reason stands under {@code missing}.
 *
 * <p>What was brought stands under {@code source}: the file or folder, the SHA-256 of what was
 * read, and, where the representation was computed here, the network and the dataset that it was
 * shown.
 *
 * @param brought what the user brought
 * @param network the same, as it was measured
 * @param finding what was found
 */
public record AuditJson(ExternalNetwork brought, SingleNetwork network, AuditFinding finding) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Curves that are there or missing together. */
  private static final List<String> OF_RECONSTRUCTION =
      List.of(
          "r2",
          "r2_heldout",
          "residual_correlation_code",
          "residual_correlation_paper",
          "residual_correlation_off_chunk",
          "noise_floor");

  private static final double NORMAL = 1.959964;

  /**
   * Writes the file as a whole or not at all.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    // Measured before there is a file that could be left behind half written.
    ObjectNode node = node();
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      DurableFile.write(file, JSON.writeValueAsBytes(node));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  ObjectNode node() {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode missing = JSON.createObjectNode();
    root.put("subject", network.name());
    putSource(root.putObject("source"));
    root.put("finding", finding.sentence());
    root.put("redundant", finding.answer().name());
    root.put("width", network.width());
    putCritical(root, missing);
    putCriticalBySign(root.putObject("critical_width_by_sign"), missing);
    putErrors(root, missing);
    putReconstruction(root, missing);
    putDimension(root, missing);
    root.set("missing", missing);
    return root;
  }

  private void putSource(ObjectNode source) {
    source.put("path", brought.source().toString());
    ObjectNode checksums = source.putObject("sha256");
    new TreeMap<>(brought.sha256()).forEach(checksums::put);
    source.put(
        "representation",
        brought.computation().isPresent() ? "computed here" : "brought by the user");
    brought
        .computation()
        .ifPresent(
            each -> {
              source.put("network", each.network());
              source.put("dataset", each.dataset());
              ArrayNode fingerprint = source.putArray("dataset_fingerprint");
              Datasets.checksums(each.fingerprint()).forEach(fingerprint::add);
            });
  }

  private void putCritical(ObjectNode root, ObjectNode missing) {
    SingleCriticalSize critical = new SingleCriticalSize(network);
    try {
      Estimate estimate = critical.estimate();
      put(
          root,
          "critical_width",
          estimate.value(),
          estimate.interval().low(),
          estimate.interval().high());
      root.put("critical_width_rule", critical.rule());
      double width = network.width();
      put(
          root,
          "clones",
          width / estimate.value(),
          width / estimate.interval().high(),
          width / estimate.interval().low());
    } catch (Unmeasurable e) {
      root.putNull("critical_width").putNull("clones");
      missing.put("critical_width", e.getMessage());
    }
  }

  /** C18: the signs should set in at the same width. Clones are counted in live neurons too. */
  private void putCriticalBySign(ObjectNode root, ObjectNode missing) {
    for (CloneSign sign : CloneSign.values()) {
      String name = sign.name().toLowerCase(Locale.ROOT);
      try {
        Estimate estimate = new SingleCriticalSizes(network).estimate(sign);
        ObjectNode node = root.putObject(name);
        put(node, "width", estimate.value(), estimate.interval().low(), estimate.interval().high());
        node.put("clones", network.width() / estimate.value());
        node.put("live_clones", network.reconstruction().liveNeurons() / estimate.value());
        node.put("rule", sign.rule(network.thresholds()));
      } catch (Unmeasurable e) {
        root.putNull(name);
        missing.put("critical_width_by_sign." + name, e.getMessage());
      }
    }
  }

  private void putErrors(ObjectNode root, ObjectNode missing) {
    putErrors(root, missing, "test", SingleNetwork::testMistakes);
    putErrors(root, missing, "train", SingleNetwork::trainMistakes);
  }

  private void putErrors(
      ObjectNode root,
      ObjectNode missing,
      String set,
      Function<SingleNetwork, ChunkMistakes> measurement) {
    try {
      ChunkMistakes mistakes = measurement.apply(network);
      root.put("full_" + set + "_error", mistakes.fullError());
      curve(root, "chunk_" + set + "_error", mistakes.sizes(), mistakes.errors());
    } catch (Unmeasurable e) {
      root.putNull("full_" + set + "_error").putNull("chunk_" + set + "_error");
      missing.put("chunk_" + set + "_error", e.getMessage());
    }
  }

  private void putReconstruction(ObjectNode root, ObjectNode missing) {
    try {
      putReconstruction(root, network.reconstruction());
    } catch (Unmeasurable e) {
      root.putNull("live_neurons");
      OF_RECONSTRUCTION.forEach(root::putNull);
      missing.put("r2", e.getMessage());
    }
  }

  private void putReconstruction(ObjectNode root, Reconstruction layer) {
    root.put("live_neurons", layer.liveNeurons());
    int[] sizes = network.sizes();
    curve(root, "r2", sizes, at(layer.r2(), sizes));
    int[] heldOut = upTo(sizes, layer.heldOutR2().size());
    curve(root, "r2_heldout", heldOut, at(layer.heldOutR2(), heldOut));
    List<ResidualCorrelation> all = layer.correlations();
    curve(root, "residual_correlation_code", all, ResidualCorrelation::byCode);
    curve(root, "residual_correlation_paper", all, ResidualCorrelation::byPaper);
    List<ResidualCorrelation> off =
        all.stream().filter(each -> each.offChunk().isPresent()).toList();
    curve(
        root,
        "residual_correlation_off_chunk",
        off,
        each -> each.offChunk().orElseThrow().absolute());
    ObjectNode floor = root.putObject("noise_floor");
    ArrayNode floorSizes = floor.putArray("sizes");
    ArrayNode floors = floor.putArray("means");
    ArrayNode intervals = floor.putArray("intervals");
    off.forEach(
        each -> {
          floorSizes.add(each.size());
          double exact = each.offChunk().orElseThrow().noiseFloor();
          floors.add(exact);
          intervals.addArray().add(exact).add(exact);
        });
  }

  private static int[] upTo(int[] sizes, int most) {
    return Arrays.stream(sizes).filter(size -> size <= most).toArray();
  }

  private static List<MeanOverChunks> at(List<MeanOverChunks> every, int[] sizes) {
    return Arrays.stream(sizes).mapToObj(size -> every.get(size - 1)).toList();
  }

  private static void curve(
      ObjectNode root,
      String name,
      List<ResidualCorrelation> correlations,
      Function<ResidualCorrelation, MeanOverChunks> form) {
    curve(
        root,
        name,
        correlations.stream().mapToInt(ResidualCorrelation::size).toArray(),
        correlations.stream().map(form).toList());
  }

  private static void curve(
      ObjectNode root, String name, int[] sizes, List<MeanOverChunks> values) {
    ObjectNode curve = root.putObject(name);
    ArrayNode sizeNode = curve.putArray("sizes");
    ArrayNode means = curve.putArray("means");
    ArrayNode intervals = curve.putArray("intervals");
    for (int k = 0; k < sizes.length; k++) {
      MeanOverChunks value = values.get(k);
      double reach = NORMAL * value.standardError();
      sizeNode.add(sizes[k]);
      means.add(value.mean());
      intervals.addArray().add(value.mean() - reach).add(value.mean() + reach);
    }
  }

  private void putDimension(ObjectNode root, ObjectNode missing) {
    try {
      IntrinsicDimension.Dimension fitted = network.dimension().fitted();
      double reach = NORMAL * fitted.standardError();
      put(
          root,
          "intrinsic_dimension",
          fitted.value(),
          fitted.value() - reach,
          fitted.value() + reach);
    } catch (Unmeasurable e) {
      root.putNull("intrinsic_dimension");
      missing.put("intrinsic_dimension", e.getMessage());
    }
  }

  private static void put(ObjectNode root, String name, double value, double low, double high) {
    root.put(name, value);
    root.putArray(name + "_interval").add(low).add(high);
  }
}
