package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MM;
import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The contract of {@link OrderOps}, of the identity matrix and of what is across a vector. */
final class OrderRows {
    private OrderRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new ArrayList<>();
        rows.add(OperationRow.shaped(
                        "identity", (in, at) -> Constants.identity(at.apply(MM).rows()))
                .text("1, broadcast, diagonalMatrix")
                .sized((in, at) -> Loops.at(at.apply(MM), (i, j) -> i == j ? 1 : 0)));
        rows.add(OperationRow.unary("median", Reductions::median)
                .reference(Loops.reduce(Over.ALL, OrderRows::median))
                .example(given(new double[][] {{5, 1, 2}}), new double[][] {{2}}, new double[][] {{0, 0, 1}})
                .example(given(new double[][] {{5, 1, 2, 4}}), new double[][] {{3}}, new double[][] {{0, 0, 0.5, 0.5}})
                .example(given(new double[][] {{3, 3, 0}}), new double[][] {{3}}, new double[][] {{0.5, 0.5, 0}})
                .example(given(new double[][] {{4, 4, 0, 3}}), new double[][] {{3.5}}, new double[][] {
                    {0.25, 0.25, 0, 0.5}
                }));
        for (Over over : Over.values()) {
            rows.addAll(each(over));
        }
        return rows;
    }

    private static List<OperationRow> each(Over over) {
        return List.of(
                OperationRow.unary("median", x -> Reductions.median(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("median"))
                        .reference(Loops.reduce(over, OrderRows::median)),
                OperationRow.unary("cumulativeSum", x -> Reductions.cumulativeSum(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("cumulativeSum"))
                        .ulps(8)
                        .reference(Loops.map(over, OrderRows::cumulativeSum)),
                OperationRow.unary("logCumulativeSumExp", x -> Reductions.logCumulativeSumExp(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("logCumulativeSumExp"))
                        .ulps(16)
                        .reference(Loops.map(over, OrderRows::logCumulativeSumExp)),
                cumulativeSoftmax(over, false),
                cumulativeSoftmax(over, true),
                OperationRow.unary("sort", x -> Indexing.sort(x, over))
                        .variant(over.toString())
                        .text(new OrderOps.Sort(over).name())
                        .reference(Loops.map(over, OrderRows::sorted)),
                OperationRow.unary(
                                "inner cumulativeSumFromEnd",
                                x -> Node.apply(new OrderOps.CumulativeSum(over, true), x))
                        .variant(over.toString())
                        .text(over.prefixed("cumulativeSumFromEnd"))
                        .ulps(8)
                        .reference(Loops.map(over, x -> reversed(cumulativeSum(reversed(x))))),
                OperationRow.of("inner medianShare", in -> Node.apply(new OrderOps.MedianShares(over), in))
                        .operands(MN)
                        .variant(over.toString())
                        .text(over.prefixed("medianShare"))
                        .withoutGradient()
                        .reference(Loops.map(over, OrderRows::medianShares)),
                OperationRow.of("inner sortBy", in -> Node.apply(new OrderOps.Permute(over, false), in))
                        .operands(MN, MN)
                        .variant(over.toString())
                        .text(new OrderOps.Permute(over, false).name())
                        .withoutGradientFor(0)
                        .reference(in -> permuted(in, over, false)),
                OperationRow.of("inner unsortBy", in -> Node.apply(new OrderOps.Permute(over, true), in))
                        .operands(MN, MN)
                        .variant(over.toString())
                        .text(new OrderOps.Permute(over, true).name())
                        .withoutGradientFor(0)
                        .reference(in -> permuted(in, over, true)),
                OperationRow.of("inner across", in -> across(in.get(0), in.get(1), over))
                        .operands(MN, MN)
                        .domains(1, 3, -2, 2)
                        .variant(over.toString())
                        .text(new NormOps.Normalize(over, true).name() + ", " + new NormOps.Across(over).name())
                        .ulps(64)
                        .nonFiniteTestedIn(ExtremePointsTest.class));
    }

    private static OperationRow cumulativeSoftmax(Over over, boolean transposed) {
        CumulativeExponentialOps.CumulativeSoftmax op =
                new CumulativeExponentialOps.CumulativeSoftmax(over, transposed);
        return OperationRow.of(
                        "inner " + (transposed ? "cumulativeSoftmaxTransposed" : "cumulativeSoftmax"),
                        in -> Node.apply(op, in))
                .operands(MN, MN)
                .variant(over.toString())
                .text(op.name())
                .ulps(64)
                .nonFiniteTestedIn(LogCumulativeSumExpTest.class)
                .reference(in -> cumulativeSoftmax(in, over, transposed));
    }

    private static double[][] cumulativeSoftmax(List<double[][]> in, Over over, boolean transposed) {
        double[][] x = Loops.lanes(in.get(0), over);
        double[][] d = Loops.lanes(in.get(1), over);
        double[][] lanes = new double[x.length][x[0].length];
        for (int lane = 0; lane < x.length; lane++) {
            double[] y = logCumulativeSumExp(x[lane]);
            for (int k = 0; k < y.length; k++) {
                for (int j = 0; j <= k; j++) {
                    double share = y[k] == Double.NEGATIVE_INFINITY ? 0 : Math.exp(x[lane][j] - y[k]);
                    lanes[lane][transposed ? j : k] += share * d[lane][transposed ? k : j];
                }
            }
        }
        return back(lanes, in.get(0), over);
    }

    private static double[] logCumulativeSumExp(double[] x) {
        double[] result = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            double[] first = Arrays.copyOf(x, k + 1);
            double max = Loops.max(first);
            double sum = Arrays.stream(first).map(t -> Math.exp(t - max)).sum();
            result[k] = Double.isInfinite(max) ? max : max + Math.log(sum);
        }
        return result;
    }

    private static Node across(Node x, Node d, Over over) {
        return Node.apply(new NormOps.Across(over), Node.apply(new NormOps.Normalize(over, true), x), d);
    }

    private static double[][] back(double[][] lanes, double[][] like, Over over) {
        return switch (over) {
            case EACH_ROW -> lanes;
            case EACH_COLUMN -> Loops.transposed(lanes);
            case ALL -> Loops.shaped(lanes[0], like.length, like[0].length);
        };
    }

    private static double[][] permuted(List<double[][]> in, Over over, boolean back) {
        double[][] keys = Loops.lanes(in.get(0), over);
        double[][] values = Loops.lanes(in.get(1), over);
        double[][] lanes = new double[keys.length][keys[0].length];
        for (int lane = 0; lane < keys.length; lane++) {
            for (int k = 0; k < keys[lane].length; k++) {
                int rank = rank(keys[lane], k);
                lanes[lane][back ? k : rank] = values[lane][back ? rank : k];
            }
        }
        return back(lanes, in.get(0), over);
    }

    /** How many elements come before this one: smaller ones, and equal ones that stand before it. */
    private static int rank(double[] x, int k) {
        int rank = 0;
        for (int i = 0; i < x.length; i++) {
            boolean same = x[i] == x[k] || (Double.isNaN(x[i]) && Double.isNaN(x[k]));
            boolean smaller = x[i] < x[k] || (Double.isNaN(x[k]) && !Double.isNaN(x[i]));
            rank += smaller || (same && i < k) ? 1 : 0;
        }
        return rank;
    }

    private static double[] sorted(double[] x) {
        double[] sorted = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            sorted[rank(x, k)] = x[k];
        }
        return sorted;
    }

    private static double[] cumulativeSum(double[] x) {
        double[] sums = x.clone();
        for (int k = 1; k < x.length; k++) {
            sums[k] = sums[k - 1] + x[k];
        }
        return sums;
    }

    private static double[] reversed(double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(k -> x[x.length - 1 - k])
                .toArray();
    }

    private static double median(double[] x) {
        if (Arrays.stream(x).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        double[] sorted = sorted(x);
        double low = sorted[(x.length - 1) / 2];
        double high = sorted[x.length / 2];
        return low == high ? low : 0.5 * low + 0.5 * high;
    }

    private static double[] medianShares(double[] x) {
        boolean isNumber = Arrays.stream(x).noneMatch(Double::isNaN);
        double[] sorted = sorted(x);
        double low = sorted[(x.length - 1) / 2];
        double high = sorted[x.length / 2];
        long lows = Arrays.stream(x).filter(element -> element == low).count();
        long highs = Arrays.stream(x).filter(element -> element == high).count();
        return Arrays.stream(x)
                .map(element -> !isNumber
                        ? Double.NaN
                        : (element == low ? 0.5 / lows : 0) + (element == high ? 0.5 / highs : 0))
                .toArray();
    }
}
