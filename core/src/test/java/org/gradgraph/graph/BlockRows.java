package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.M;
import static org.gradgraph.graph.OperationRow.M1;
import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.N;
import static org.gradgraph.graph.OperationRow.N1;
import static org.gradgraph.graph.OperationRow.given;

import java.util.List;

/** The contract of {@link BlockOps}, {@link IndexOps} and the rest of {@link Layout}. */
final class BlockRows {
    private static final Shape FIXED = Shape.of(4, 3);

    private BlockRows() {}

    static List<OperationRow> rows() {
        List<OperationRow> rows = new java.util.ArrayList<>(blocks());
        rows.addAll(indexed());
        return rows;
    }

    private static List<OperationRow> blocks() {
        return List.of(
                OperationRow.shaped("reshape", (in, at) -> Layout.reshape(in.get(0), at.apply(Shape.of(N, M))))
                        .operands(MN)
                        .reference(in -> Loops.shaped(Loops.flat(in.get(0)), in.get(0)[0].length, in.get(0).length))
                        .example(given(new double[][] {{1, 2, 3}, {4, 5, 6}}), new double[][] {{1, 2}, {3, 4}, {5, 6}}),
                OperationRow.of("reshape", in -> Layout.reshape(in.get(0), 2, 6))
                        .variant("to numbers")
                        .operands(FIXED)
                        .reference(in -> Loops.shaped(Loops.flat(in.get(0)), 2, 6)),
                OperationRow.of("slice", in -> Layout.slice(in.get(0), 1, 3, 0, 2))
                        .operands(FIXED)
                        .text("slice(1:3, 0:2)")
                        .reference(in -> Loops.table(2, 2, (i, j) -> in.get(0)[1 + i][j])),
                OperationRow.of("at", in -> Layout.at(in.get(0), 2, 1))
                        .operands(FIXED)
                        .text("slice(2:3, 1:2)")
                        .reference(in -> new double[][] {{in.get(0)[2][1]}}),
                OperationRow.of("sliceRows", in -> Layout.sliceRows(in.get(0), 1, 3))
                        .operands(Shape.of(Dim.of(4), N))
                        .text("slice(1:3, 0:3)")
                        .reference(in -> Loops.table(2, in.get(0)[0].length, (i, j) -> in.get(0)[1 + i][j])),
                OperationRow.of("sliceColumns", in -> Layout.sliceColumns(in.get(0), 0, 2))
                        .operands(Shape.of(M, Dim.of(4)))
                        .text("slice(0:2, 0:2)")
                        .reference(in -> Loops.table(in.get(0).length, 2, (i, j) -> in.get(0)[i][j])),
                OperationRow.of("concatRows", in -> Layout.concatRows(in.get(0), in.get(1), in.get(2)))
                        .operands(MN, N1, MN)
                        .reference(in -> {
                            int m = in.get(0).length;
                            return Loops.table(
                                    2 * m + 1,
                                    in.get(0)[0].length,
                                    (i, j) -> (i < m ? in.get(0)[i] : i == m ? in.get(1)[0] : in.get(2)[i - m - 1])[j]);
                        }),
                OperationRow.of("concatColumns", in -> Layout.concatColumns(in.get(0), in.get(1)))
                        .operands(MN, M1)
                        .reference(in -> {
                            int n = in.get(0)[0].length;
                            return Loops.table(
                                    in.get(0).length, n + 1, (i, j) -> j < n ? in.get(0)[i][j] : in.get(1)[i][0]);
                        }),
                OperationRow.unary("pad", x -> Layout.pad(x, 1, 0, 2, 1))
                        .text("pad(1, 0, 2, 1)")
                        .reference(in -> {
                            int n = in.get(0)[0].length;
                            return Loops.table(
                                    in.get(0).length + 1,
                                    n + 3,
                                    (i, j) -> i < 1 || j < 2 || j > n + 1 ? 0 : in.get(0)[i - 1][j - 2]);
                        }),
                OperationRow.unary("pad", x -> Layout.pad(x, 0, 1, 0, 0, -7))
                        .variant("with a number")
                        .text("pad(0, 1, 0, 0, -7)")
                        .reference(in -> {
                            int m = in.get(0).length;
                            return Loops.table(m + 1, in.get(0)[0].length, (i, j) -> i == m ? -7 : in.get(0)[i][j]);
                        }),
                OperationRow.unary("repeat", x -> Layout.repeat(x, 2, 3))
                        .text("repeat(2, 3)")
                        .reference(in -> {
                            int m = in.get(0).length;
                            int n = in.get(0)[0].length;
                            return Loops.table(2 * m, 3 * n, (i, j) -> in.get(0)[i % m][j % n]);
                        }),
                OperationRow.shaped(
                                "inner sumRepeats",
                                (in, at) -> Node.apply(new BlockOps.SumRepeats(2, 1, at.apply(MN)), in.get(0)))
                        .operands(Shape.of(M.times(Dim.of(2)), N))
                        .text("sumRepeats(2, 1)")
                        .reference(in -> {
                            int m = in.get(0).length / 2;
                            return Loops.table(m, in.get(0)[0].length, (i, j) -> in.get(0)[i][j] + in.get(0)[i + m][j]);
                        }),
                OperationRow.unary("flipRows", Layout::flipRows)
                        .reference(in -> Loops.like(in.get(0), (i, j) -> in.get(0)[in.get(0).length - 1 - i][j])),
                OperationRow.unary("flipColumns", Layout::flipColumns)
                        .reference(in -> Loops.like(in.get(0), (i, j) -> in.get(0)[i][in.get(0)[0].length - 1 - j])),
                OperationRow.unary("flip", Layout::flip)
                        .reference(in -> Loops.like(
                                in.get(0),
                                (i, j) -> in.get(0)[in.get(0).length - 1 - i][in.get(0)[0].length - 1 - j])));
    }

