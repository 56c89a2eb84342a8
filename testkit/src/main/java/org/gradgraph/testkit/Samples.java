package org.gradgraph.testkit;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Shape;

/** Random matrices. */
final class Samples {
    private Samples() {}

    static DMatrixRMaj between(double low, double high, Shape shape, Random random) {
        DMatrixRMaj matrix =
                new DMatrixRMaj(shape.rows().size(), shape.columns().size());
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = low + (high - low) * random.nextDouble();
        }
        return matrix;
    }
}
