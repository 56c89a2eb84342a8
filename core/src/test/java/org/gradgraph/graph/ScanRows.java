package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.M;
import static org.gradgraph.graph.OperationRow.N;

import java.util.List;
import org.gradgraph.scan.Scan;
import org.gradgraph.scan.ScanBuilder;

/** The contract of loops, whose value is all their results in one row, and of the order of their operands. */
final class ScanRows {
    private static final Shape TWO = Shape.of(2, 2);

    private ScanRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.of(
                                "inner loop",
                                in -> linear(in, Scan.over(in.get(0)).state("h", in.get(1))))
                        .operands(Shape.of(Dim.of(2), N), Shape.of(2, 1), TWO)
                        .text("transpose, reshape, scan")
                        .ulps(64)
                        .reference(in -> packed(in, 1, false)),
                OperationRow.of(
                                "inner loop",
                                in -> linear(
                                        in, Scan.over(in.get(0)).backwards().state("h", in.get(1))))
                        .variant("backwards")
                        .operands(Shape.of(Dim.of(2), N), Shape.of(2, 1), TWO)
                        .text("transpose, reshape, scan")
                        .ulps(64)
                        .reference(in -> packed(in, 1, true)),
                OperationRow.shaped(
                                "inner loop",
                                (in, at) -> linear(
                                        in,
                                        Scan.over(in.get(0))
                                                .columns(
                                                        at.apply(Shape.of(M, M)).rows())
                                                .state("h", in.get(1))))
                        .variant("of a batch")
                        .operands(Shape.of(Dim.of(2), M.times(N)), Shape.of(Dim.of(2), M), TWO)
                        .withoutAlias()
                        .text("blocksBelow(2), scan")
                        .ulps(64)
                        .reference(in -> packed(in, in.get(1)[0].length, false)),
                OperationRow.shaped(
                                "inner blocksBelow",
                                (in, at) -> Node.apply(
                                        new BlockOrder.Below(
                                                at.apply(Shape.of(M, N)).columns()),
                                        in.get(0)))
                        .operands(Shape.of(M, N.times(Dim.of(3))))
                        .text("blocksBelow(3)")
                        .reference(in -> below(in.get(0), in.get(0)[0].length / 3)),
                OperationRow.shaped(
                                "inner blocksBeside",
                                (in, at) -> Node.apply(
                                        new BlockOrder.Beside(
                                                at.apply(Shape.of(M, N)).rows()),
                                        in.get(0)))
                        .operands(Shape.of(M.times(Dim.of(3)), N))
                        .text("blocksBeside(2)")
                        .reference(in -> {
                            double[][] x = in.get(0);
                            int height = x.length / 3;
                            int width = x[0].length;
                            return Loops.table(height, 3 * width, (i, j) -> x[j / width * height + i][j % width]);
                        }));
    }

    /** {@code h := w·h·x + x}, and twice the product of its rows goes out; the node of the loop itself. */
    private static Node linear(List<Node> in, ScanBuilder builder) {
        Node w = in.get(2);
        Node result = builder.step(s -> {
                    Node h = LinearAlgebra.matmul(w, s.state("h"))
                            .times(s.input())
                            .plus(s.input());
                    return s.next("h", h)
                            .output(Reductions.product(h, Over.EACH_COLUMN).times(2));
                })
                .last("h");
        while (!(result.op().orElseThrow() instanceof Loop)) {
            result = result.inputs().get(0);
        }
        return result;
    }

    /** All outputs, then the state before the first step and after each, in the order of the columns. */
    private static double[][] packed(List<double[][]> in, int width, boolean backwards) {
        double[][] x = in.get(0);
        double[][] w = in.get(2);
        int steps = x[0].length / width;
        double[] all = new double[steps * width + (steps + 1) * 2 * width];
        double[][] h = in.get(1);
        int states = steps * width;
        for (int n = 0; n <= steps; n++) {
            int place = backwards ? steps - n : n;
            for (int j = 0; j < width; j++) {
                all[states + place * 2 * width + j] = h[0][j];
                all[states + place * 2 * width + width + j] = h[1][j];
            }
            if (n == steps) {
                break;
            }
            int step = backwards ? steps - 1 - n : n;
            double[][] before = h;
            h = Loops.table(2, width, (i, j) -> {
                double input = x[i][step * width + j];
                return (w[i][0] * before[0][j] + w[i][1] * before[1][j]) * input + input;
            });
            for (int j = 0; j < width; j++) {
                all[step * width + j] = 2 * h[0][j] * h[1][j];
            }
        }
        return new double[][] {all};
    }

    private static double[][] below(double[][] x, int width) {
        int height = x.length;
        return Loops.table(x[0].length / width * height, width, (i, j) -> x[i % height][i / height * width + j]);
    }
}
