package mitosis.claims.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class PlannedSystemsTest {

  private static TestPlan plan(String... tests) {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (String test : tests) {
      request.selectors(selectClass(test));
    }
    return LauncherFactory.create().discover(request.build());
  }

  @Test
  void the_systems_of_all_tests_are_planned_and_no_others() {
    assertThat(
            PlannedSystems.of(
                plan(
                    "mitosis.claims.C17TeacherStudentClaims$OnStudents",
                    "mitosis.claims.C01_C04ScalingClaims$OnRecordedPmnist",
                    "mitosis.claims.C07ResidualClaims$OnRecordedPmnist",
                    PlannedSystemsTest.class.getName())))
        .containsExactlyInAnyOrder("teacher-student", "pmnist-fc5-recorded");
  }

  @Test
  void tests_of_no_claim_plan_no_system() {
    assertThat(PlannedSystems.of(plan(PlannedSystemsTest.class.getName()))).isEmpty();
  }
}
