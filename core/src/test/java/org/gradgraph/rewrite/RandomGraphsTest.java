package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** Rewriting on against off, on ten thousand random graphs. */
class RandomGraphsTest {
    private static final int GRAPHS = 10_000;

    @Test
    void exact_rules_keep_every_bit_whatever_is_fed() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGraphs random = new RandomGraphs(seed);
            Node cost = random.cost();
            Rewriter rewriter = new Rewriter();
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

    @Test
    void programs_compute_the_same_values_and_gradients_with_and_without_rewriting() {
        int compared = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomGraphs random = new RandomGraphs(seed);
            Node cost = random.cost();
            List<Node> members = Graph.of(cost).nodes();
            List<Node> chosen = random.chosen(members);
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
            compared += same("cost", seed, on.value(cost), off.value(cost), near.value(cost));
            for (Node node : chosen) {
                String what = "gradient of " + node.describe();
                compared += same(what, seed, on.gradient(node), off.gradient(node), near.gradient(node));
            }
        }
        assertThat(compared).as("finite values compared").isGreaterThan(4 * GRAPHS);
    }

    /** Where the literal value is finite, within a few roundings, magnified as a change of the inputs is magnified. */
    private static int same(String what, int seed, DMatrixRMaj on, DMatrixRMaj off, DMatrixRMaj near) {
        assertThat(on.numRows).isEqualTo(off.numRows);
        assertThat(on.numCols).isEqualTo(off.numCols);
        int compared = 0;
        for (int i = 0; i < off.getNumElements(); i++) {
            double want = off.data[i];
            double slack = 1e-12 * (1 + Math.abs(want)) + 100 * Math.abs(near.data[i] - want);
            if (Double.isFinite(want) && Double.isFinite(slack)) {
                assertThat(Math.abs(on.data[i] - want))
                        .as("seed %d, %s: %s instead of %s", seed, what, on.data[i], want)
                        .isLessThanOrEqualTo(slack);
                compared++;
            }
        }
        return compared;
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
