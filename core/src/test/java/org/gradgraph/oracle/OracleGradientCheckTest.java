package org.gradgraph.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientReport;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.check.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient check blames none of the project's operations on the oracle's models. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleGradientCheckTest {
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    static Stream<OracleCase> cases() {
        return OracleCase.all().stream()
                .filter(test -> !test.wrt().isEmpty() && !test.tags().contains("deep"))
                .filter(test -> test.gradients().get(0).values().stream().allMatch(OracleGradientCheckTest::isFinite))
                .filter(test -> isFinite(test.output()))
                .filter(test -> test.inputs().values().stream().allMatch(OracleGradientCheckTest::isFinite));
    }

    private static boolean isFinite(DMatrixRMaj matrix) {
        return Arrays.stream(matrix.data, 0, matrix.getNumElements()).allMatch(Double::isFinite);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void no_operation_is_blamed(OracleCase test) {
        GradientReport report = new OracleRunner(test).check().report();

        counts.merge(report.verdict(), 1, Integer::sum);
        assertThat(report.passed())
                .as(test + ": " + test.expr() + "\n" + report)
                .isTrue();
        assertThat(report.findings()).extracting(Finding::fault).allMatch(Fault.KINK::equals);
    }

    @AfterAll
    void report() {
        System.out.println("gradient check on the oracle's cases: " + counts);
    }
}
