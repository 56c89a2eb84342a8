package org.gradgraph.exec;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;

/** Logistic regression composed from elementary operations, and random data for it. */
final class Logistic {
    final int features;
    final Node x;
    final Node y;
    final Node w;
    final Node b;
    final Node z;
    final Node a;
    final Node cost;

    Logistic(int features) {
        this.features = features;
        Dim m = Dim.named("m");
        x = Node.input("X", features, m);
        y = Node.input("Y", 1, m);
        w = Node.parameter("w", features, 1);
        b = Node.parameter("b", 1, 1);
        z = w.transpose().matmul(x).plus(b).named("Z");
        a = z.sigmoid().named("A");
        cost = y.times(a.log())
                .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
                .mean()
                .negate()
                .named("J");
    }

    Program program() {
        return Program.of(cost).withGradients(w, b, z).keeping(a, z);
    }

    /** Standard normal features and weights, labels 0 and 1. */
    Feeds random(int examples, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj labels = new DMatrixRMaj(1, examples);
        for (int j = 0; j < examples; j++) {
            labels.set(0, j, random.nextInt(2));
        }
        return Feeds.of(x, gaussian(features, examples, random))
                .and(y, labels)
                .and(w, gaussian(features, 1, random))
                .and(b, random.nextGaussian());
    }

    static DMatrixRMaj gaussian(int rows, int columns, Random random) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = random.nextGaussian() / Math.sqrt(rows);
        }
        return matrix;
    }
}
