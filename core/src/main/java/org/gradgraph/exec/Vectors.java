package org.gradgraph.exec;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.ShapeException;

/** Numbers in a row or column, as the shape of their node has it. */
final class Vectors {
    private Vectors() {}

    static DMatrixRMaj of(Node node, double[] elements) {
        Require.given(node, "the node to feed");
        Require.given(elements, "the elements for " + node.describe());
        boolean isRow = node.shape().rows().equals(Dim.of(1));
        if (!isRow && !node.shape().columns().equals(Dim.of(1))) {
            throw new ShapeException(
                    node.describe() + ", made at " + node.source() + ", was given a vector of " + elements.length
                            + " elements, and is neither a row nor a column",
                    "give a matrix of shape " + node.shape());
        }
        DMatrixRMaj vector = isRow ? new DMatrixRMaj(1, elements.length) : new DMatrixRMaj(elements.length, 1);
        System.arraycopy(elements, 0, vector.data, 0, elements.length);
        return vector;
    }
}
