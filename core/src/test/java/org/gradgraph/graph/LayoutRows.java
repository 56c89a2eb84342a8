package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.N1;

import java.util.List;

/** The contract of {@link LayoutOps} and of constants. */
final class LayoutRows {
    private LayoutRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.unary("transpose", Ops::transpose).reference(in -> {
                    double[][] x = in.get(0);
                    double[][] y = new double[x[0].length][x.length];
                    for (int i = 0; i < x.length; i++) {
                        for (int j = 0; j < y.length; j++) {
                            y[j][i] = x[i][j];
                        }
                    }
                    return y;
                }),
                OperationRow.shaped("broadcast", (in, at) -> Ops.broadcast(in.get(0), at.apply(MN)))
                        .operands(N1)
                        .reference(in -> new double[][] {in.get(0)[0], in.get(0)[0]}),
                OperationRow.shaped("sumTo", (in, at) -> Ops.sumTo(in.get(0), at.apply(N1)))
                        .operands(MN)
                        .text("columnSums")
                        .reference(in -> {
                            double[][] x = in.get(0);
                            return new double[][] {{x[0][0] + x[1][0], x[0][1] + x[1][1], x[0][2] + x[1][2]}};
                        }),
                OperationRow.shaped("zeros", (in, at) -> Ops.zeros(at.apply(MN)))
                        .text("0, broadcast")
                        .reference(in -> new double[2][3]),
                OperationRow.shaped("ones", (in, at) -> Ops.ones(at.apply(MN)))
                        .text("1, broadcast")
                        .reference(in -> new double[][] {{1, 1, 1}, {1, 1, 1}}),
                OperationRow.of("inner constant", in -> Node.constant(new double[][] {{1, 2}, {3, 4}}))
                        .text("constant")
                        .reference(in -> new double[][] {{1, 2}, {3, 4}}));
    }
}