    private static List<OperationRow> indexed() {
        double[][] x = {{1, 2}, {3, 4}, {5, 6}};
        Node fixed = Node.constant(new double[][] {{2, 0, 2}});
        return List.of(
                OperationRow.of("gatherRows", in -> Indexing.gatherRows(in.get(0), 2, 0, 2))
                        .operands(Shape.of(Dim.of(4), N))
                        .text("constant, gatherRows")
                        .reference(in -> new double[][] {in.get(0)[2], in.get(0)[0], in.get(0)[2]}),
                OperationRow.of(
                                "gatherRows",
                                in -> Indexing.gatherRows(in.get(0), Reductions.argmax(in.get(1), Over.EACH_ROW)))
                        .variant("numbers that are computed")
                        .operands(Shape.of(Dim.of(4), N), Shape.of(M, Dim.of(4)))
                        .withoutGradientFor(1)
                        .withoutAlias()
                        .text("rowArgmaxs, gatherRows")
                        .nonFiniteTestedIn(IndexTest.class)
                        .example(
                                given(x, new double[][] {{0, 0, 1}, {2, 0, 0}, {0, 0, 3}}),
                                new double[][] {{5, 6}, {1, 2}, {5, 6}},
                                new double[][] {{1, 1}, {0, 0}, {2, 2}}),
                OperationRow.of("scatterAddRows", in -> Indexing.scatterAddRows(in.get(0), fixed, 4))
                        .operands(Shape.of(Dim.of(3), N))
                        .text("constant, scatterAddRows(4)")
                        .reference(in -> {
                            double[][] rows = in.get(0);
                            return Loops.table(
                                    4,
                                    rows[0].length,
                                    (i, j) -> i == 2 ? rows[0][j] + rows[2][j] : i == 0 ? rows[1][j] : 0);
                        }),
                OperationRow.of(
                                "oneHot",
                                in -> Indexing.oneHot(
                                        Reductions.argmin(in.get(0), Over.EACH_COLUMN), 4, Over.EACH_COLUMN))
                        .operands(Shape.of(Dim.of(4), N))
                        .text("columnArgmins, oneHot(4)")
                        .withoutGradient()
                        .nonFiniteTestedIn(IndexTest.class)
                        .example(given(new double[][] {{2, 0}, {3, 1}, {1, 5}}), new double[][] {
                            {0, 1}, {0, 0}, {1, 0}, {0, 0}
                        }),
                OperationRow.of(
                                "oneHot",
                                in -> Indexing.oneHot(Reductions.argmax(in.get(0), Over.EACH_ROW), 4, Over.EACH_ROW))
                        .variant("in rows")
                        .operands(Shape.of(M, Dim.of(4)))
                        .text("rowArgmaxs, oneHot(4)")
                        .withoutGradient()
                        .nonFiniteTestedIn(IndexTest.class)
                        .example(given(new double[][] {{1, 9}, {3, 0}}), new double[][] {{0, 1, 0, 0}, {1, 0, 0, 0}}));
    }
}
