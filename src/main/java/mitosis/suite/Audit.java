package mitosis.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import mitosis.claim.ClaimId;
import mitosis.claim.ClaimResult;
import mitosis.claim.Expectation;
import mitosis.claim.Expectations;
import mitosis.claim.RecordedPower;
import mitosis.claim.Scale;
import mitosis.data.Datasets;
import mitosis.evidence.SingleCriticalSizes.SingleCriticalSize;
import mitosis.evidence.SingleNetwork;
import mitosis.evidence.Unmeasurable;
import mitosis.model.NativeEngine;
import mitosis.report.AuditFinding;
import mitosis.report.AuditJson;
import mitosis.report.PowerTable;
import mitosis.representation.ExternalNetwork;
import mitosis.train.Execution;

/**
 * The audit of one network that a user brings: the claims that need no training, checked on it, and
 * what they say together.
 */
public final class Audit implements ClaimContext, AutoCloseable {

  private final ExternalNetwork brought;
  private final SingleNetwork network;
  private final AuditControls controls;
  private final Expectations expectations =
      Expectations.read(ClaimSession.EXPECTED, Options.SUBJECT);
  private final Reports reports = new Reports(RecordedPower.read(ClaimSession.EXPECTED));
  private final Commit commit = Commit.current();
  private final Path path;
  private final Options options;

  /**
   * Reads the network, and shows it a system's data where it comes without a representation.
   *
   * @throws IllegalArgumentException if there is none, or it cannot be read or shown the data
   */
  public Audit(Options options) {
    this.path = options.subject().orElseThrow();
    this.options = options;
    this.brought = new ExternalSubject(options).read();
    this.network =
        SingleNetwork.of(brought, ClaimedThresholds.ofSubject(expectations, options.scale()));
    this.controls = new AuditControls(network);
  }

  /** What results are filed under; an external network has no scale of its own. */
  public Scale scale() {
    return options.scale();
  }

  /** The network. */
  public SingleNetwork network() {
    return network;
  }

  /** What stands beside it. */
  public AuditControls controls() {
    return controls;
  }

  /** What is expected of a network. */
  public Expectations expectations() {
    return expectations;
  }

  @Override
  public String departure(String system) {
    return ("The network %s was brought by the user and is taken as it is%s: %d neurons, %,d test images%s%s. Intervals are"
            + " over images; other seeds are not known.")
        .formatted(
            brought.name(),
            brought
                .computation()
                .map(
                    each ->
                        " (%s), and what its last hidden layer makes of %s was computed here"
                            .formatted(each.network(), each.dataset()))
                .orElse(""),
            network.width(),
            network.test().images(),
            network.trainImages().stream()
                .mapToObj(" and %,d training images"::formatted)
                .findFirst()
                .orElse(", no training images"),
            brought.whyNoReadout().isPresent()
                ? ", no readout"
                : brought.whyNoEnsemble().isPresent()
                    ? "; err∞ is fitted, as no ensemble's logits came with it"
                    : "; err∞ is the error of the ensemble that came with it");
  }

  @Override
  public String rerun(ClaimId claim, String system) {
    String data =
        options
            .subjectSystem()
            .map(
                name ->
                    " -Dsubject.system=%s -Ddata.dir=%s"
                        .formatted(name, Options.quoted(options.dataDir())))
            .orElse("");
    return "mvn verify -Dsubject=%s%s -Dclaims=%s".formatted(Options.quoted(path), data, claim);
  }

  @Override
  public Map<String, Object> provenance(String system) {
    Map<String, Object> provenance =
        new TreeMap<>(
            Map.of(
                "commit",
                commit.name(),
                "java",
                System.getProperty("java.version"),
                "processors",
                Runtime.getRuntime().availableProcessors(),
                "subject",
                path.toString(),
                "data_sha256",
                new TreeMap<>(brought.sha256()),
                "chunks",
                Map.of(
                    "errors", network.workload().errors(),
                    "reconstructions", network.workload().reconstructions())));
    commit.missing().ifPresent(why -> provenance.put("commit_missing", why));
    brought
        .computation()
        .ifPresent(
            each -> {
              provenance.put("network", each.network());
              provenance.put("dataset", each.dataset());
              provenance.put("dataset_fingerprint", Datasets.checksums(each.fingerprint()));
              provenance.put("engine", Execution.onCpu().engine());
              provenance.put("engine_trial", NativeEngine.trial());
              provenance.put("device", options.device());
            });
    return provenance;
  }

  @Override
  public void report(ClaimResult result) {
    reports.add(result);
  }

  @Override
  public PowerTable.Row power(Expectation expectation) {
    return reports.power(expectation);
  }

  @Override
  public Path figures() {
    return reports.file("figures");
  }

  @Override
  public Path dynamics() {
    return reports.file("dynamics");
  }

  /** What Allure shows of the audit as a whole, on its first page. */
  public Map<String, String> environment() {
    return Map.of(
        "commit",
        commit.name(),
        "subject",
        path.toString(),
        "java",
        System.getProperty("java.version"));
  }

  private OptionalDouble criticalWidth() {
    try {
      return OptionalDouble.of(new SingleCriticalSize(network).value());
    } catch (Unmeasurable e) {
      return OptionalDouble.empty();
    }
  }

  /** Says what was found in all, and writes audit.json. */
  @Override
  public void close() {
    List<ClaimResult> results = reports.results();
    AuditFinding finding = AuditFinding.of(results, criticalWidth(), network.width());
    new AuditJson(brought, network, finding).write(reports.file("audit.json"));
    System.out.println("AUDIT of " + path + ": " + finding.sentence());
  }
}
