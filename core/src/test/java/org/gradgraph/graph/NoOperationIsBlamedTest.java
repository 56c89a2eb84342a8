package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReport;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.check.Verdict;
import org.gradgraph.exec.Feeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient check, of both orders, blames none of the operations of the contract table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoOperationIsBlamedTest {
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    static Stream<OperationRow> rows() {
        return OperationRows.all().stream().filter(row -> row.arity() > 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void no_operation_is_blamed(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        Node cost = sample.y
                .times(Node.constant(values.get(sample.dy)))
                .sum()
                .plus(sample.operands.get(0).sum());
        Feeds point = Feeds.none();
        Graph graph = Graph.of(cost);
        for (Node operand : sample.operands) {
            point = graph.contains(operand) ? point.and(operand, values.get(operand)) : point;
        }
        List<Node> wrt = sample.operands.stream()
                .filter(operand -> graph.contains(operand) && row.hasGradient(sample.operands.indexOf(operand)))
                .toList();
        boolean hasGradient = !wrt.isEmpty();
        if (!hasGradient) {
            wrt = List.of(sample.operands.get(0));
        }

        GradientReport report = GradientCheck.of(cost)
                .withRespectTo(wrt.toArray(Node[]::new))
                .at(point)
                .order(2)
                .report();

        counts.merge(report.verdict(), 1, Integer::sum);
        assertThat(report.passed() || !hasGradient).as(report.toString()).isTrue();
        assertThat(report.findings())
                .as("random numbers are too rough to tell; a kink is no fault")
                .extracting(Finding::fault)
                .allMatch(fault -> fault == Fault.KINK || (!hasGradient && fault == Fault.UNRESOLVED));
    }

    @AfterAll
    void report() {
        System.out.println("gradient check on the contract table: " + counts);
    }
}
