package org.gradgraph.examples.lesson;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;

/**
 * The values of expressions without inputs.
 *
 * <pre>{@code
 * Values.of(Values.row(1, 2, 3).sigmoid());
 * }</pre>
 */
public final class Values {
    private Values() {}

    /** The value of an expression of constants. */
    public static DMatrixRMaj of(Node node) {
        return Program.of(node).newRun().forward().value(node);
    }

    /** A row of constants. */
    public static Node row(double... elements) {
        return Node.constant(new double[][] {elements});
    }

    /** A column of constants. */
    public static Node column(double... elements) {
        return row(elements).transpose();
    }
}
