package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * Products of matrices, linear systems, determinants and decompositions.
 *
 * <pre>{@code
 * Node w = LinearAlgebra.solve(x.matmul(x.transpose()), x.matmul(y.transpose()));      // least squares
 * }</pre>
 */
@CheckReturnValue
public final class LinearAlgebra {
    private LinearAlgebra() {}

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
        return Node.apply(new MatMul(transposeA, transposeB), a, b);
    }

    /**
     * The inner product of two matrices of the same shape, usually vectors: {@code Σ a⊙b}, 1×1.
     *
     * <p>Derivatives {@code b} and {@code a}. Nothing is broadcast.
     */
    public static Node dot(Node a, Node b) {
        Node.requireOperands("dot", a, b);
        if (!a.shape().equals(b.shape())) {
            throw new ShapeException(
                            "the operands differ, " + a.shape() + " and " + b.shape(),
                            "give two of the same shape; the product of matrices is matmul")
                    .in("dot", List.of(a, b), Node.lineOfOperation(List.of(a, b)));
        }
        return Reductions.sum(Arithmetic.multiply(a, b));
    }

    /**
     * The outer product of two vectors, each a column or a row: element (i, j) is {@code a[i]·b[j]}.
     *
     * <p>Derivatives {@code dy·b} and {@code dyᵀ·a}.
     */
    public static Node outer(Node a, Node b) {
        Node.requireOperands("outer", a, b);
        for (Node vector : List.of(a, b)) {
            try {
                Operands.lengthOfVector(vector.shape());
            } catch (ShapeException noVector) {
                throw noVector.in("outer", List.of(a, b), Node.lineOfOperation(List.of(a, b)));
            }
        }
        return matmul(a, b, !a.shape().columns().isOne(), b.shape().columns().isOne());
    }

    /** The sum of the diagonal of a square matrix, 1×1. Derivative: the identity. */
    public static Node trace(Node x) {
        return Reductions.sum(diagonal(x));
    }

    /** The diagonal of a square matrix as a column: n×n becomes n×1. Derivative: back onto the diagonal. */
    public static Node diagonal(Node x) {
        return Node.apply(new DiagonalOps.Diagonal(), x);
    }

    /** A vector, column or row, as the diagonal of a matrix of zeros: n×1 becomes n×n. Derivative: the diagonal. */
    public static Node diagonalMatrix(Node x) {
        Node.requireOperands("diagonalMatrix", x);
        boolean isRow = x.shape().rows().isOne() && !x.shape().columns().isOne();
        return Node.apply(DiagonalOps.DIAGONAL_MATRIX, isRow ? Layout.transpose(x) : x);
    }

    /** The lower triangle with the diagonal; zeros above. Derivative: the same triangle. */
    public static Node lowerTriangle(Node x) {
        return Node.apply(new DiagonalOps.Triangle(true, 1), x);
    }

    /** The upper triangle with the diagonal; zeros below. Derivative: the same triangle. */
    public static Node upperTriangle(Node x) {
        return Node.apply(new DiagonalOps.Triangle(false, 1), x);
    }

    /**
     * The solution {@code X} of {@code a·X = b} for a square matrix, by an LU decomposition with row exchanges.
     *
     * <p>Derivatives {@code db = a⁻ᵀ·dX} and {@code da = −db·Xᵀ}. For a singular matrix every element is NaN; that
     * is no exception.
     *
     * @param a n×n
     * @param b n×k
     */
    public static Node solve(Node a, Node b) {
        return Node.apply(new SolveOps.Solve(false), a, b);
    }

    /**
     * The solution {@code X} of {@code t·X = b}, where only one triangle of {@code t} and its diagonal count.
     *
     * <p>Derivatives {@code db = t⁻ᵀ·dX} and the triangle of {@code −db·Xᵀ}. A zero on the diagonal gives infinite
     * elements or NaN.
     *
     * @param t n×n
     * @param b n×k
     * @param lower whether it is the lower triangle
     */
    public static Node triangularSolve(Node t, Node b, boolean lower) {
        return Node.apply(new SolveOps.TriangularSolve(lower, false), t, b);
    }

    /**
     * The inverse of a square matrix; {@link #solve} is better where the inverse is only multiplied with.
     *
     * <p>Derivative {@code −yᵀ·dy·yᵀ}. For a singular matrix every element is NaN.
     */
    public static Node inverse(Node x) {
        return Node.apply(SolveOps.INVERSE, x);
    }

    /**
     * The determinant of a square matrix, 1×1.
     *
     * <p>Derivative: the matrix of cofactors. First and second derivatives are exact for a singular matrix too; from the
     * third one on they are NaN there, but 0 for a fixed shape of 1×1 or 2×2.
     */
    public static Node determinant(Node x) {
        return Node.apply(DeterminantOps.DETERMINANT, x);
    }

    /**
     * The logarithm of the absolute value of the determinant, 1×1; it neither overflows nor underflows.
     *
     * <p>Derivative {@code x⁻ᵀ}. −∞ for a singular matrix, with a derivative of NaN.
     */
    public static Node logDeterminant(Node x) {
        return Node.apply(SolveOps.LOG_DETERMINANT, x);
    }

    /**
     * The lower triangular {@code L} with {@code L·Lᵀ = x} for a symmetric, positive definite matrix.
     *
     * <p>It is the factor of {@code (x + xᵀ)/2}, and so its derivative is symmetric. NaN if that is not positive
     * definite.
     */
    public static Node cholesky(Node x) {
        return Node.apply(SymmetricOps.CHOLESKY, x);
    }

    /**
     * The eigenvalues of a symmetric matrix as a column, the smallest first.
     *
     * <p>They are those of {@code (x + xᵀ)/2}. Derivative of each: {@code v·vᵀ} with its eigenvector of length 1; for
     * equal eigenvalues it is one of several right answers, and their second derivative leaves out what would be divided
     * by their difference.
     */
    public static Node symmetricEigenvalues(Node x) {
        return Node.apply(SymmetricOps.EIGENVALUES, x);
    }

    /**
     * The eigenvectors of a symmetric matrix as columns of length 1, in the order of {@link #symmetricEigenvalues}; the
     * largest component of each is positive.
     *
     * <p>They are those of {@code (x + xᵀ)/2}. With equal eigenvalues they are not unique, and what would be divided by
     * the difference is left out of the derivative.
     */
    public static Node symmetricEigenvectors(Node x) {
        return Node.apply(SymmetricOps.EIGENVECTORS, x);
    }
}
