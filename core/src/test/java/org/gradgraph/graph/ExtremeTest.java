package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ties, NaN and infinite cotangents of largest and smallest elements. */
class ExtremeTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void ties_share_the_cotangent_so_that_it_sums_to_one() {
        assertThat(run(new ExtremeOps.Share(Over.ALL, true), new double[][] {{2, 1}, {2, 2}}, new double[][] {{1}}))
                .containsExactly(1.0 / 3, 0, 1.0 / 3, 1.0 / 3);
    }

    @Test
    void an_infinite_or_undefined_cotangent_reaches_the_extreme_only() {
        Op share = new ExtremeOps.Share(Over.EACH_ROW, false);
        assertThat(run(share, new double[][] {{2, 1}, {0, 5}}, new double[][] {{INF}, {NAN}}))
                .containsExactly(0, INF, NAN, 0);
    }

    @Test
    void nan_wins_and_gets_the_cotangent() {
        Op share = new ExtremeOps.Share(Over.EACH_COLUMN, true);
        assertThat(run(share, new double[][] {{NAN, 1}, {2, INF}}, new double[][] {{1, 1}}))
                .containsExactly(1, 0, 0, 1);
    }

    @Test
    void collecting_reads_at_the_extremes_only() {
        Op collect = new ExtremeOps.Collect(Over.EACH_ROW, true);
        assertThat(run(collect, new double[][] {{1, 1}, {1, 2}, {1, NAN}}, new double[][] {{4, 6}, {NAN, 5}, {INF, 7}}))
                .containsExactly(5, 5, 7);
    }

    private static double[] run(Op op, double[][] x, double[][] d) {
        return Computation.value(Node.apply(op, Node.constant(x), Node.constant(d)));
    }
}
