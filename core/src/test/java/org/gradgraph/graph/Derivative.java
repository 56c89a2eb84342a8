package org.gradgraph.graph;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;

/** Derivatives of functions of one number, for tables of exact points. */
final class Derivative {
    private Derivative() {}

    /** The derivative of some order at a point; order 0 is the value. */
    static double of(UnaryOperator<Node> function, int order, double at) {
        Node x = Node.parameter("x");
        Node y = function.apply(x);
        for (int i = 0; i < order; i++) {
            y = Derivatives.gradient(y, x);
        }
        DMatrixRMaj value = new DMatrixRMaj(1, 1, true, at);
        return Computation.value(y, Map.of(x, value))[0];
    }
}
