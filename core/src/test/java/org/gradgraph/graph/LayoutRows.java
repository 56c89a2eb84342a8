package org.gradgraph.graph;

import static org.gradgraph.graph.OperationRow.MN;
import static org.gradgraph.graph.OperationRow.N1;

import java.util.List;

/** The contract of {@link Layout} and of constants. */
final class LayoutRows {
    private LayoutRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.unary("transpose", Layout::transpose).reference(in -> {
                    double[][] x = in.get(0);
                    double[][] y = new double[x[0].length][x.length];
                    for (int i = 0; i < x.length; i++) {
                        for (int j = 0; j < y.length; j++) {
                            y[j][i] = x[i][j];
                        }
                    }
                    return y;
                }),
                OperationRow.shaped("broadcast", (in, at) -> Layout.broadcast(in.get(0), at.apply(MN)))
                        .operands(N1)
                        .sized((in, at) -> Loops.at(at.apply(MN), (i, j) -> in.get(0)[0][j])),
                OperationRow.shaped("sumTo", (in, at) -> Layout.sumTo(in.get(0), at.apply(N1)))
                        .operands(MN)
                        .text("columnSums")
                        .ulps(8)
                        .reference(Loops.reduce(Over.EACH_COLUMN, Loops::sum)),
                OperationRow.shaped("zeros", (in, at) -> Constants.zeros(at.apply(MN)))
                        .text("0, broadcast")
                        .sized((in, at) -> Loops.at(at.apply(MN), (i, j) -> 0)),
                OperationRow.shaped("ones", (in, at) -> Constants.ones(at.apply(MN)))
                        .text("1, broadcast")
                        .sized((in, at) -> Loops.at(at.apply(MN), (i, j) -> 1)),
                OperationRow.of("inner constant", in -> Node.constant(new double[][] {{1, 2}, {3, 4}}))
                        .text("constant")
                        .reference(in -> new double[][] {{1, 2}, {3, 4}}));
    }
}
