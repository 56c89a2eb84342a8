package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

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

    /**
     * {@return the matrix product, m×k times k×n}
     *
     * @param a m×k
     * @param b k×n
     */
    public static Node matmul(Node a, Node b) {
        return matmul(a, b, false, false);
    }

    /**
     * {@return the matrix product of two operands, each of them optionally transposed; no transpose is materialised}
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
     * {@return the inner product of two matrices of the same shape, usually vectors: {@code Σ a⊙b}, 1×1}
     *
     * <p>Derivatives {@code b} and {@code a}. Nothing is broadcast.
     *
     * @param a a matrix of any shape
     * @param b a matrix of the same shape
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
     * {@return the outer product of two vectors, each a column or a row: element (i, j) is {@code a[i]·b[j]}}
     *
     * <p>Derivatives {@code dy·b} and {@code dyᵀ·a}.
     *
     * @param a a vector of m elements
     * @param b a vector of n elements
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

    /**
     * {@return the sum of the diagonal of a square matrix, 1×1} Derivative: the identity.
     *
     * @param x n×n
     */
    public static Node trace(Node x) {
        return Reductions.sum(diagonal(x));
    }

    /**
     * {@return the diagonal of a square matrix as a column: n×n becomes n×1} Derivative: back onto the diagonal.
     *
     * @param x n×n
     */
    public static Node diagonal(Node x) {
        return Node.apply(new DiagonalOps.Diagonal(), x);
    }

    /**
     * {@return a matrix of zeros with a vector, column or row, as its diagonal: n×1 becomes n×n} Derivative: the
     * diagonal.
     *
     * @param x n×1 or 1×n
     */
    public static Node diagonalMatrix(Node x) {
        Node.requireOperands("diagonalMatrix", x);
        boolean isRow = x.shape().rows().isOne() && !x.shape().columns().isOne();
        return Node.apply(DiagonalOps.DIAGONAL_MATRIX, isRow ? Layout.transpose(x) : x);
    }

    /**
     * {@return the lower triangle with the diagonal; zeros above} Derivative: the same triangle.
     *
     * @param x a matrix of any shape
     */
    public static Node lowerTriangle(Node x) {
        return Node.apply(new DiagonalOps.Triangle(true, 1), x);
    }

    /**
     * {@return the upper triangle with the diagonal; zeros below} Derivative: the same triangle.
     *
     * @param x a matrix of any shape
     */
    public static Node upperTriangle(Node x) {
        return Node.apply(new DiagonalOps.Triangle(false, 1), x);
    }

    /**
     * {@return the solution {@code X} of {@code a·X = b} for a square matrix, by an LU decomposition with row
     * exchanges}
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
     * {@return the solution {@code X} of {@code t·X = b}, where only one triangle of {@code t} and its diagonal count}
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
     * {@return the inverse of a square matrix; {@link #solve} is better where the inverse is only multiplied with}
     *
     * <p>Derivative {@code −yᵀ·dy·yᵀ}. For a singular matrix every element is NaN.
     *
     * @param x n×n
     */
    public static Node inverse(Node x) {
        return Node.apply(SolveOps.INVERSE, x);
    }

    /**
     * {@return the determinant of a square matrix, 1×1}
     *
     * <p>Derivative: the matrix of cofactors. First and second derivatives are exact for a singular matrix too; from the
     * third one on they are NaN there, but 0 for a fixed shape of 1×1 or 2×2.
     *
     * @param x n×n
     */
    public static Node determinant(Node x) {
        return Node.apply(DeterminantOps.DETERMINANT, x);
    }

    /**
     * {@return the logarithm of the absolute value of the determinant, 1×1; it neither overflows nor underflows}
     *
     * <p>Derivative {@code x⁻ᵀ}. −∞ for a singular matrix, with a derivative of NaN.
     *
     * @param x n×n
     */
    public static Node logDeterminant(Node x) {
        return Node.apply(SolveOps.LOG_DETERMINANT, x);
    }

    /**
     * {@return the lower triangular {@code L} with {@code L·Lᵀ = x} for a symmetric, positive definite matrix}
     *
     * <p>It is the factor of {@code (x + xᵀ)/2}, and so its derivative is symmetric. NaN if that is not positive
     * definite.
     *
     * @param x n×n
     */
    public static Node cholesky(Node x) {
        return Node.apply(SymmetricOps.CHOLESKY, x);
    }

    /**
     * {@return the eigenvalues of a symmetric matrix as a column, the smallest first}
     *
     * <p>They are those of {@code (x + xᵀ)/2}. Derivative of each: {@code v·vᵀ} with its eigenvector of length 1; for
     * equal eigenvalues it is one of several right answers, and their second derivative leaves out what would be divided
     * by their difference.
     *
     * @param x n×n
     */
    public static Node symmetricEigenvalues(Node x) {
        return Node.apply(SymmetricOps.EIGENVALUES, x);
    }

    /**
     * {@return the eigenvectors of a symmetric matrix as columns of length 1, in the order of
     * {@link #symmetricEigenvalues}; the largest component of each is positive}
     *
     * <p>They are those of {@code (x + xᵀ)/2}. Those of equal eigenvalues are not unique and have no derivative. The gradient of a cost
     * that depends on them is NaN there; a cost that takes only the other ones has its gradient. {@code V·diag(f(λ))·Vᵀ} does
     * not depend on the choice: see {@link #symmetricFunction}.
     *
     * @param x n×n
     */
    public static Node symmetricEigenvectors(Node x) {
        return Node.apply(SymmetricOps.EIGENVECTORS, x);
    }

    /**
     * {@return a function of a symmetric matrix, {@code V·diag(f(λ))·Vᵀ} with eigenvalues λ and eigenvectors V of {@code (x + xᵀ)/2}}
     *
     * <p>Derivatives of every order are right where eigenvalues coincide if the function is made of elementwise operations, numbers and
     * 1×1 nodes, such as {@code exp(−t·λ)/sum(exp(−t·λ))}; one of order k takes n<sup>k + 1</sup> steps. For another function
     * that treats equal eigenvalues alike, the gradient is right there and the second derivative NaN.
     *
     * <p>A program recognises that product where it is composed of {@link #symmetricEigenvalues} and {@link
     * #symmetricEigenvectors}.
     *
     * <pre>{@code
     * Node inverseRoot = LinearAlgebra.symmetricFunction(a, lambda -> lambda.sqrt().reciprocal());
     * }</pre>
     *
     * @param x n×n
     * @param f gives, for the eigenvalues as a column, a column of as many weights
     */
    public static Node symmetricFunction(Node x, UnaryOperator<Node> f) {
        Require.given(f, "symmetricFunction: the function of the eigenvalues");
        Node weights = Require.given(f.apply(symmetricEigenvalues(x)), "symmetricFunction: the weights");
        Node known = EigenvalueFunction.applied("symmetricFunction", x, weights, Node.constant(1));
        return known == null ? Node.apply(new SpectralOps.SpectralProduct(), x, weights) : known;
    }

    /**
     * {@return the exponential of a symmetric matrix, of {@code (x + xᵀ)/2}; it is not the one of each element}
     *
     * <p>Derivatives of every order are right where eigenvalues coincide; one of order k takes n<sup>k + 1</sup> steps.
     *
     * @param x m×n
     */
    public static Node symmetricExp(Node x) {
        return ofEigenvalues("symmetricExp", x, Elementary::exp);
    }

    /**
     * {@return the logarithm of a symmetric, positive definite matrix, else NaN; otherwise as {@link #symmetricExp}}
     *
     * @param x m×n
     */
    public static Node symmetricLog(Node x) {
        return ofEigenvalues("symmetricLog", x, Elementary::log);
    }

    /**
     * {@return the symmetric root of a symmetric matrix, NaN if an eigenvalue is negative; otherwise as {@link #symmetricExp}}
     *
     * @param x m×n
     */
    public static Node symmetricSqrt(Node x) {
        return ofEigenvalues("symmetricSqrt", x, Elementary::sqrt);
    }

    /**
     * {@return a power of a symmetric matrix, such as −0.5 for the inverse of its root; otherwise as {@link #symmetricExp}}
     *
     * @param x m×n
     * @param exponent any number
     */
    public static Node symmetricPower(Node x, double exponent) {
        return ofEigenvalues(Labels.call("symmetricPower", exponent), x, lambda -> Arithmetic.power(lambda, exponent));
    }

    private static Node ofEigenvalues(String name, Node x, UnaryOperator<Node> f) {
        Node weights = f.apply(symmetricEigenvalues(x));
        return Objects.requireNonNull(EigenvalueFunction.applied(name, x, weights, Node.constant(1)));
    }
}
