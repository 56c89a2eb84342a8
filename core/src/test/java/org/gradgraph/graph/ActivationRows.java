package org.gradgraph.graph;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;

/** The contract of {@link ActivationOps}. */
final class ActivationRows {
    private ActivationRows() {}

    static List<OperationRow> rows() {
        return List.of(OperationRow.unary("sigmoid", Ops::sigmoid)
                .point(0, 0.5, 0.25)
                .point(Math.log(3), 0.75, 0.1875)
                .point(-700, Math.exp(-700), Math.exp(-700))
                .point(1000, 1, 0)
                .point(-1000, 0, 0)
                .point(NaN, NaN, NaN)
                .point(POSITIVE_INFINITY, 1, 0)
                .point(NEGATIVE_INFINITY, 0, 0));
    }
}
