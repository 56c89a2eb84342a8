package org.gradgraph.graph;

import java.util.List;

/** Products and quotients of cotangents, in which a cotangent of 0 stays 0. */
final class CotangentRows {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double MINUS_INF = Double.NEGATIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private CotangentRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.binary("inner cotangentTimes", (a, b) -> Broadcasting.apply(CotangentOps.TIMES, a, b))
                        .text("cotangentTimes")
                        .point(3, 2, 6, 2, 3)
                        .point(0, 2, 0, 2, 0)
                        .point(0, INF, 0, INF, 0)
                        .point(0, MINUS_INF, 0, MINUS_INF, 0)
                        .point(0, NAN, 0, NAN, 0)
                        .point(NAN, 2, NAN, 2, NAN)
                        .point(INF, 2, INF, 2, INF)
                        .point(MINUS_INF, 2, MINUS_INF, 2, MINUS_INF)
                        .point(1, NAN, NAN, NAN, 1)
                        .point(1, INF, INF, INF, 1)
                        .point(1, MINUS_INF, MINUS_INF, MINUS_INF, 1),
                OperationRow.binary("inner cotangentOver", (a, b) -> Broadcasting.apply(CotangentOps.OVER, a, b))
                        .text("cotangentOver")
                        .domain(1, 3)
                        .point(3, 2, 1.5, 0.5, -0.75)
                        .point(0, 0, 0, INF, 0)
                        .point(0, NAN, 0, NAN, 0)
                        .point(1, 0, INF, INF, MINUS_INF)
                        .point(NAN, 1, NAN, 1, NAN)
                        .point(INF, 2, INF, 0.5, MINUS_INF)
                        .point(MINUS_INF, 2, MINUS_INF, 0.5, INF)
                        .point(1, NAN, NAN, NAN, NAN)
                        .point(1, INF, 0, 0, 0)
                        .point(1, MINUS_INF, 0, 0, 0),
                OperationRow.binary("inner cotangentProduct", (a, b) -> Broadcasting.apply(CotangentOps.BOTH, a, b))
                        .text("cotangentProduct")
                        .point(3, 2, 6, 2, 3)
                        .point(0, INF, 0, INF, 0)
                        .point(INF, 0, 0, 0, INF)
                        .point(0, NAN, 0, NAN, 0)
                        .point(NAN, 0, 0, 0, NAN)
                        .point(NAN, 2, NAN, 2, NAN)
                        .point(INF, 2, INF, 2, INF)
                        .point(MINUS_INF, 2, MINUS_INF, 2, MINUS_INF)
                        .point(1, NAN, NAN, NAN, 1)
                        .point(1, INF, INF, INF, 1)
                        .point(1, MINUS_INF, MINUS_INF, MINUS_INF, 1));
    }
}
