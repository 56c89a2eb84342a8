package org.gradgraph.graph;

import java.util.List;

/**
 * The determinant and its derivatives, exact for singular matrices too.
 */
final class DeterminantOps {
    private DeterminantOps() {}

    /** The determinant; its derivative is the matrix of {@link #COFACTORS}. */
    static final Op DETERMINANT = new Routine(
            "determinant",
            inputs -> {
                Operands.square(Operands.only(inputs));
                return Shape.SCALAR;
            },
            (inputs, out) -> out.data[0] = Decompositions.determinant(inputs.get(0)),
            (inputs, y, dy) -> {
                Node a = inputs.get(0);
                return List.of(dy.broadcastTo(a.shape()).times(Node.apply(DeterminantOps.COFACTORS, a)));
            });

    /** The matrix of cofactors, {@code det(A)·A⁻ᵀ} for an invertible matrix; its derivative is {@link #COFACTOR_SLOPE}. */
    static final Op COFACTORS = new Routine(
                    "cofactors",
                    Operands::squareMatrix,
                    (inputs, out) -> SingularValues.of(inputs.get(0)).cofactors(out),
                    (inputs, y, dy) -> List.of(Node.apply(DeterminantOps.COFACTOR_SLOPE, inputs.get(0), dy)))
            .textbook(a -> LinearAlgebra.determinant(a)
                    .broadcastTo(a.shape())
                    .times(LinearAlgebra.inverse(a).transpose()));

    /**
     * How the {@link #COFACTORS} of the first operand change when it moves by the second one; its own adjoint.
     *
     * <p>For an invertible matrix that is {@code (Σ S⊙C)·A⁻ᵀ − A⁻ᵀ·Sᵀ·C}. Its derivative by the matrix, the third one of
     * the determinant, is made with the inverse: NaN for a singular matrix, unless a fixed shape says that it is 0.
     */
    static final Op COFACTOR_SLOPE = new Routine(
            "cofactorSlope",
            inputs -> {
                Operands.require(2, inputs);
                Shape a = inputs.get(0);
                Operands.square(a);
                Operands.requireShape(inputs.get(1), a);
                return a;
            },
            (inputs, out) -> SingularValues.of(inputs.get(0)).cofactorSlope(inputs.get(1), out),
            (inputs, y, dy) -> {
                Node a = inputs.get(0);
                Node s = inputs.get(1);
                return List.of(third(a, s, dy), Node.apply(DeterminantOps.COFACTOR_SLOPE, a, dy));
            });

    /**
     * The derivative of {@code det·(tr P·tr Q − tr PQ)} with {@code P = A⁻¹·S} and {@code Q = A⁻¹·G}; that of
     * {@code A⁻¹} is {@code −A⁻¹·dA·A⁻¹}.
     */
    private static Node third(Node a, Node s, Node g) {
        Dim n = a.shape().rows();
        if (n.isFixed() && n.size() <= 2) {
            return Constants.zeros(a.shape());
        }
        Node inverse = LinearAlgebra.inverse(a);
        Node p = LinearAlgebra.matmul(inverse, s);
        Node q = LinearAlgebra.matmul(inverse, g);
        Node pq = LinearAlgebra.matmul(p, q);
        Node qp = LinearAlgebra.matmul(q, p);
        Node rest = LinearAlgebra.trace(p).times(LinearAlgebra.trace(q)).minus(LinearAlgebra.trace(pq));
        Node turned = pq.plus(qp)
                .minus(p.times(LinearAlgebra.trace(q).broadcastTo(a.shape())))
                .minus(q.times(LinearAlgebra.trace(p).broadcastTo(a.shape())));
        Node inner = LinearAlgebra.matmul(turned, inverse).plus(inverse.times(rest.broadcastTo(a.shape())));
        return inner.transpose().times(LinearAlgebra.determinant(a).broadcastTo(a.shape()));
    }
}
