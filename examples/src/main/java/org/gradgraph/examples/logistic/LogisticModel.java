package org.gradgraph.examples.logistic;

import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;

/**
 * Logistic regression as a graph: Z = wᵀX + b, A = σ(Z), J = −mean(Y∘log A + (1−Y)∘log(1−A)).
 *
 * <p>The number of examples {@code m} is symbolic, so one model takes one example as well as all of them.
 *
 * <pre>{@code
 * LogisticModel model = new LogisticModel(30);
 * Run run = Program.of(model.cost()).withGradients(model.w(), model.b()).newRun();
 * }</pre>
 */
public final class LogisticModel {
    private final Node x;
    private final Node y;
    private final Node w;
    private final Node b;
    private final Node z;
    private final Node a;
    private final Node cost;

    /** A model of so many features. */
    public LogisticModel(int features) {
        // tag::java[]
        Dim m = Dim.named("m");
        x = Node.input("X", features, m);
        y = Node.input("Y", 1, m);
        w = Node.parameter("w", features, 1);
        b = Node.parameter("b", 1, 1);
        z = w.transpose().matmul(x).plus(b).named("Z");
        a = z.sigmoid().named("A");
        Node whereOne = y.times(a.log());
        Node whereZero = oneMinus(y).times(oneMinus(a).log());
        cost = whereOne.plus(whereZero).mean().negate().named("J");
        // end::java[]
    }

    private static Node oneMinus(Node node) {
        return node.negate().plus(1);
    }

    /** The features, one column for each example. */
    public Node x() {
        return x;
    }

    /** The labels, 0 or 1, in a row. */
    public Node y() {
        return y;
    }

    /** The weights, a column. */
    public Node w() {
        return w;
    }

    /** The bias, 1×1. */
    public Node b() {
        return b;
    }

    /** What goes into the sigmoid, a row. */
    public Node z() {
        return z;
    }

    /** The probabilities of label 1, a row. */
    public Node a() {
        return a;
    }

    /** The mean cross entropy, 1×1. */
    public Node cost() {
        return cost;
    }
}
