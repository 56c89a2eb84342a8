package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.M;
import static org.gradgraph.graph.OperationRow.M1;
import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.N;
import static org.gradgraph.graph.OperationRow.given;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The contract of {@link Reductions}, {@link ExtremeOps}, {@link ProductOps} and {@link NormOps}. */
final class ReductionRows {
    private ReductionRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new ArrayList<>();
        rows.add(OperationRow.unary("rowSums", Reductions::rowSums).reference(Loops.reduce(Over.EACH_ROW, Loops::sum)));
        rows.add(OperationRow.unary("columnSums", Reductions::columnSums)
                .reference(Loops.reduce(Over.EACH_COLUMN, Loops::sum)));
        rows.add(OperationRow.unary("rowMeans", Reductions::rowMeans)
                .reference(Loops.reduce(Over.EACH_ROW, Loops::mean)));
        rows.add(OperationRow.unary("columnMeans", Reductions::columnMeans)
                .reference(Loops.reduce(Over.EACH_COLUMN, Loops::mean)));
        rows.addAll(everything());
        for (Over over : Over.values()) {
            rows.addAll(each(over));
        }
        rows.add(OperationRow.shaped(
                        "size",
                        (in, at) -> Constants.size(at.apply(Shape.of(M, N)).elements()))
                .text("size(6)"));
        rows.addAll(inner());
        return rows;
    }

    private static List<OperationRow> everything() {
        double[][] tied = {{3, 1}, {3, -2}};
        return List.of(
                OperationRow.unary("sum", Reductions::sum)
                        .reference(Loops.reduce(Over.ALL, Loops::sum))
                        .example(given(new double[][] {{1, 2}, {3, 4}}), new double[][] {{10}}, new double[][] {
                            {1, 1}, {1, 1}
                        }),
                OperationRow.unary("mean", Reductions::mean)
                        .reference(Loops.reduce(Over.ALL, Loops::mean))
                        .example(
                                given(new double[][] {{1.5e308, 1.5e308}}),
                                new double[][] {{1.5e308}},
                                new double[][] {{0.5, 0.5}}),
                OperationRow.unary("max", Reductions::max)
                        .reference(Loops.reduce(Over.ALL, Loops::max))
                        .example(given(tied), new double[][] {{3}}, new double[][] {{0.5, 0}, {0.5, 0}})
                        .example(
                                given(new double[][] {{3, Double.NaN}}),
                                new double[][] {{Double.NaN}},
                                new double[][] {{0, 1}}),
                OperationRow.unary("min", Reductions::min)
                        .reference(Loops.reduce(Over.ALL, x -> -Loops.max(Loops.negated(x))))
                        .example(given(tied), new double[][] {{-2}}, new double[][] {{0, 0}, {0, 1}})
                        .example(given(new double[][] {{7, 7, 7, 7}}), new double[][] {{7}}, new double[][] {
                            {0.25, 0.25, 0.25, 0.25}
                        }),
                OperationRow.unary("argmax", Reductions::argmax)
                        .withoutGradient()
                        .reference(Loops.reduce(Over.ALL, ReductionRows::argmax))
                        .example(given(tied), new double[][] {{0}}),
                OperationRow.unary("argmin", Reductions::argmin)
                        .withoutGradient()
                        .reference(Loops.reduce(Over.ALL, x -> argmax(Loops.negated(x))))
                        .example(given(tied), new double[][] {{3}}),
                OperationRow.unary("product", Reductions::product)
                        .ulps(8)
                        .reference(Loops.reduce(Over.ALL, ReductionRows::product))
                        .example(given(new double[][] {{2, 0, 3}}), new double[][] {{0}}, new double[][] {{0, 6, 0}})
                        .example(given(new double[][] {{0, 0, 3}}), new double[][] {{0}}, new double[][] {{0, 0, 0}}),
                OperationRow.unary("variance", Reductions::variance)
                        .text("mean, broadcast, subtract, square, mean")
                        .ulps(8)
                        .reference(Loops.reduce(Over.ALL, ReductionRows::variance))
                        .example(given(new double[][] {{1, 2, 3, 4}}), new double[][] {{1.25}}, new double[][] {
                            {-0.75, -0.25, 0.25, 0.75}
                        }),
                OperationRow.unary("standardDeviation", Reductions::standardDeviation)
                        .text("mean, broadcast, subtract, norm2, size(6), sqrt, divide")
                        .ulps(8)
                        .reference(Loops.reduce(Over.ALL, x -> Math.sqrt(variance(x))))
                        .example(given(new double[][] {{5, 5, 5}}), new double[][] {{0}}, new double[][] {{0, 0, 0}}),
                OperationRow.unary("norm1", Reductions::norm1)
                        .text("abs, sum")
                        .avoiding(0)
                        .ulps(8)
                        .reference(Loops.reduce(Over.ALL, ReductionRows::norm1))
                        .example(given(new double[][] {{3, 0, -4}}), new double[][] {{7}}, new double[][] {{1, 0, -1}}),
                OperationRow.unary("norm2", Reductions::norm2)
                        .ulps(8)
                        .reference(Loops.reduce(Over.ALL, ReductionRows::norm2))
                        .example(
                                given(new double[][] {{3, 0, -4}}), new double[][] {{5}}, new double[][] {{0.6, 0, -0.8}
                                })
                        .example(given(new double[][] {{0, 0}}), new double[][] {{0}}, new double[][] {{0, 0}})
                        .example(given(new double[][] {{3e-200, 4e-200}}), new double[][] {{5e-200}}, new double[][] {
                            {0.6, 0.8}
                        })
                        .example(given(new double[][] {{3e-322, 4e-322}}), new double[][] {{5e-322}})
                        .example(given(new double[][] {{3e300, 4e300}}), new double[][] {{5e300}}, new double[][] {
                            {0.6, 0.8}
                        }));
    }

    private static List<OperationRow> each(Over over) {
        boolean all = over == Over.ALL;
        return List.of(
                OperationRow.unary("sum", x -> Reductions.sum(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("sum"))
                        .ulps(8)
                        .reference(Loops.reduce(over, Loops::sum)),
                OperationRow.unary("mean", x -> Reductions.mean(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("mean"))
                        .ulps(8)
                        .reference(Loops.reduce(over, Loops::mean)),
                OperationRow.unary("max", x -> Reductions.max(x, over))
                        .variant(over.toString())
                        .text(all ? "max" : over.prefixed("maximum"))
                        .reference(Loops.reduce(over, Loops::max)),
                OperationRow.unary("min", x -> Reductions.min(x, over))
                        .variant(over.toString())
                        .text(all ? "min" : over.prefixed("minimum"))
                        .reference(Loops.reduce(over, x -> -Loops.max(Loops.negated(x)))),
                OperationRow.unary("argmax", x -> Reductions.argmax(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("argmax"))
                        .withoutGradient()
                        .reference(Loops.reduce(over, ReductionRows::argmax)),
                OperationRow.unary("argmin", x -> Reductions.argmin(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("argmin"))
                        .withoutGradient()
                        .reference(Loops.reduce(over, x -> argmax(Loops.negated(x)))),
                OperationRow.unary("product", x -> Reductions.product(x, over))
                        .variant(over.toString())
                        .text(over.prefixed("product"))
                        .ulps(8)
                        .reference(Loops.reduce(over, ReductionRows::product)),
                composite("variance", x -> Reductions.variance(x, over), over, ReductionRows::variance)
                        .text(over.prefixed("mean") + ", broadcast, subtract, square, " + over.prefixed("mean")),
                composite(
                                "standardDeviation",
                                x -> Reductions.standardDeviation(x, over),
                                over,
                                x -> Math.sqrt(variance(x)))
                        .text(over.prefixed("mean") + ", broadcast, subtract, "
                                + (all ? "norm2" : over.prefixed("norm"))
                                + ", size(" + (all ? 6 : over == Over.EACH_ROW ? 3 : 2) + "), sqrt, "
                                + (all ? "divide" : "broadcast, divide")),
                composite("norm1", x -> Reductions.norm1(x, over), over, ReductionRows::norm1)
                        .text("abs, " + over.prefixed("sum"))
                        .avoiding(0),
                composite("norm2", x -> Reductions.norm2(x, over), over, ReductionRows::norm2)
                        .text(all ? "norm2" : over.prefixed("norm")));
    }

    private static OperationRow composite(
            String method, java.util.function.UnaryOperator<Node> build, Over over, ToDoubleFunction<double[]> loops) {
        return OperationRow.unary(method, build)
                .variant(over.toString())
                .ulps(16)
                .reference(Loops.reduce(over, loops));
    }

    private static List<OperationRow> inner() {
        return List.of(
                OperationRow.of("inner extremeShare", in -> Node.apply(new ExtremeOps.Share(Over.EACH_ROW, true), in))
                        .operands(MN, M1)
                        .text("rowMaxShares")
                        .withoutAlias()
                        .withoutGradientFor(0)
                        .reference(in ->
                                Loops.like(in.get(0), (i, j) -> argmax(in.get(0)[i]) == j ? in.get(1)[i][0] : 0)),
                OperationRow.of("inner collect", in -> Node.apply(new ExtremeOps.Collect(Over.EACH_ROW, true), in))
                        .operands(MN, MN)
                        .text("rowMaxCollects")
                        .withoutGradientFor(0)
                        .nonFiniteTestedIn(ExtremeTest.class),
                OperationRow.of("inner scan", in -> Node.apply(new ProductOps.Scan(Over.EACH_ROW, false, 1), in))
                        .operands(MN, MN)
                        .text("rowScans(1)")
                        .ulps(8)
                        .reference(in -> Loops.like(in.get(0), (i, j) -> scan(in.get(0)[i], in.get(1)[i], j))),
                OperationRow.binary(
                                "inner quotientOrZero", (a, b) -> Broadcasting.apply(Arithmetic.QUOTIENT_OR_ZERO, a, b))
                        .text("quotientOrZero")
                        .domain(1, 3)
                        .point(3, 2, 1.5, 0.5, -0.75)
                        .point(3, 0, 0, 0, 0)
                        .point(Double.NaN, 0, Double.NaN, 0, 0)
                        .point(Double.NaN, 1, Double.NaN, 1, Double.NaN)
                        .point(Double.POSITIVE_INFINITY, 2, Double.POSITIVE_INFINITY, 0.5, Double.NEGATIVE_INFINITY)
                        .point(Double.NEGATIVE_INFINITY, 2, Double.NEGATIVE_INFINITY, 0.5, Double.POSITIVE_INFINITY)
                        .point(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                        .point(1, Double.POSITIVE_INFINITY, 0, 0, 0)
                        .point(1, Double.NEGATIVE_INFINITY, 0, 0, 0));
    }

    private static double scan(double[] x, double[] b, int j) {
        double y = 1;
        for (int i = 0; i < j; i++) {
            y = x[i] * y + b[i];
        }
        return y;
    }

    private static double argmax(double[] x) {
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i])) {
                return i;
            }
        }
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            best = x[i] > x[best] ? i : best;
        }
        return best;
    }

    private static double product(double[] x) {
        double product = 1;
        for (double element : x) {
            product *= element;
        }
        return product;
    }

    private static double variance(double[] x) {
        double mean = Loops.mean(x);
        double total = 0;
        for (double element : x) {
            total += (element - mean) * (element - mean);
        }
        return total / x.length;
    }

    private static double norm1(double[] x) {
        double total = 0;
        for (double element : x) {
            total += Math.abs(element);
        }
        return total;
    }

    private static double norm2(double[] x) {
        double total = 0;
        for (double element : x) {
            total += element * element;
        }
        return Math.sqrt(total);
    }
}
