package org.gradgraph.graph;

import java.util.List;

/**
 * A usual value, and another one where a condition does not hold: the declaration that the other one is rarely needed.
 *
 * <p>The result is that of a choice for each element. A program computes what only the fallback needs when the condition is
 * 0 for some element, and skips it otherwise. So a {@link Composite} may have a fast way for usual numbers and another one
 * for numbers that overflow on it. The condition is best one number for each row, column or matrix, broadcast to the shape
 * of the result: it must be known before the choice is made.
 *
 * <pre>{@code
 * Node sum = x.sum();
 * Node isFinite = Comparisons.less(sum.abs(), Double.POSITIVE_INFINITY);
 * Node half = Fallback.of(isFinite, sum.times(0.5), x.times(0.5).sum());
 * }</pre>
 */
public record Fallback() implements Elementwise {
    /** One object, so that it is compiled once. */
    private static final Formula CHOICE = Formula.select(Formula.argument(0), Formula.argument(1), Formula.argument(2));

    /** The operand of {@link Fallback} that is rarely needed, counted from 0. */
    public static final int RARE_OPERAND = 2;

    /**
     * {@return a choice for each element; the operands are broadcast to one shape}
     *
     * @param isUsual not 0 where the usual value counts
     * @param usual the usual value
     * @param fallback the value where {@code isUsual} is 0
     */
    public static Node of(Node isUsual, Node usual, Node fallback) {
        return Broadcasting.apply(new Fallback(), isUsual, usual, fallback);
    }

    @Override
    public String name() {
        return "fallback";
    }

    @Override
    public Formula formula() {
        return CHOICE;
    }

    /** The cotangent goes to the operand that counts; nothing flows to the condition. */
    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        Node isUsual = inputs.get(0);
        Node zeros = Constants.zeros(y.shape());
        return List.of(zeros, of(isUsual, dy, zeros), of(isUsual, zeros, dy));
    }
}
