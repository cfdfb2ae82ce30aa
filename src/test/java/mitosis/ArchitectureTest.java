package mitosis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import mitosis.claim.Band;
import mitosis.model.NativeEngine;
import mitosis.model.Weights.DeviceRead;
import org.junit.jupiter.api.Test;

/** The way of the data goes one way: a package depends only on those before it. */
class ArchitectureTest {

  private static final List<String> ORDER =
      List.of(
          "data",
          "model",
          "train",
          "representation",
          "analysis",
          "claim",
          "evidence",
          "report",
          "suite");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("mitosis");

  @Test
  void aPackageDependsOnlyOnThoseBeforeIt() {
    for (int k = 0; k < ORDER.size(); k++) {
      String[] later =
          ORDER.subList(k + 1, ORDER.size()).stream()
              .map(ArchitectureTest::inside)
              .toArray(String[]::new);
      if (later.length > 0) {
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage(inside(ORDER.get(k)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .check(CLASSES);
      }
    }
  }

  @Test
  void everyClassIsInOneOfThePackages() {
    ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(ORDER.stream().map(ArchitectureTest::inside).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theAnalysisKnowsNothingOfTheEngine() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(inside("analysis"), inside("claim"), inside("evidence"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  /** A measurement that knew what it is held against could choose what it finds. */
  @Test
  void measuring_knows_no_band() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(inside("analysis"), inside("evidence"))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(Band.class.getName())
        .check(CLASSES);
  }

  /** What is judged and reported may have been trained by whatever program. */
  @Test
  void judging_and_reporting_know_nothing_of_training() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(inside("claim"), inside("report"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("train"))
        .check(CLASSES);
  }

  @Test
  void theEngineIsLoadedInOnePlaceOnly() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName(NativeEngine.class.getName())
        .should()
        .callMethod(Engine.class, "getInstance")
        .orShould()
        .callMethod(NDManager.class, "newBaseManager")
        .orShould()
        .callMethod(NDManager.class, "newBaseManager", Device.class)
        .check(CLASSES);
  }

  /**
   * The engine lays a plain number into memory that is gone once the operation is done, while the
   * backward pass of a product, quotient or power reads it again: after a garbage collection in
   * between it reads garbage, and a gradient is wrong or NaN. On a GPU it also waits for the
   * device. So numbers in a training step are arrays that a manager keeps, see Scalars.
   */
  @Test
  void aTrainingStepComputesWithoutPlainNumbers() {
    for (String operation :
        List.of(
            "add", "addi", "sub", "subi", "mul", "muli", "div", "divi", "pow", "powi", "mod", "eq",
            "neq", "lt", "lte", "gt", "gte", "maximum", "minimum")) {
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(inside("model"), inside("train"))
          .should()
          .callMethod(NDArray.class, operation, Number.class)
          .check(CLASSES);
    }
  }

  @Test
  void numbersComeBackFromTheDeviceInOnePlaceOnly() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName(DeviceRead.class.getName())
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(HasOwner.Predicates.With.owner(type(NDArray.class)))
                .and(
                    JavaCall.Predicates.target(
                        HasName.Predicates.nameMatching(
                            "to.*Array|toArray|toByteBuffer|get(Float|Double|Int|Long|Byte|Boolean)|encode|contentEquals|allClose|toDebugString"))))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("mitosis.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static String inside(String name) {
    return "mitosis." + name + "..";
  }
}
