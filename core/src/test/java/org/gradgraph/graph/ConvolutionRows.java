package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.M;
import static org.gradgraph.graph.OperationRow.N;
import static org.gradgraph.graph.OperationRow.given;

import java.util.List;
import java.util.function.Function;

/** The contract of {@link ConvolutionOps}; the edges are those of a picture that is bright on its left half. */
final class ConvolutionRows {
    private static final Geometry TWO_CHANNELS = new Geometry(3, 4, 2);
    private static final Shape BATCH = Shape.of(Dim.of(24), N);
    private static final Shape PICTURE = Shape.of(5, 4);
    private static final Shape KERNEL = Shape.of(3, 3);

    private ConvolutionRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.of("conv2d", in -> Convolutions.conv2d(in.get(0), in.get(1)))
                        .operands(PICTURE, Shape.of(2, 3))
                        .text("reshape, reshape, patches(2×3 over 5×4×1), matmul, reshape")
                        .ulps(64)
                        .reference(convolution(4, 2, 1, 0, 0))
                        .example(given(edge(), new double[][] {{1, 0, -1}, {1, 0, -1}, {1, 0, -1}}), new double[][] {
                            {0, 30, 30, 0}, {0, 30, 30, 0}, {0, 30, 30, 0}, {0, 30, 30, 0}
                        }),
                OperationRow.of("conv2d", in -> Convolutions.conv2d(in.get(0), in.get(1)))
                        .variant("a picture of any size")
                        .operands(Shape.of(M.plus(Dim.of(1)), N.plus(Dim.of(1))), Shape.of(2, 2))
                        .text("reshape, reshape, patches(2×2 over 3×4×1), matmul, reshape")
                        .ulps(64)
                        .reference(in -> convolution(in.get(0).length - 1, in.get(0)[0].length - 1, 1, 0, 0)
                                .apply(in)),
                OperationRow.of("conv2d", in -> Convolutions.conv2d(in.get(0), in.get(1), 2, Convolutions.Padding.SAME))
                        .variant("stride 2, same")
                        .operands(PICTURE, Shape.of(3, 1))
                        .text("reshape, reshape, patches(3×1 over 5×4×1, stride 2, same), matmul, reshape")
                        .ulps(64)
                        .nonFiniteTestedIn(ConvolutionTest.class),
                OperationRow.of("conv2d", in -> Convolutions.conv2d(in.get(0), in.get(1), Convolutions.Padding.SAME))
                        .variant("same")
                        .operands(PICTURE, KERNEL)
                        .text("reshape, reshape, patches(3×3 over 5×4×1, same), matmul, reshape")
                        .ulps(64)
                        .nonFiniteTestedIn(ConvolutionTest.class),
                OperationRow.of("conv2d", in -> Convolutions.conv2d(in.get(0), in.get(1), TWO_CHANNELS.window(2, 2)))
                        .variant("a batch")
                        .operands(BATCH, Shape.of(3, 8))
                        .withoutAlias()
                        .text("patches(2×2 over 3×4×2), matmul, reshape")
                        .nonFiniteTestedIn(ConvolutionTest.class),
                OperationRow.of("addToChannels", in -> Convolutions.addToChannels(in.get(0), in.get(1), TWO_CHANNELS))
                        .operands(BATCH, Shape.of(2, 1))
                        .text("reshape, broadcast, add, reshape")
                        .withoutAlias()
                        .reference(in -> Loops.like(in.get(0), (i, j) -> in.get(0)[i][j] + in.get(1)[i / 12][0])),
                OperationRow.of("maxPool", in -> Convolutions.maxPool(in.get(0), 2, 2, 2))
                        .operands(PICTURE)
                        .text("reshape, patches(2×2 over 5×4×1, stride 2), columnMaximums, reshape")
                        .reference(in -> Loops.table(2, 2, (i, j) -> Loops.max(under(in.get(0), 2 * i, 2 * j)))),
                OperationRow.of("maxPool", in -> Convolutions.maxPool(in.get(0), TWO_CHANNELS.window(2, 2)))
                        .variant("a batch")
                        .operands(BATCH)
                        .text("patches(2×2 over 3×4×2), columnMaximums, reshape")
                        .reference(in -> batch(in.get(0), Loops::max)),
                OperationRow.of("avgPool", in -> Convolutions.avgPool(in.get(0), 2, 2, 2))
                        .operands(PICTURE)
                        .text("reshape, patches(2×2 over 5×4×1, stride 2), columnMeans, reshape")
                        .ulps(8)
                        .reference(in -> Loops.table(2, 2, (i, j) -> Loops.mean(under(in.get(0), 2 * i, 2 * j)))),
                OperationRow.of("avgPool", in -> Convolutions.avgPool(in.get(0), TWO_CHANNELS.window(2, 2)))
                        .variant("a batch")
                        .operands(BATCH)
                        .text("patches(2×2 over 3×4×2), columnMeans, reshape")
                        .ulps(8)
                        .reference(in -> batch(in.get(0), Loops::mean)),
                OperationRow.of(
                                "inner patches",
                                in -> Node.apply(
                                        new ConvolutionOps.Patches(
                                                new Geometry(3, 3, 1)
                                                        .window(3, 1)
                                                        .same(),
                                                false),
                                        in))
                        .operands(Shape.of(Dim.of(9), N))
                        .text("patches(3×1 over 3×3×1, same)")
                        .nonFiniteTestedIn(ConvolutionTest.class),
                OperationRow.of(
                                "inner sumPatches",
                                in -> Node.apply(
                                        new ConvolutionOps.SumPatches(
                                                new Geometry(2, 3, 1).window(1, 2), false, Dim.of(1)),
                                        in))
                        .operands(Shape.of(2, 4))
                        .text("sumPatches(1×2 over 2×3×1)")
                        .reference(in -> {
                            double[][] p = in.get(0);
                            return new double[][] {
                                {p[0][0]}, {p[1][0] + p[0][1]}, {p[1][1]}, {p[0][2]}, {p[1][2] + p[0][3]}, {p[1][3]}
                            };
                        }));
    }

    private static double[][] edge() {
        return Loops.table(6, 6, (i, j) -> j < 3 ? 10 : 0);
    }

    private static Function<List<double[][]>, double[][]> convolution(
            int rows, int columns, int stride, int top, int left) {
        return in -> Loops.table(rows, columns, (i, j) -> {
            double[][] x = in.get(0);
            double[][] k = in.get(1);
            double total = 0;
            for (int u = 0; u < k.length; u++) {
                for (int v = 0; v < k[0].length; v++) {
                    total += x[i * stride + u - top][j * stride + v - left] * k[u][v];
                }
            }
            return total;
        });
    }

    private static double[] under(double[][] x, int i, int j) {
        return new double[] {x[i][j], x[i][j + 1], x[i + 1][j], x[i + 1][j + 1]};
    }

    /** A 2×2 window over three pictures of 3×4 with two channels. */
    private static double[][] batch(double[][] x, java.util.function.ToDoubleFunction<double[]> pool) {
        return Loops.table(12, x[0].length, (row, picture) -> {
            int channel = row / 6;
            int i = row % 6 / 3;
            int j = row % 3;
            double[][] one = Loops.table(3, 4, (r, c) -> x[channel * 12 + r * 4 + c][picture]);
            return pool.applyAsDouble(under(one, i, j));
        });
    }
}
