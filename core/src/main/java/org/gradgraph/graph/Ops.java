package org.gradgraph.graph;

import java.util.List;
import org.gradgraph.graph.ReductionOps.Over;

/**
 * All operations, as functions of nodes.
 *
 * <p>{@link Node} has the everyday ones as methods. Elementwise operations of several operands broadcast them first:
 * {@code m×n} with {@code m×n}, {@code 1×n}, {@code m×1} or {@code 1×1}, in any order; a column with a row is refused.
 * Non-finite values propagate as IEEE 754 says. Every method throws {@link ShapeException} if the operands do not fit,
 * and {@link IllegalArgumentException} if one is null.
 *
 * <pre>{@code
 * Node z = Ops.add(Ops.matmul(w, x), b);
 * Node cost = Ops.mean(Ops.square(Ops.subtract(z, y)));
 * }</pre>
 */
public final class Ops {
    private Ops() {}

    // Arithmetic

    /** Elementwise sum. Derivatives 1 and 1. */
    public static Node add(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Add(), a, b);
    }

    /** Elementwise difference. Derivatives 1 and −1. */
    public static Node subtract(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Subtract(), a, b);
    }

    /** Elementwise product. Derivatives {@code b} and {@code a}. */
    public static Node multiply(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Multiply(), a, b);
    }

    /** Elementwise quotient. Derivatives {@code 1/b} and {@code −a/b²}. */
    public static Node divide(Node a, Node b) {
        return Broadcasting.apply(new ArithmeticOps.Divide(), a, b);
    }

    /** Elementwise negative. Derivative −1. */
    public static Node negate(Node a) {
        return Node.apply(new ArithmeticOps.Negate(), a);
    }

    /** Every element times a number. Derivative: the number. */
    public static Node scale(Node a, double factor) {
        return Node.apply(new ArithmeticOps.Scale(factor), a);
    }

    /** Every element plus a number. Derivative 1. */
    public static Node addScalar(Node a, double number) {
        return Node.apply(new ArithmeticOps.AddScalar(number), a);
    }

    /** Elementwise square. Derivative {@code 2a}. */
    public static Node square(Node a) {
        return Node.apply(new ArithmeticOps.Square(), a);
    }

    // Elementary functions

    /** Elementwise e to the power of x. Derivative e<sup>x</sup>. */
    public static Node exp(Node x) {
        return Node.apply(new ElementaryOps.Exp(), x);
    }

    /** Elementwise natural logarithm; −∞ at 0, NaN below. Derivative {@code 1/x}, +∞ at 0. */
    public static Node log(Node x) {
        return Node.apply(new ElementaryOps.Log(), x);
    }

    // Activations

    /** Elementwise logistic function 1/(1 + e<sup>−x</sup>). Derivative {@code y(1 − y)}. */
    public static Node sigmoid(Node x) {
        return Node.apply(new ActivationOps.Sigmoid(), x);
    }

    // Reductions

    /** The sum of all elements, 1×1. */
    public static Node sum(Node x) {
        return Node.apply(new ReductionOps.Sum(Over.ALL), x);
    }

    /** The sum of each row: m×n becomes m×1. */
    public static Node rowSums(Node x) {
        return Node.apply(new ReductionOps.Sum(Over.EACH_ROW), x);
    }

    /** The sum of each column: m×n becomes 1×n. */
    public static Node columnSums(Node x) {
        return Node.apply(new ReductionOps.Sum(Over.EACH_COLUMN), x);
    }

    /** The mean of all elements, 1×1. Derivative 1/(m·n). */
    public static Node mean(Node x) {
        return Node.apply(new ReductionOps.Mean(), x);
    }

    // Linear algebra

    /** The matrix product, m×k times k×n. */
    public static Node matmul(Node a, Node b) {
        return matmul(a, b, false, false);
    }

    /**
     * The matrix product of two operands, each of them transposed if wished; no transpose is materialised.
     *
     * @param a the left operand
     * @param b the right operand
     * @param transposeA whether the left operand is taken as aᵀ
     * @param transposeB whether the right operand is taken as bᵀ
     */
    public static Node matmul(Node a, Node b, boolean transposeA, boolean transposeB) {
        return Node.apply(new LinearAlgebraOps.MatMul(transposeA, transposeB), a, b);
    }

    // Layout

    /** Rows become columns: m×n becomes n×m. */
    public static Node transpose(Node x) {
        return Node.apply(new LayoutOps.Transpose(), x);
    }

    /** Repeats a row, a column or a number until it has the shape; the node itself if it has it. */
    public static Node broadcast(Node x, Shape target) {
        Require.given(x, "broadcast: operand 1");
        Require.given(target, "broadcast: the target shape");
        return x.shape().equals(target) ? x : Node.apply(new LayoutOps.Broadcast(target), x);
    }

    /**
     * Adds up what broadcasting from {@code target} repeats; the node itself if it has that shape.
     *
     * @throws ShapeException if {@code target} cannot be broadcast to the shape of {@code x}
     */
    public static Node sumTo(Node x, Shape target) {
        Require.given(target, "sumTo: the target shape");
        Shape from = Require.given(x, "sumTo: operand 1").shape();
        if (from.equals(target)) {
            return x;
        }
        for (Over over : Over.values()) {
            if (over.of(from).equals(target)) {
                return Node.apply(new ReductionOps.Sum(over), x);
            }
        }
        throw new ShapeException(
                        from + " cannot be summed to " + target,
                        "the result is " + Over.EACH_COLUMN.of(from) + ", " + Over.EACH_ROW.of(from) + " or 1×1")
                .in("sumTo", List.of(x), Node.lineOfOperation(List.of(x)));
    }

    /** A number known from the shapes, such as the number of examples {@code m}, 1×1; it has no derivative. */
    public static Node size(Dim dim) {
        return Node.apply(new ReductionOps.Size(Require.given(dim, "size: the dimension")));
    }

    /** A matrix of zeros. */
    public static Node zeros(Shape shape) {
        return broadcast(Node.constant(0), shape);
    }

    /** A matrix of ones. */
    public static Node ones(Shape shape) {
        return broadcast(Node.constant(1), shape);
    }
}
