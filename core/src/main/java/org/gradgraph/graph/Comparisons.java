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

    /**
     * {@return the elementwise maximum} NaN propagates. Derivative 1 for the larger operand and 0 for the other, one
     * half for each if they are equal.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node maximum(Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.MAXIMUM, a, b);
    }

    /**
     * {@return the elementwise minimum} NaN propagates. Derivative 1 for the smaller operand and 0 for the other, one
     * half for each if they are equal.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node minimum(Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.MINIMUM, a, b);
    }

    /**
     * {@return each element limited to the interval from {@code low} to {@code high}} NaN propagates. Derivative 1
     * between the bounds and at them, 0 outside.
     *
     * @param x a matrix of any shape
     * @param low the lower bound, at most {@code high}
     * @param high the upper bound
     * @throws IllegalArgumentException if {@code low} is above {@code high}, or one is NaN
     */
    public static Node clip(Node x, double low, double high) {
        return Node.apply(new ChoiceOps.Clip(low, high), x);
    }

    /**
     * {@return elementwise {@code a} where the condition is not 0, else {@code b}; all three are broadcast}
     *
     * <p>The one not taken gets an exact 0 as its gradient, and no NaN or ∞ of it gets through, in derivatives of any order
     * too. The condition has no gradient.
     *
     * @param condition a matrix of 0 and other numbers, for example a comparison
     * @param a the values where the condition holds
     * @param b the values where it is 0
     */
    public static Node where(Node condition, Node a, Node b) {
        return Broadcasting.apply(ChoiceOps.WHERE, condition, a, b);
    }

    /**
     * {@return the elementwise product in which a weight of 0 wins: {@code x·weight}, and an exact 0 where the weight
     * is 0, even if x is NaN or ∞} Derivatives {@code weight}, in the same sense, and {@code x}.
     *
     * @param x a matrix of any shape
     * @param weight a matrix of the same shape, or one that broadcasts with {@code x}
     */
    public static Node mask(Node x, Node weight) {
        return Broadcasting.apply(ChoiceOps.MASK, x, weight);
    }

    /**
     * {@return one number for negative elements, one for 0 and one for positive elements} NaN propagates. It has no
     * gradient: the derivative is 0, at 0 too.
     *
     * @param x a matrix of any shape
     * @param below the value for negative elements
     * @param at the value for 0 and −0
     * @param above the value for positive elements
     */
    public static Node step(Node x, double below, double at, double above) {
        return Node.apply(new ChoiceOps.Step(below, at, above), x);
    }

    /**
     * {@return elementwise 1 where {@code a < b}, else 0; 0 for NaN} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node less(Node a, Node b) {
        return Broadcasting.apply(Relation.LESS.ofTwo, a, b);
    }

    /**
     * {@return 1 where an element is below the number, else 0; see {@link #less(Node, Node)}}
     *
     * @param a a matrix of any shape
     * @param number what each element is compared with
     */
    public static Node less(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.LESS, number), a);
    }

    /**
     * {@return elementwise 1 where {@code a ≤ b}, else 0; 0 for NaN} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node lessOrEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.LESS_OR_EQUAL.ofTwo, a, b);
    }

    /**
     * {@return 1 where an element is at most the number, else 0; see {@link #lessOrEqual(Node, Node)}}
     *
     * @param a a matrix of any shape
     * @param number what each element is compared with
     */
    public static Node lessOrEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.LESS_OR_EQUAL, number), a);
    }

    /**
     * {@return elementwise 1 where {@code a = b}, else 0; 0 for NaN} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node equal(Node a, Node b) {
        return Broadcasting.apply(Relation.EQUAL.ofTwo, a, b);
    }

    /**
     * {@return 1 where an element equals the number, else 0; see {@link #equal(Node, Node)}}
     *
     * @param a a matrix of any shape
     * @param number what each element is compared with
     */
    public static Node equal(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.EQUAL, number), a);
    }

    /**
     * {@return elementwise 1 where {@code a ≠ b}, else 0; 1 for NaN} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node notEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.NOT_EQUAL.ofTwo, a, b);
    }

    /**
     * {@return 1 where an element differs from the number, else 0; see {@link #notEqual(Node, Node)}}
     *
     * @param a a matrix of any shape
     * @param number what each element is compared with
     */
    public static Node notEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.NOT_EQUAL, number), a);
    }

    /**
     * {@return elementwise 1 where {@code a ≥ b}, else 0; 0 for NaN} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node greaterOrEqual(Node a, Node b) {
        return Broadcasting.apply(Relation.GREATER_OR_EQUAL.ofTwo, a, b);
    }

    /**
     * {@return 1 where an element is at least the number, else 0; see {@link #greaterOrEqual(Node, Node)}}
     *
     * @param a a matrix of any shape
     * @param number what each element is compared with
     */
    public static Node greaterOrEqual(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.GREATER_OR_EQUAL, number), a);
    }

    /**
     * {@return elementwise 1 where {@code a > b}, else 0; 0 for NaN} It has no gradient: the derivative is 0
     * everywhere.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape, or one that broadcasts with {@code a}
     */
    public static Node greater(Node a, Node b) {
        return Broadcasting.apply(Relation.GREATER.ofTwo, a, b);
    }

    /**
     * {@return 1 where an element is above the number, else 0; see {@link #greater(Node, Node)}}
     *
     * @param a a matrix of any shape
     * @param number what each element is compared with
     */
    public static Node greater(Node a, double number) {
        return Node.apply(new ChoiceOps.CompareNumber(Relation.GREATER, number), a);
    }
}
