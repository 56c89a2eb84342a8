package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.gradgraph.exec.CotangentsOfZeroTest;

/** The contract of {@link SoftmaxOps} and of normalisation. */
final class SoftmaxRows {
    private static final double NAN = Double.NaN;
    private static final double MINUS_INF = Double.NEGATIVE_INFINITY;

    /**
     * Roundings of {@code d − Σ s·d} and {@code d − s·Σ d}, at most one unit each of what is as large as Σ |d|: with a softmax s
     * to 32 roundings and six elements, at most 75 by the library, and 40 by plain loops.
     */
    private static final double DIFFERENCE = 115;

    private SoftmaxRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new ArrayList<>();
        for (Over over : Over.values()) {
            rows.add(OperationRow.unary("softmax", x -> Activations.softmax(x, over))
                    .variant(over.toString())
                    .text(label("softmax", over))
                    .ulps(16)
                    .reference(Loops.map(over, SoftmaxRows::softmax)));
            rows.add(OperationRow.unary("logSoftmax", x -> Activations.logSoftmax(x, over))
                    .variant(over.toString())
                    .text(label("logSoftmax", over))
                    .ulps(16)
                    .reference(Loops.map(over, SoftmaxRows::logSoftmax)));
            rows.add(OperationRow.of(
                            "inner lessMean",
                            in -> Node.apply(new SoftmaxOps.LessMean(over, false), in.get(0), in.get(1)))
                    .variant(over.toString())
                    .operands(MN, MN)
                    .text(label("lessMean", over))
                    .measuredBy(1)
                    .ulps(DIFFERENCE)
                    .nonFiniteTestedIn(CotangentsOfZeroTest.class)
                    .reference(in -> lanes(over, in, SoftmaxRows::lessMean)));
            rows.add(OperationRow.of(
                            "inner lessShare",
                            in -> Node.apply(new SoftmaxOps.LessShare(over, false), in.get(0), in.get(1)))
                    .variant(over.toString())
                    .operands(MN, MN)
                    .text(label("lessShare", over))
                    .measuredBy(1)
                    .ulps(DIFFERENCE)
                    .nonFiniteTestedIn(CotangentsOfZeroTest.class)
                    .reference(in -> lanes(over, in, SoftmaxRows::lessShare)));
            rows.add(OperationRow.unary("logSumExp", x -> Reductions.logSumExp(x, over))
                    .variant(over.toString())
                    .text(over.prefixed("logSumExp"))
                    .ulps(16)
                    .reference(Loops.reduce(over, SoftmaxRows::logSumExp)));
        }
        rows.addAll(named());
        return rows;
    }

    private static String label(String name, Over over) {
        return over == Over.ALL ? name : over == Over.EACH_ROW ? name + "Rows" : name + "Columns";
    }

    private static List<OperationRow> named() {
        return List.of(
                OperationRow.unary("logSumExp", Reductions::logSumExp)
                        .ulps(16)
                        .reference(Loops.reduce(Over.ALL, SoftmaxRows::logSumExp))
                        .example(
                                given(new double[][] {{MINUS_INF, MINUS_INF}}),
                                new double[][] {{MINUS_INF}},
                                new double[][] {{0, 0}})
                        .example(
                                given(new double[][] {{1000, -1000}}), new double[][] {{1000}}, new double[][] {{1, 0}})
                        .example(given(new double[][] {{0, -40}}), new double[][] {{4.248354255291589e-18}}),
                OperationRow.unary("softmaxRows", Activations::softmaxRows)
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_ROW, SoftmaxRows::softmax))
                        .example(given(new double[][] {{1000, 1000}, {-1000, 1000}, {1e308, -1e308}}), new double[][] {
                            {0.5, 0.5}, {0, 1}, {1, 0}
                        })
                        .example(given(new double[][] {{MINUS_INF, MINUS_INF}, {0, 0}}), new double[][] {
                            {NAN, NAN}, {0.5, 0.5}
                        }),
                OperationRow.unary("softmaxColumns", Activations::softmaxColumns)
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_COLUMN, SoftmaxRows::softmax)),
                OperationRow.unary("logSoftmaxRows", Activations::logSoftmaxRows)
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_ROW, SoftmaxRows::logSoftmax))
                        .example(given(new double[][] {{1000, 0}}), new double[][] {{0, -1000}}),
                OperationRow.unary("logSoftmaxColumns", Activations::logSoftmaxColumns)
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_COLUMN, SoftmaxRows::logSoftmax)),
                OperationRow.unary("normalizeRows", Reductions::normalizeRows)
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_ROW, SoftmaxRows::normalized))
                        .example(given(new double[][] {{0, 3, 4}, {0, 0, 0}}), new double[][] {
                            {0, 0.6, 0.8}, {NAN, NAN, NAN}
                        }),
                OperationRow.unary("normalizeColumns", Reductions::normalizeColumns)
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_COLUMN, SoftmaxRows::normalized)),
                OperationRow.unary("inner normalize", x -> Node.apply(new NormOps.Normalize(Over.EACH_ROW, true), x))
                        .text("normalizeRowsOrZero")
                        .ulps(16)
                        .nonFiniteTestedIn(NearTheEndsOfTheRangeTest.class)
                        .example(
                                given(new double[][] {{0, 3, 4}, {0, 0, 0}}),
                                new double[][] {{0, 0.6, 0.8}, {0, 0, 0}},
                                new double[][] {{0.2, 0.032, -0.024}, {0, 0, 0}}),
                OperationRow.unary(
                                "inner softmaxOrZero", x -> Node.apply(new SoftmaxOps.Softmax(Over.EACH_ROW, true), x))
                        .text("rowSoftmaxOrZeros")
                        .ulps(16)
                        .reference(Loops.map(Over.EACH_ROW, SoftmaxRows::softmax))
                        .example(
                                given(new double[][] {{MINUS_INF, MINUS_INF}}),
                                new double[][] {{0, 0}},
                                new double[][] {{0, 0}}));
    }

    /** A function of two vectors, for each row, each column or all elements of two matrices. */
    private static double[][] lanes(Over over, List<double[][]> in, BinaryOperator<double[]> function) {
        double[][] x = in.get(0);
        double[][] d = in.get(1);
        int columns = x[0].length;
        double[][] result = new double[x.length][columns];
        Map<Integer, List<int[]>> lanes = new TreeMap<>();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < columns; j++) {
                int lane = over == Over.ALL ? 0 : over == Over.EACH_ROW ? i : j;
                lanes.computeIfAbsent(lane, fresh -> new ArrayList<>()).add(new int[] {i, j});
            }
        }
        for (List<int[]> lane : lanes.values()) {
            double[] one = lane.stream().mapToDouble(at -> x[at[0]][at[1]]).toArray();
            double[] other = lane.stream().mapToDouble(at -> d[at[0]][at[1]]).toArray();
            double[] out = function.apply(one, other);
            for (int k = 0; k < out.length; k++) {
                result[lane.get(k)[0]][lane.get(k)[1]] = out[k];
            }
        }
        return result;
    }

    private static double[] lessMean(double[] x, double[] d) {
        double[] s = softmax(x);
        double mean = IntStream.range(0, d.length).mapToDouble(k -> s[k] * d[k]).sum();
        return Arrays.stream(d).map(t -> t - mean).toArray();
    }

    private static double[] lessShare(double[] x, double[] d) {
        double[] s = softmax(x);
        double total = Loops.sum(d);
        return IntStream.range(0, d.length)
                .mapToDouble(k -> d[k] - s[k] * total)
                .toArray();
    }

    private static double[] softmax(double[] x) {
        double max = Loops.max(x);
        double[] e = Arrays.stream(x).map(t -> Math.exp(t - max)).toArray();
        double total = Loops.sum(e);
        return Arrays.stream(e).map(t -> t / total).toArray();
    }

    private static double logSumExp(double[] x) {
        double max = Loops.max(x);
        double[] e = Arrays.stream(x).map(t -> Math.exp(t - max)).toArray();
        return Double.isInfinite(max) ? max : max + Math.log(Loops.sum(e));
    }

    private static double[] logSoftmax(double[] x) {
        double max = Loops.max(x);
        double[] e = Arrays.stream(x).map(t -> Math.exp(t - max)).toArray();
        double log = Math.log(Loops.sum(e));
        return Arrays.stream(x).map(t -> t - max - log).toArray();
    }

    private static double[] normalized(double[] x) {
        double total = 0;
        for (double t : x) {
            total += t * t;
        }
        double norm = Math.sqrt(total);
        return Arrays.stream(x).map(t -> t / norm).toArray();
    }
}
