package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;

/**
 * Decompositions of symmetric matrices.
 *
 * <p>All are functions of {@code (A + Aᵀ)/2}, so their derivatives are symmetric and are those of what is computed.
 *
 * <pre>{@code
 * boolean isEigenvectors = node.op().orElse(null) == SymmetricOps.EIGENVECTORS;
 * }</pre>
 */
public final class SymmetricOps {
    private SymmetricOps() {}

    /**
     * The lower triangular {@code L} with {@code L·Lᵀ = A}; NaN if the matrix is not positive definite.
     *
     * <p>With Φ, the lower triangle with half the diagonal: dA is the symmetric part of L⁻ᵀ·Φ(Lᵀ·dL)·L⁻¹.
     */
    static final Op CHOLESKY = new Routine(
            "cholesky",
            Operands::squareMatrix,
            (inputs, out) -> Decompositions.cholesky(inputs.get(0), out),
            (inputs, y, dy) -> {
                Node lowerOnly = Node.apply(new DiagonalOps.Triangle(true, 1), dy);
                Node phi = Node.apply(
                        new DiagonalOps.Triangle(true, 0.5), LinearAlgebra.matmul(y, lowerOnly, true, false));
                Op fromLeft = new SolveOps.TriangularSolve(true, true);
                Node left = Node.apply(fromLeft, y, phi);
                return List.of(symmetric(Node.apply(fromLeft, y, left.transpose())));
            },
            "the matrix is not positive definite; add a small multiple of the identity");

    /**
     * The eigenvalues as a column, the smallest first; the derivative of each is v·vᵀ.
     *
     * <p>Equal eigenvalues have no derivative of their own: they get one of the right answers. A function in which they
     * are exchangeable, such as their sum, has the right first and second derivative there too; where a derivative of
     * higher order does not exist or is not known, it is NaN.
     */
    static final Op EIGENVALUES = new Routine(
            "symmetricEigenvalues",
            inputs -> Shape.of(Operands.square(Operands.only(inputs)), Dim.of(1)),
            (inputs, out) -> Decompositions.eigen(inputs.get(0), out, null),
            (inputs, y, dy) -> List.of(SpectralOps.pulledBack(inputs.get(0), dy)),
            SpectralOps.EQUAL_EIGENVALUES);

    /**
     * The eigenvectors as columns of length 1, in the order of {@link #EIGENVALUES}; the largest component of each is
     * positive.
     *
     * <p>Those of equal eigenvalues are not unique, and have no derivative: it is NaN if it would count, see {@link #ROTATIONS}.
     */
    public static final Op EIGENVECTORS = new Routine(
            "symmetricEigenvectors",
            Operands::squareMatrix,
            (inputs, out) -> Decompositions.eigen(inputs.get(0), null, out),
            (inputs, y, dy) -> {
                Node values = Node.apply(SymmetricOps.EIGENVALUES, inputs.get(0));
                Node rotations = Node.apply(SymmetricOps.ROTATIONS, values, LinearAlgebra.matmul(y, dy, true, false));
                return List.of(LinearAlgebra.matmul(LinearAlgebra.matmul(y, rotations), y, false, true));
            });

    /**
     * {@code (Rᵢⱼ − Rⱼᵢ)/(2·(λⱼ − λᵢ))}, 0 on the diagonal; operands: λ and R, what the eigenvectors of j count along those of i.
     *
     * <p>Where eigenvalues are equal to their rounding error, 0 if neither counts, and else NaN.
     */
    static final Op ROTATIONS = new Routine(
            "eigenvectorRotations",
            inputs -> {
                Operands.require(2, inputs);
                Dim n = Operands.lengthOfVector(inputs.get(0));
                Operands.requireShape(inputs.get(1), Shape.of(n, n));
                return inputs.get(1);
            },
            (inputs, out) -> Eigen.rotations(inputs.get(0).data, inputs.get(1), out),
            (inputs, y, dy) -> {
                Node gaps =
                        Node.apply(SpectralOps.RECIPROCAL_GAPS, inputs.get(0)).negate();
                Node moved = dy.times(y).times(gaps);
                return List.of(
                        Reductions.rowSums(moved).minus(Reductions.rowSums(moved.transpose())),
                        dy.plus(dy.transpose()).times(gaps).times(0.5));
            },
            "equal eigenvalues: their eigenvectors are not unique, and the cost, which depends on them, is not differentiable"
                    + " here; write V·diag(f(λ))·Vᵀ as symmetricFunction, or add different small numbers to the diagonal");

    /**
     * {@code V·diag(left·right)·Vᵀ} for the eigenvectors V of a matrix, differentiable where eigenvalues coincide.
     *
     * @param a the matrix
     * @param left weights, a column or row
     * @param right the same, or 1; only one of both may be something else than a function of each eigenvalue alone
     * @return empty if both are
     */
    public static Optional<Node> function(Node a, Node left, Node right) {
        Require.given(a, "SymmetricOps.function: the matrix");
        Require.given(left, "SymmetricOps.function: the left weights");
        Require.given(right, "SymmetricOps.function: the right weights");
        Node known = EigenvalueFunction.applied("symmetricFunction", a, left, right);
        if (known != null || !right.shape().isScalar()) {
            return Optional.ofNullable(known);
        }
        Node column = left.shape().columns().isOne() ? left : left.transpose();
        return Optional.of(Node.apply(new SpectralOps.SpectralProduct(), a, column));
    }

    static Node symmetric(Node a) {
        return a.plus(a.transpose()).times(0.5);
    }
}
