package org.gradgraph.testkit;

import org.assertj.core.api.SoftAssertions;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * Soft assertions: all failures are collected, and reported at the end.
 *
 * <pre>{@code
 * GradgraphSoftAssertions softly = new GradgraphSoftAssertions();
 * softly.assertThat(z).hasShape(1, 3);
 * softly.assertThat(matrix).isFinite();
 * softly.assertAll();
 * }</pre>
 */
public class GradgraphSoftAssertions extends SoftAssertions {
    /** No failures yet. */
    public GradgraphSoftAssertions() {}

    /**
     * {@return soft assertions for a node}
     *
     * @param actual the node
     */
    public NodeAssert assertThat(Node actual) {
        return proxy(NodeAssert.class, Node.class, actual);
    }

    /**
     * {@return soft assertions for a matrix}
     *
     * @param actual the matrix
     */
    public MatrixAssert assertThat(DMatrixRMaj actual) {
        return proxy(MatrixAssert.class, DMatrixRMaj.class, actual);
    }
}
