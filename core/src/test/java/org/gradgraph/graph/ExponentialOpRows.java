package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.given;

import java.util.List;
import org.gradgraph.exec.NaiveExponentialsTest;
import org.gradgraph.graph.ExponentialOps.LogOfSum;
import org.gradgraph.graph.ExponentialOps.Quotient;
import org.gradgraph.graph.ExponentialSum.Term;
import org.gradgraph.graph.WeightedExponentialOps.PowerOverSum;
import org.gradgraph.graph.WeightedExponentialOps.WeightedLogSumExp;

/** The contract of {@link ExponentialOps} and {@link WeightedExponentialOps}. */
final class ExponentialOpRows {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double TAIL = 4.248354255291589e-18;

    /** e^a, and e^a + e^b. */
    private static final ExponentialSum FIRST = new ExponentialSum(2, List.of(new Term(1, List.of(1, 0))));

    private static final ExponentialSum BOTH =
            new ExponentialSum(2, List.of(new Term(1, List.of(1, 0)), new Term(1, List.of(0, 1))));

    private ExponentialOpRows() {}

    static List<OperationRow> rows() {
        double[][] x = {{0}, {1000}};
        double[][] picked = {{1}, {0}};
        return List.of(
                OperationRow.unary("inner logCosh", x1 -> Node.apply(ExponentialOps.LOG_COSH, x1))
                        .text("logCosh")
                        .ulps(4)
                        .point(0, 0, 0)
                        .point(1, 0.4337808304830272, 0.7615941559557649)
                        .point(-1, 0.4337808304830272, -0.7615941559557649)
                        .point(1e-5, 4.999999999916667e-11, 1e-5 - 1e-15 / 3)
                        .point(1000, 999.3068528194401, 1)
                        .point(INF, INF, 1)
                        .point(-INF, INF, -1)
                        .point(NAN, NAN, NAN),
                OperationRow.binary("inner logOfSum", (a, b) -> Broadcasting.apply(new LogOfSum(BOTH), a, b))
                        .text("logOfSum")
                        .ulps(4)
                        .point(0, 0, 0.6931471805599453, 0.5, 0.5)
                        .point(1000, 1000, 1000.6931471805599, 0.5, 0.5)
                        .point(0, -40, TAIL, 1, TAIL)
                        .point(INF, 3, INF, 1, 0)
                        .point(-INF, 3, 3, 0, 1)
                        .point(3, INF, INF, 0, 1)
                        .point(3, -INF, 3, 1, 0)
                        .point(NAN, 3, NAN, NAN, NAN)
                        .point(3, NAN, NAN, NAN, NAN),
                OperationRow.binary(
                                "inner quotientOfSums",
                                (a, b) -> Broadcasting.apply(new Quotient(FIRST, BOTH, 1), a, b))
                        .text("quotientOfSums")
                        .ulps(4)
                        .point(0, 0, 0.5, 0.25, -0.25)
                        .point(1000, 1000, 0.5, 0.25, -0.25)
                        .point(-40, 0, TAIL, TAIL, -TAIL)
                        .point(40, 0, 1, TAIL, -TAIL)
                        .point(INF, 3, 1, 0, 0)
                        .point(-INF, 3, 0, 0, 0)
                        .point(3, INF, 0, 0, 0)
                        .point(3, -INF, 1, 0, 0)
                        .point(NAN, 3, NAN, NAN, NAN)
                        .point(3, NAN, NAN, NAN, NAN),
                OperationRow.of(
                                "inner weightedLogSumExp",
                                in -> Node.apply(new WeightedLogSumExp(Over.EACH_COLUMN), in.get(0), in.get(1)))
                        .operands(MN, MN)
                        .domains(-2, 2, 0.5, 2)
                        .text(Over.EACH_COLUMN.prefixed("weightedLogSumExp"))
                        .ulps(16)
                        .nonFiniteTestedIn(NaiveExponentialsTest.class)
                        .example(given(x, picked), new double[][] {{0}}, picked),
                OperationRow.of(
                                "inner powerOverSum",
                                in -> Node.apply(new PowerOverSum(Over.EACH_COLUMN), in.get(0), in.get(1)))
                        .operands(MN, MN)
                        .domains(-2, 2, 0.5, 2)
                        .text(Over.EACH_COLUMN.prefixed("powerOverSum"))
                        .ulps(64)
                        .nonFiniteTestedIn(NaiveExponentialsTest.class)
                        .example(given(new double[][] {{1000}, {0}}, picked), new double[][] {{1}, {0}}));
    }
}
