package org.gradgraph.batch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.jspecify.annotations.Nullable;

/**
 * A cost as a sum over the examples of a batch, and a rest that does not depend on them.
 *
 * <p>The examples are those of a symbolic side such as {@code m}. For blocks that together hold every example once, the cost is
 * the sum of the {@link #share()} of each block and of the {@link #rest()}; and so are its gradients, because all three are nodes
 * like any others. In the share the side is the block's own; the number of all examples is read from {@link #total()}.
 *
 * <pre>{@code
 * Node cost = Losses.bceWithLogits(w.transpose().matmul(x).plus(b), y).plus(w.square().sum().times(0.01));
 * ExampleSum sum = ExampleSum.of(cost, m);
 * sum.share();                               // Σ over the columns of a block, divided by total()
 * sum.rest();                                // 0.01·Σ w²
 * }</pre>
 *
 * <p>That the cost is such a sum is proved from the declarations of its operations: a formula for each element keeps examples
 * apart, so does a product whose inner side is no example's, a sum over them is a sum of shares, and what comes after it must be
 * linear. Everything else is refused, with the node and the line of Java code.
 */
@CheckReturnValue
public final class ExampleSum {
    private final Node cost;
    private final Dim examples;
    private final Node share;
    private final Node total;
    private final Node rest;

    private ExampleSum(Node cost, Dim examples, Node share, Node total, Node rest) {
        this.cost = cost;
        this.examples = examples;
        this.share = share;
        this.total = total;
        this.rest = rest;
    }

    /**
     * {@return a cost as a sum over examples}
     *
     * @param cost a node of shape 1×1
     * @param examples the symbolic side that counts the examples, made by {@link Dim#named}
     * @throws IllegalArgumentException if the cost is no such sum, naming the node that breaks it and its line
     */
    public static ExampleSum of(Node cost, Dim examples) {
        Require.given(cost, "ExampleSum.of: the cost");
        Require.given(examples, "ExampleSum.of: the side that counts the examples");
        if (examples.isFixed()
                || !examples.equals(Dim.named(examples.symbols().iterator().next()))) {
            throw new IllegalArgumentException("ExampleSum.of: the examples are counted by a symbol such as"
                    + " Dim.named(\"m\"), not by " + examples);
        }
        if (!cost.shape().isScalar()) {
            throw new IllegalArgumentException("ExampleSum.of: " + cost.describe() + ", made at " + cost.source()
                    + ", is not 1×1; take its sum() or mean()");
        }
        Node total = Node.input("total of " + examples);
        Part part;
        try {
            part = new ExampleAnalysis(examples, total, null).of(cost);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(
                    cost.describe() + " is no sum over the examples of " + examples + ": " + refusal.getMessage(),
                    refusal);
        }
        Node share = part.share();
        if (share == null) {
            throw new IllegalArgumentException("ExampleSum.of: " + cost.describe() + ", made at " + cost.source()
                    + ", does not depend on examples of " + examples);
        }
        @Nullable Node rest = part.rest();
        return new ExampleSum(cost, examples, share, total, rest == null ? Node.constant(0) : rest);
    }

    /** {@return the cost} */
    public Node cost() {
        return cost;
    }

    /** {@return the side that counts the examples} */
    public Dim examples() {
        return examples;
    }

    /**
     * {@return what one block of examples contributes, 1×1}
     *
     * <p>Inputs, parameters and inner nodes that do not depend on the number of examples are those of the cost.
     */
    public Node share() {
        return share;
    }

    /** {@return the input of the number of all examples, 1×1; a cost without a mean does not read it} */
    public Node total() {
        return total;
    }

    /** {@return what is added once, such as a penalty, 1×1; the constant 0 if there is nothing} */
    public Node rest() {
        return rest;
    }

    /** {@return whether the share or the rest depends on the number of all examples, as it does for a mean} */
    public boolean readsTotal() {
        return Graph.of(share, rest).contains(total);
    }

    /** For example {@code "J" 1×1 as a sum over the examples of m}. */
    @Override
    public String toString() {
        return cost.describe() + " as a sum over the examples of " + examples;
    }
}
