package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Rule.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Rewriting on against off, on ten thousand random graphs. */
class RandomGraphsTest {
    private static final int GRAPHS = 10_000;

    /** The test reports both numbers: 76,250 and 14,445. */
    private static final int COMPARED = 75_000;

    private static final int NOT_FINITE = 15_000;

    /** One of each form at least. */
    private static final String[] OPERATIONS = {
        "add",
        "exp",
        "where",
        "sum",
        "mean",
        "max",
        "matmul",
        "transpose",
        "broadcast",
        "flip",
        "concatRows",
        "slice",
        "gatherRows",
        "softmax",
        "logSoftmaxRows",
        "columnLogSumExps",
        "norm2",
        "normalizeRows",
        "cholesky",
        "solve",
        "logDeterminant",
        "inverse",
        "patches",
        "uniform",
        "normal"
    };

    private static DMatrixRMaj literalValue(Node node) {
        return Program.of(node).rewrite(Rewriting.OFF).newRun().forward().value(node);
    }

    @Test
    void exact_rules_keep_every_bit_whatever_is_fed() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGraphs random = new RandomGraphs(seed);
            Node cost = random.cost();
            Rewriter rewriter = new Rewriter(Assumptions.none(), RandomGraphsTest::literalValue);
            Node rewritten = rewriter.rewrite(cost, RuleSet.exact());
            boolean sameBits =
                    rewriter.firings().stream().allMatch(firing -> firing.rule().effect() == Effect.SAME_BITS);
            if (sameBits) {
                List<Node> members = Graph.of(cost).nodes();
                Run run = Program.of(cost, rewritten).rewrite(Rewriting.OFF).newRun();
                random.feed(run, members, seed, true, 0);
                run.forward();
                assertThat(Double.doubleToLongBits(run.scalar(rewritten)))
                        .as("seed %d: %s instead of %s", seed, run.scalar(rewritten), run.scalar(cost))
                        .isEqualTo(Double.doubleToLongBits(run.scalar(cost)));
            }
        }
    }

    /** How many elements were compared, and how many were not because the literal value or its slack is not finite. */
    private static final class Counts {
        int compared;
        int notFinite;
    }

    @Test
    void programs_compute_the_same_values_and_gradients_with_and_without_rewriting(TestReporter reporter) {
        Counts counts = new Counts();
        Map<String, Integer> operations = new TreeMap<>();
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGraphs random = new RandomGraphs(seed);
            Node cost = random.cost();
            List<Node> members = Graph.of(cost).nodes();
            List<Node> chosen = random.chosen(members);
            members.forEach(node -> node.op().ifPresent(op -> operations.merge(op.name(), 1, Integer::sum)));
            if (chosen.isEmpty()) {
                continue;
            }
            Program program = Program.of(cost).withGradients(chosen);
            Run on = program.newRun();
            Run off = program.rewrite(Rewriting.OFF).newRun();
            Run near = program.rewrite(Rewriting.OFF).newRun();
            random.feed(on, members, seed, false, 0);
            random.feed(off, members, seed, false, 0);
            random.feed(near, members, seed, false, 1e-13);
            on.forward().backward();
            off.forward().backward();
            near.forward().backward();
            compare("cost", seed, on.value(cost), off.value(cost), near.value(cost), counts);
            for (Node node : chosen) {
                String what = "gradient of " + node.describe();
                compare(what, seed, on.gradient(node), off.gradient(node), near.gradient(node), counts);
            }
        }
        reporter.publishEntry("elements compared", counts.compared + ", not finite: " + counts.notFinite);
        reporter.publishEntry("operations", operations.toString());
        assertThat(counts.compared).as("finite elements compared").isGreaterThan(COMPARED);
        assertThat(counts.notFinite).as("elements not finite").isLessThan(NOT_FINITE);
        assertThat(operations)
                .as("operations and how often they occur")
                .containsKeys(OPERATIONS)
                .allSatisfy((name, count) -> assertThat(count).as(name).isGreaterThan(10));
    }

    /** Where the literal value is finite, within a few roundings, magnified as a change of the inputs is magnified. */
    private static void compare(
            String what, int seed, DMatrixRMaj on, DMatrixRMaj off, DMatrixRMaj near, Counts counts) {
        assertThat(on.numRows).isEqualTo(off.numRows);
        assertThat(on.numCols).isEqualTo(off.numCols);
        for (int i = 0; i < off.getNumElements(); i++) {
            double want = off.data[i];
            double slack = 1e-12 * (1 + Math.abs(want)) + 100 * Math.abs(near.data[i] - want);
            if (Double.isFinite(want) && Double.isFinite(slack)) {
                assertThat(Math.abs(on.data[i] - want))
                        .as("seed %d, %s: %s instead of %s", seed, what, on.data[i], want)
                        .isLessThanOrEqualTo(slack);
                counts.compared++;
            } else {
                counts.notFinite++;
            }
        }
    }

    @Test
    void rewriting_ends_and_twice_is_once() {
        for (RuleSet rules : List.of(RuleSet.exact(), RuleSet.forPrograms(), RuleSet.forDerivations())) {
            int most = 0;
            int graphs = rules.equals(RuleSet.forDerivations()) ? GRAPHS / 5 : GRAPHS;
            for (int seed = 0; seed < graphs; seed++) {
                Node cost = new RandomGraphs(seed).cost();
                Rewriter rewriter = new Rewriter();
                Node once = rewriter.rewrite(cost, rules);
                Node twice = new Rewriter().rewrite(once, rules);

                assertThat(rewriter.wentInCircles()).as("circles, seed " + seed).isFalse();
                assertThat(Graph.of(twice).toString())
                        .as("seed " + seed)
                        .isEqualTo(Graph.of(once).toString());
                assertThat(once.shape()).isEqualTo(cost.shape());
                most = Math.max(most, rewriter.mostFirings());
            }
            assertThat(most).isLessThan(100);
        }
    }
}
