package org.gradgraph.graph;

import java.util.List;

/**
 * An operation that folds rows, columns or all elements to one number each.
 *
 * <p>The order of the fold depends on the shape of the operand alone; NaN and infinities propagate as IEEE 754 says for
 * that order.
 *
 * <pre>{@code
 * record SumOfRows() implements Reduction {
 *     public String name() { return "sumOfRows"; }
 *     public Over over() { return Over.EACH_ROW; }
 *     public Fold fold() { return Fold.SUM; }
 *     public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
 *         return List.of(dy.broadcastTo(inputs.get(0).shape()));
 *     }
 * }
 * }</pre>
 */
public non-sealed interface Reduction extends Op {
    /** What two elements become. */
    enum Fold {
        /** Their sum. */
        SUM,
        /** Their product. */
        PRODUCT,
        /** The larger one; NaN propagates. */
        MAX,
        /** The smaller one; NaN propagates. */
        MIN
    }

    /** {@return what is folded to one number} */
    Over over();

    /** {@return how two elements are combined to one} */
    Fold fold();

    @Override
    default Shape shape(List<Shape> inputs) {
        return over().of(Operands.only(inputs));
    }
}
