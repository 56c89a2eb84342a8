package org.gradgraph.examples;

import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Node;

/** The values of expressions without inputs. */
final class Values {
    private Values() {}

    /** The value of an expression of constants. */
    static DMatrixRMaj of(Node node) {
        return Program.of(node).newRun().forward().value(node);
    }

    /** A row of constants. */
    static Node row(double... elements) {
        return Node.constant(new double[][] {elements});
    }

    /** A column of constants. */
    static Node column(double... elements) {
        return row(elements).transpose();
    }
}
