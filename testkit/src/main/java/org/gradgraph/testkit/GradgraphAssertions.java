package org.gradgraph.testkit;

import org.assertj.core.api.Assertions;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;

/**
 * The entry point: AssertJ's assertions, and those for nodes and matrices.
 *
 * <pre>{@code
 * import static org.gradgraph.testkit.GradgraphAssertions.assertThat;
 *
 * assertThat(cost).hasShape(1, 1).hasCorrectGradientAt(feeds);
 * assertThat(run.gradient(w)).isCloseTo(expected, within(1e-12));
 * }</pre>
 */
public class GradgraphAssertions extends Assertions {
    /** For subclasses with assertions of their own. */
    protected GradgraphAssertions() {}

    /**
     * {@return assertions for a node}
     *
     * @param actual the node
     */
    public static NodeAssert assertThat(Node actual) {
        return new NodeAssert(actual);
    }

    /**
     * {@return assertions for a matrix}
     *
     * @param actual the matrix
     */
    public static MatrixAssert assertThat(DMatrixRMaj actual) {
        return new MatrixAssert(actual);
    }
}
