package org.gradgraph.graph;

import java.util.List;

/**
 * Decompositions of symmetric matrices.
 *
 * <p>All are functions of {@code (A + Aᵀ)/2}, so their derivatives are symmetric and are those of what is computed.
 */
final class SymmetricOps {
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
     * <p>Those of equal eigenvalues are not unique; within such a group the derivative is taken as 0.
     */
    static final Op EIGENVECTORS = new Routine(
            "symmetricEigenvectors",
            Operands::squareMatrix,
            (inputs, out) -> Decompositions.eigen(inputs.get(0), null, out),
            (inputs, y, dy) -> {
                Node a = inputs.get(0);
                Shape square = a.shape();
                Node values = Node.apply(SymmetricOps.EIGENVALUES, a);
                Node gaps = values.transpose().broadcastTo(square).minus(values.broadcastTo(square));
                Node rotation = LinearAlgebra.matmul(y, dy, true, false);
                Node weighed = Node.apply(Arithmetic.QUOTIENT_OR_ZERO, rotation, gaps);
                return List.of(symmetric(LinearAlgebra.matmul(LinearAlgebra.matmul(y, weighed), y, false, true)));
            });

    static Node symmetric(Node a) {
        return a.plus(a.transpose()).times(0.5);
    }
}
