package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link ElementaryOps}. */
final class ElementaryRows {
    private ElementaryRows() {}

    static List<OperationRow> rows() {
        return List.of(
                OperationRow.unary("exp", Ops::exp)
                        .point(1, Math.E, Math.E)
                        .point(0, 1, 1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, POSITIVE_INFINITY)
                        .point(NEGATIVE_INFINITY, 0, 0),
                OperationRow.unary("log", Ops::log)
                        .domain(0.2, 3)
                        .point(1, 0, 1)
                        .point(Math.E, 1, 1 / Math.E)
                        .point(0, NEGATIVE_INFINITY, POSITIVE_INFINITY)
                        .point(-1, NaN, -1)
                        .point(NaN, NaN, NaN)
                        .point(POSITIVE_INFINITY, POSITIVE_INFINITY, 0)
                        .point(NEGATIVE_INFINITY, NaN, 0));
    }
}
