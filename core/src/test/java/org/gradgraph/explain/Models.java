package org.gradgraph.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Assumptions.Fact;

/** The models whose derivatives every textbook has, composed naively, without a ready-made loss. */
final class Models {
    private static final Dim M = Dim.named("m");

    private Models() {}

    static Map<String, Derivation> all() {
        Map<String, Derivation> all = new LinkedHashMap<>();
        all.put("computation-graph", computationGraph());
        all.put("one-example", oneExample());
        all.put("logistic-regression", logisticRegression());
        all.put("two-layers", twoLayers());
        all.put("softmax", softmax(false));
        all.put("softmax-one-hot", softmax(true));
        all.put("linear-regression", linearRegression());
        all.put("shared-residual", sharedResidual());
        all.put("ridge", ridge());
        all.put("hessian", hessian());
        return all;
    }

    private static Derivation computationGraph() {
        Node a = Node.parameter("a");
        Node b = Node.parameter("b");
        Node c = Node.parameter("c");
        Node u = b.times(c).named("u");
        Node v = a.plus(u).named("v");
        return Derivation.of(v.times(3).named("J"), v, a, u, b, c);
    }

    private static Derivation oneExample() {
        Node w1 = Node.parameter("w1");
        Node w2 = Node.parameter("w2");
        Node b = Node.parameter("b");
        Node y = Node.input("y");
        Node z = w1.times(Node.input("x1"))
                .plus(w2.times(Node.input("x2")))
                .plus(b)
                .named("z");
        Node a = z.sigmoid().named("a");
        return Derivation.of(loss(a, y).named("L"), a, z, w1, w2, b);
    }

    /** −(y·log a + (1 − y)·log(1 − a)), as the notes write it. */
    private static Node loss(Node a, Node y) {
        Node one = Node.constant(1);
        return y.times(a.log()).plus(one.minus(y).times(one.minus(a).log())).negate();
    }

    private static Derivation logisticRegression() {
        Node w = Node.parameter("w", 30, 1);
        Node b = Node.parameter("b");
        Node z = w.transpose().matmul(Node.input("X", 30, M)).plus(b).named("Z");
        Node cost = loss(z.sigmoid().named("A"), Node.input("Y", 1, M)).mean().named("J");
        return Derivation.of(cost, z, w, b);
    }

    private static Derivation twoLayers() {
        Node w1 = Node.parameter("W1", 4, 2);
        Node b1 = Node.parameter("b1", 4, 1);
        Node w2 = Node.parameter("W2", 3, 4);
        Node b2 = Node.parameter("b2", 3, 1);
        Node z1 = w1.matmul(Node.input("X", 2, M)).plus(b1).named("Z1");
        Node a1 = z1.tanh().named("A1");
        Node z2 = w2.matmul(a1).plus(b2).named("Z2");
        Node a2 = z2.sigmoid().named("A2");
        Node cost = loss(a2, Node.input("Y", 3, M))
                .sum()
                .dividedBy(Constants.size(M))
                .named("J");
        return Derivation.of(cost, z2, w2, b2, z1, w1, b1);
    }

    private static Derivation softmax(boolean oneHot) {
        Node w = Node.parameter("W", 3, 4);
        Node b = Node.parameter("b", 3, 1);
        Node y = Node.input("Y", 3, M);
        Node z = w.matmul(Node.input("X", 4, M)).plus(b).named("Z");
        Node e = z.exp();
        Node p = e.dividedBy(e.columnSums()).named("P");
        Node cost = y.times(p.log()).columnSums().mean().negate().named("J");
        Derivation derivation = Derivation.of(cost, z, w, b);
        return oneHot ? derivation.assuming(y, Fact.COLUMNS_SUM_TO_ONE) : derivation;
    }

    private static Node squaredError(Node w, Node b) {
        Node x = Node.input("X", 5, M);
        Node y = Node.input("y", 1, M);
        return w.transpose().matmul(x).plus(b).minus(y).square().mean();
    }

    private static Derivation linearRegression() {
        Node w = Node.parameter("w", 5, 1);
        Node b = Node.parameter("b");
        return Derivation.of(squaredError(w, b).named("J"), w);
    }

    /** The residual has no name and both derivatives need it. */
    private static Derivation sharedResidual() {
        Node w = Node.parameter("w", 5, 1);
        Node b = Node.parameter("b");
        return Derivation.of(squaredError(w, b).named("J"), w, b);
    }

    private static Derivation ridge() {
        Node w = Node.parameter("w", 5, 1);
        Node b = Node.parameter("b");
        Node penalty = Node.input("λ").times(w.square().sum());
        return Derivation.of(squaredError(w, b).plus(penalty).named("J"), w);
    }

    private static Derivation hessian() {
        Node w = Node.parameter("w", 30, 1);
        Node v = Node.input("v", 30, 1);
        Node z = w.transpose().matmul(Node.input("X", 30, M)).named("Z");
        Node cost = loss(z.sigmoid().named("A"), Node.input("Y", 1, M)).mean().named("J");
        return Derivation.ofFormula("Hv", Derivatives.hvp(cost, w, v));
    }
}
