package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.graph.ChoiceOps.Relation;

/**
 * Comparisons, and choices between values, element by element.
 *
 * <p>A comparison gives 1 where it holds and 0 elsewhere, and has no gradient; the condition of {@link #where} is such a matrix.
 *
 * <pre>{@code
 * Node safe = Comparisons.where(Comparisons.greater(x, 0), x, Node.constant(1));
 * Node log = Comparisons.where(Comparisons.greater(x, 0), safe.log(), Node.constant(0));
 * }</pre>
 */
@CheckReturnValue
public final class Comparisons {
    private Comparisons() {}

    /** Elementwise maximum; NaN propagates. Derivative 1 for the larger operand and 0 for the other, one half for each if they are equal. */
    public static Node maximum(Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.MAXIMUM, a, b);
    }

    /** Elementwise minimum; NaN propagates. Derivative 1 for the smaller operand and 0 for the other, one half for each if they are equal. */
    public static Node minimum(Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.MINIMUM, a, b);
    }

    /**
     * Elementwise nearest number between two bounds; NaN propagates. Derivative 1 between the bounds and at them, 0 outside.
     *
     * @throws IllegalArgumentException if {@code low} is above {@code high}, or one is NaN
     */
    public static Node clip(Node x, double low, double high) {
        return Node.apply(new ChoiceOps.Clip(low, high), x);
    }

    /**
     * Elementwise {@code a} where the condition is not 0, else {@code b}; all three are broadcast.
     *
     * <p>The one not taken gets an exact 0 as its gradient, and no NaN or ∞ of it gets through, in derivatives of any order
     * too. The condition has no gradient.
     */
    public static Node where(Node condition, Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.WHERE, condition, a, b);
    }

    /**
     * Elementwise product in which a weight of 0 wins: {@code x·weight}, and an exact 0 where the weight is 0, even if x is
     * NaN or ∞. Derivatives {@code weight}, in the same sense, and {@code x}.
     */
    public static Node mask(Node x, Node weight) {
        return Broadcasting.apply(ChoiceOps.MASK, x, weight);
    }

    /**
     * Elementwise one number below 0, one at 0 and one above; NaN propagates. It has no gradient: the derivative is 0, at 0
     * too.
     */
    public static Node step(Node x, double below, double at, double above) {
        return Node.apply(new ChoiceOps.Step(below, at, above), x);
    }

    /** Elementwise 1 where {@code a < b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node less(Node a, Node b) {
        return Broadcasting.apply(Relation.LESS.ofTwo, a, b);
    }

    /** The same against a number; see {@link #less(Node, Node)}. */
    public static Node less(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.LESS, number), a);
    }

    /** Elementwise 1 where {@code a ≤ b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node lessOrEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.LESS_OR_EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #lessOrEqual(Node, Node)}. */
    public static Node lessOrEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.LESS_OR_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a = b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node equal(Node a, Node b) {
        return Broadcasting.apply(Relation.EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #equal(Node, Node)}. */
    public static Node equal(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a ≠ b}, else 0; 1 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node notEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.NOT_EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #notEqual(Node, Node)}. */
    public static Node notEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.NOT_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a ≥ b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node greaterOrEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.GREATER_OR_EQUAL.ofTwo, a, b);
    }

    /** The same against a number; see {@link #greaterOrEqual(Node, Node)}. */
    public static Node greaterOrEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.GREATER_OR_EQUAL, number), a);
    }

    /** Elementwise 1 where {@code a > b}, else 0; 0 for NaN. It has no gradient: the derivative is 0 everywhere. */
    public static Node greater(Node a, Node b) {
        return Broadcasting.apply(Relation.GREATER.ofTwo, a, b);
    }

    /** The same against a number; see {@link #greater(Node, Node)}. */
    public static Node greater(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.GREATER, number), a);
    }
}
