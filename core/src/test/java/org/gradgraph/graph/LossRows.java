package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.given;

import java.util.Arrays;
import java.util.List;

/** The contract of {@link Activations} and of the losses made of them; figures are from mpmath or by hand. */
final class LossRows {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double MINUS_INF = Double.NEGATIVE_INFINITY;

    private LossRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new java.util.ArrayList<>(losses());
        rows.addAll(crossEntropies());
        rows.addAll(inner());
        return rows;
    }

    private static List<OperationRow> losses() {
        double[][] a = {{1, -2}, {0, 4}};
        double[][] b = {{0.5, -2}, {3, 0}};
        return List.of(
                OperationRow.binary("mse", Losses::mse)
                        .text("subtract, square, mean")
                        .broadcasting()
                        .ulps(16)
                        .reference(in -> mean(in, (x, y) -> (x - y) * (x - y)))
                        .example(
                                given(a, b),
                                new double[][] {{25.25 / 4}},
                                new double[][] {{0.25, 0}, {-1.5, 2}},
                                new double[][] {{-0.25, 0}, {1.5, -2}}),
                OperationRow.binary("mae", Losses::mae)
                        .text("subtract, abs, mean")
                        .broadcasting()
                        .ulps(16)
                        .reference(in -> mean(in, (x, y) -> Math.abs(x - y)))
                        .example(given(a, b), new double[][] {{1.875}}, new double[][] {{0.25, 0}, {-0.25, 0.25}}),
                OperationRow.binary("huber", (x, y) -> Losses.huber(x, y, 1))
                        .text("subtract, clip(-1, 1), scale(0.5), subtract, multiply, mean")
                        .broadcasting()
                        .ulps(16)
                        .reference(in -> mean(in, LossRows::huber))
                        .example(given(a, b), new double[][] {{(0.125 + 0 + 2.5 + 3.5) / 4}}, new double[][] {
                            {0.125, 0}, {-0.25, 0.25}
                        })
                        .example(
                                given(new double[][] {{1}}, new double[][] {{0}}),
                                new double[][] {{0.5}},
                                new double[][] {{1}}),
                OperationRow.binary("hinge", Losses::hinge)
                        .text("multiply, negate, addScalar(1), relu, mean")
                        .broadcasting()
                        .ulps(16)
                        .reference(in -> mean(in, (x, y) -> Math.max(0, 1 - x * y)))
                        .example(
                                given(new double[][] {{0.5, 3}, {1, -1}}, new double[][] {{1, 1}, {1, 1}}),
                                new double[][] {{0.625}},
                                new double[][] {{-0.25, 0}, {0, -0.25}}),
                OperationRow.binary("bce", Losses::bce)
                        .text("xLogY, negate, addScalar(1), xLogOneMinusY, add, mean, negate")
                        .domain(0.1, 0.9)
                        .broadcasting()
                        .ulps(16)
                        .nonFiniteTestedIn(LossTest.class)
                        .example(
                                given(new double[][] {{0.25, 0.5}}, new double[][] {{1, 0.5}}),
                                new double[][] {{1.0397207708399179}},
                                new double[][] {{-2, 0}}),
                OperationRow.binary("bceWithLogits", Losses::bceWithLogits)
                        .text("bceWithLogits, mean")
                        .broadcasting()
                        .ulps(4)
                        .nonFiniteTestedIn(LossTest.class)
                        .example(
                                given(new double[][] {{0, 0}}, new double[][] {{1, 0}}),
                                new double[][] {{0.6931471805599453}},
                                new double[][] {{-0.25, 0.25}},
                                new double[][] {{0, 0}}));
    }

    private static List<OperationRow> crossEntropies() {
        double[][] p = {{0.25, 0.5}, {0.75, 0.5}};
        double[][] y = {{1, 0}, {0, 1}};
        return List.of(
                OperationRow.binary("crossEntropy", (q, t) -> Losses.crossEntropy(q, t, Over.EACH_COLUMN))
                        .text("xLogY, columnSums, mean, negate")
                        .domain(0.1, 0.9)
                        .nonFiniteTestedIn(LossTest.class)
                        .example(given(p, y), new double[][] {{1.0397207708399179}}, new double[][] {{-2, 0}, {0, -1}}),
                OperationRow.binary("crossEntropy", (q, t) -> Losses.crossEntropy(q, t, Over.EACH_ROW))
                        .variant("an example in each row")
                        .text("xLogY, rowSums, mean, negate")
                        .domain(0.1, 0.9)
                        .nonFiniteTestedIn(LossTest.class)
                        .example(given(p, y), new double[][] {{1.0397207708399179}}),
                OperationRow.binary(
                                "crossEntropyWithLogits",
                                (z, t) -> Losses.crossEntropyWithLogits(z, t, Over.EACH_COLUMN))
                        .text("logSoftmaxColumns, zeroTimes, columnSums, mean, negate")
                        .nonFiniteTestedIn(LossTest.class)
                        .example(
                                given(new double[][] {{0, 1000}, {0, -1000}}, y),
                                new double[][] {{1000.34657359028}},
                                new double[][] {{-0.25, 0.5}, {0.25, -0.5}}),
                OperationRow.binary(
                                "crossEntropyWithLogits", (z, t) -> Losses.crossEntropyWithLogits(z, t, Over.EACH_ROW))
                        .variant("an example in each row")
                        .text("logSoftmaxRows, zeroTimes, rowSums, mean, negate")
                        .nonFiniteTestedIn(LossTest.class)
                        .example(given(new double[][] {{0, 0}, {2000, 0}}, y), new double[][] {{1000.34657359028}}));
    }

    private static List<OperationRow> inner() {
        return List.of(
                OperationRow.binary("xLogY", Special::xLogY)
                        .page("a·log b", "log b, a/b", "a = 0: 0, and so is the derivative by b")
                        .domain(0.5, 2)
                        .point(2, 1, 0, 0, 2)
                        .point(0, 0, 0, MINUS_INF, 0)
                        .point(0, 5, 0, 1.6094379124341003, 0)
                        .point(2, 0, MINUS_INF, MINUS_INF, INF)
                        .point(2, -0.0, MINUS_INF, MINUS_INF, INF)
                        .point(0, NAN, NAN, NAN, NAN)
                        .point(1, NAN, NAN, NAN, NAN)
                        .point(NAN, 1, NAN, 0, NAN)
                        .point(INF, 2, INF, 0.6931471805599453, INF)
                        .point(MINUS_INF, 2, MINUS_INF, 0.6931471805599453, MINUS_INF)
                        .point(1, INF, INF, INF, 0)
                        .point(1, MINUS_INF, NAN, NAN, 0),
                OperationRow.binary("inner zeroTimes", (a, b) -> Broadcasting.apply(Losses.ZERO_TIMES, a, b))
                        .text("zeroTimes")
                        .point(2, 3, 6, 3, 2)
                        .point(0, 3, 0, 3, 0)
                        .point(0, INF, 0, INF, 0)
                        .point(0, MINUS_INF, 0, MINUS_INF, 0)
                        .point(2, MINUS_INF, MINUS_INF, MINUS_INF, 2)
                        .point(0, NAN, NAN, NAN, 0)
                        .point(NAN, 3, NAN, 3, NAN)
                        .point(INF, 3, INF, 3, INF)
                        .point(MINUS_INF, 3, MINUS_INF, 3, MINUS_INF),
                OperationRow.binary("inner xLogOneMinusY", (a, b) -> Broadcasting.apply(Losses.X_LOG_ONE_MINUS_Y, a, b))
                        .text("xLogOneMinusY")
                        .domains(0.5, 2, -0.9, 0.5)
                        .point(2, 0, 0, 0, -2)
                        .point(0, 1, 0, MINUS_INF, 0)
                        .point(1, 1e-20, -1e-20, -1e-20, -1)
                        .point(2, 1, MINUS_INF, MINUS_INF, MINUS_INF)
                        .point(0, NAN, NAN, NAN, NAN)
                        .point(NAN, 0, NAN, 0, NAN)
                        .point(INF, -1, INF, 0.6931471805599453, MINUS_INF)
                        .point(MINUS_INF, -1, MINUS_INF, 0.6931471805599453, INF)
                        .point(1, INF, NAN, NAN, 0)
                        .point(1, MINUS_INF, INF, INF, 0),
                OperationRow.binary("inner zeroOver", (a, b) -> Broadcasting.apply(Losses.ZERO_OVER, a, b))
                        .text("zeroOver")
                        .domain(1, 3)
                        .point(3, 2, 1.5, 0.5, -0.75)
                        .point(0, 0, 0, INF, 0)
                        .point(1, 0, INF, INF, MINUS_INF)
                        .point(1, -0.0, INF, INF, MINUS_INF)
                        .point(0, NAN, NAN, NAN, NAN)
                        .point(NAN, 1, NAN, 1, NAN)
                        .point(INF, 2, INF, 0.5, MINUS_INF)
                        .point(MINUS_INF, 2, MINUS_INF, 0.5, INF)
                        .point(1, INF, 0, 0, 0)
                        .point(1, MINUS_INF, 0, 0, 0),
                OperationRow.binary("inner bceWithLogits", (z, y) -> Broadcasting.apply(Losses.BCE_WITH_LOGITS, z, y))
                        .text("bceWithLogits")
                        .ulps(4)
                        .point(0, 1, 0.6931471805599453, -0.5, 0)
                        .point(40, 1, 4.248354255291589e-18, -4.248354255291589e-18, -40)
                        .point(-40, 0, 4.248354255291589e-18, 4.248354255291589e-18, 40)
                        .point(745, 0, 745, 1, -745)
                        .point(-1000, 1, 1000, -1, 1000)
                        .point(INF, 1, 0, 0, MINUS_INF)
                        .point(INF, 0, INF, 1, MINUS_INF)
                        .point(MINUS_INF, 0, 0, 0, INF)
                        .point(MINUS_INF, 1, INF, -1, INF)
                        .point(NAN, 1, NAN, NAN, NAN)
                        .point(NAN, 0, NAN, NAN, NAN)
                        .point(0, NAN, NAN, NAN, 0)
                        .point(1, INF, NAN, MINUS_INF, -1)
                        .point(1, MINUS_INF, NAN, INF, -1),
                OperationRow.binary("inner sigmoidMinus", (z, y) -> Broadcasting.apply(Losses.SIGMOID_MINUS, z, y))
                        .text("sigmoidMinus")
                        .ulps(4)
                        .point(0, 0.5, 0, 0.25, -1)
                        .point(40, 1, -4.248354255291589e-18, 4.248354255291589e-18, -1)
                        .point(INF, 1, 0, 0, -1)
                        .point(MINUS_INF, 1, -1, 0, -1)
                        .point(NAN, 1, NAN, NAN, -1)
                        .point(0, NAN, NAN, 0.25, -1)
                        .point(0, INF, MINUS_INF, 0.25, -1)
                        .point(0, MINUS_INF, INF, 0.25, -1));
    }

    private static double huber(double x, double y) {
        double d = Math.abs(x - y);
        return d <= 1 ? d * d / 2 : d - 0.5;
    }

    private static double[][] mean(List<double[][]> in, java.util.function.DoubleBinaryOperator loss) {
        double[] x = Loops.flat(in.get(0));
        double[] y = Loops.flat(in.get(1));
        double[] losses = new double[x.length];
        Arrays.setAll(losses, i -> loss.applyAsDouble(x[i], y[i]));
        return new double[][] {{Loops.mean(losses)}};
    }
}
