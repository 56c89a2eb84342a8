package org.gradgraph.onnx;

import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Shape;

/**
 * A matrix of the exported graph.
 *
 * @param name its name there
 * @param shape its shape; smaller than that of its node where a side is only repeated, as ONNX repeats it when it is read
 */
record Value(String name, Shape shape) {
    /** The shape of an operator of several operands. */
    static Shape joined(Shape a, Shape b) {
        return Shape.of(joined(a.rows(), b.rows()), joined(a.columns(), b.columns()));
    }

    private static Dim joined(Dim a, Dim b) {
        return a.isOne() ? b : a;
    }
}
