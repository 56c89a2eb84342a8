package org.gradgraph.graphviz;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;

/** The graphs of the course that are drawn in tests and in the documentation. */
final class Models {
    private Models() {}

    /** A result and values for what it is made of. */
    record Model(Node result, Feeds feeds) {}

    static Model lecture() {
        Node a = Node.parameter("a");
        Node b = Node.parameter("b");
        Node c = Node.parameter("c");
        Node u = b.times(c).named("u");
        Node v = a.plus(u).named("v");
        Node j = v.times(3).named("J");
        return new Model(j, Feeds.of(a, 5).and(b, 3).and(c, 2));
    }

    static Model logisticRegression() {
        Node x = Node.input("X", 2, Dim.named("m"));
        Node y = Node.input("Y", 1, Dim.named("m"));
        Node w = Node.parameter("w", 2, 1);
        Node b = Node.parameter("b");
        Node z = w.transpose().matmul(x).plus(b).named("Z");
        Node p = z.sigmoid().named("A");
        Node likely = y.times(p.log());
        Node unlikely = y.negate().plus(1).times(p.negate().plus(1).log());
        Node cost = likely.plus(unlikely).mean().negate().named("J");
        return new Model(
                cost,
                Feeds.of(x, new double[][] {{1, -2, -1}, {3, 0.5, -3.2}})
                        .and(y, new double[][] {{1, 1, 0}})
                        .and(w, new double[][] {{1}, {2}})
                        .and(b, 1.5));
    }

    static Model twoLayers() {
        Dim m = Dim.named("m");
        Node x = Node.input("X", 3, m);
        Node y = Node.input("Y", 1, m);
        Node w1 = Node.parameter("layer1/W", 4, 3);
        Node b1 = Node.parameter("layer1/b", 4, 1);
        Node z1 = w1.matmul(x).plus(b1).named("layer1/Z");
        Node a1 = z1.sigmoid().named("layer1/A");
        Node w2 = Node.parameter("layer2/W", 1, 4);
        Node b2 = Node.parameter("layer2/b", 1, 1);
        Node z2 = w2.matmul(a1).plus(b2).named("layer2/Z");
        Node a2 = z2.sigmoid().named("layer2/A");
        Node loss = a2.minus(y).square().mean().named("loss");
        return new Model(
                loss,
                Feeds.of(x, new double[][] {{1, 0}, {0, 1}, {0.5, -1}})
                        .and(y, new double[][] {{1, 0}})
                        .and(w1, new double[][] {{1, 2, 3}, {-1, 0, 1}, {0.5, 0.5, 0.5}, {2, -2, 1}})
                        .and(b1, new double[][] {{0}, {0.1}, {0.2}, {0.3}})
                        .and(w2, new double[][] {{1, -1, 0.5, 2}})
                        .and(b2, 0.25));
    }

    /** A 6×6 picture and a 3×3 filter that finds vertical edges; the nine numbers are what is learned. */
    static Model filter() {
        Node picture = Node.input("picture", 6, 6);
        Node filter = Node.parameter("filter", 3, 3);
        Node wanted = Node.input("wanted", 4, 4);
        Node edges = Convolutions.conv2d(picture, filter).named("edges");
        Node cost = edges.minus(wanted).square().mean().named("J");
        return new Model(
                cost,
                Feeds.of(picture, new double[][] {
                            {3, 0, 1, 2, 7, 4},
                            {1, 5, 8, 9, 3, 1},
                            {2, 7, 2, 5, 1, 3},
                            {0, 1, 3, 1, 7, 8},
                            {4, 2, 1, 6, 2, 8},
                            {2, 4, 5, 2, 3, 9}
                        })
                        .and(filter, new double[][] {{1, 0, -1}, {1, 0, -1}, {1, 0, -1}})
                        .and(wanted, new double[][] {
                            {-5, -4, 0, 8},
                            {-10, -2, 2, 3},
                            {0, -2, -4, -7},
                            {-3, -2, -3, -12}
                        }));
    }
}
