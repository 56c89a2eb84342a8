package org.gradgraph.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * What the derivatives of eigenvalues are made of, right where eigenvalues coincide.
 *
 * <p>With {@code A = V·diag(λ)·Vᵀ}, the derivative of a function of the eigenvalues is {@code V·diag(w)·Vᵀ}, where
 * {@code w} are its derivatives by each of them. Equal eigenvalues with equal weights leave {@code V} a choice, which
 * does not show in that product but in its own derivative: there the eigenvectors are those that also diagonalise the
 * direction in which {@code A} moves.
 */
final class SpectralOps {
    /** What to do about a derivative that is NaN. */
    static final String EQUAL_EIGENVALUES =
            "equal eigenvalues have no derivative of this kind; add different small numbers to the diagonal, or use a"
                    + " function in which they are exchangeable, such as their sum";

    private SpectralOps() {}

    /** The cotangent of the matrix, given the cotangent of its eigenvalues. */
    static Node pulledBack(Node a, Node dy) {
        Set<List<Node>> own = new LinkedHashSet<>();
        boolean others = false;
        for (Node node : Graph.of(dy).nodes()) {
            if (node.op().orElse(null) == SpectralOps.SLOPES) {
                List<Node> in = node.inputs();
                boolean isOwn = in.get(0).equals(a.itself());
                others |= !isOwn;
                if (isOwn) {
                    own.add(List.of(in.get(1), in.get(2)));
                }
            }
        }
        if (own.size() == 1) {
            List<Node> along = own.iterator().next();
            return Node.apply(SpectralOps.SPECTRAL_ALONG, a, dy, along.get(0), along.get(1));
        }
        return Node.apply(new Spectral(others || own.size() > 1), a, dy);
    }

    /** {@code V·diag(w)·Vᵀ} for the eigenvectors {@code V} of the first operand and the weights {@code w}, the second. */
    record SpectralProduct() implements Composite {
        @Override
        public String name() {
            return "spectralProduct";
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            return textbook(inputs);
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return squareAndColumn(inputs, 2);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node vectors = Node.apply(SymmetricOps.EIGENVECTORS, inputs.get(0));
            return LinearAlgebra.matmul(vectors.times(inputs.get(1).transpose()), vectors, false, true);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return slopes(inputs, dy);
        }
    }

    /**
     * The same for cotangents, with one decomposition for both.
     *
     * @param strict whether equal eigenvalues with different weights give NaN, instead of one of the right answers
     */
    record Spectral(boolean strict) implements Kernel {
        @Override
        public String name() {
            return strict ? "spectralOrNaN" : "spectral";
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            return textbook(inputs);
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return squareAndColumn(inputs, 2);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Eigen eigen = Eigen.of(inputs.get(0));
            DMatrixRMaj weights = inputs.get(1);
            eigen.compose(weights, out);
            if (strict && eigen.hasTieOfDifferent(weights)) {
                CommonOps_DDRM.fill(out, Double.NaN);
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return slopes(inputs, dy);
        }
    }

    /** {@code V·diag(d)·Vᵀ} for the eigenvectors V. */
    private static Optional<Node> textbook(List<Node> inputs) {
        Node vectors = LinearAlgebra.symmetricEigenvectors(inputs.get(0));
        return Optional.of(
                vectors.matmul(LinearAlgebra.diagonalMatrix(inputs.get(1))).matmul(vectors.transpose()));
    }

    private static List<Node> slopes(List<Node> inputs, Node dy) {
        Node a = inputs.get(0);
        Node weights = inputs.get(1);
        Node lambda = Node.apply(SymmetricOps.EIGENVALUES, a);
        Node differences = Node.apply(SpectralOps.DIVIDED_DIFFERENCES, lambda, weights);
        return List.of(turned(a, differences, dy), Node.apply(SpectralOps.SLOPES, a, weights, dy, dy));
    }

    /**
     * {@code V·diag(d)·Vᵀ} as {@link Spectral}; among eigenvectors of equal eigenvalues with equal weights, those are
     * taken that diagonalise the direction.
     *
     * <p>Operands: the matrix, {@code d}, the weights, the direction.
     *
     * <p>Right for different eigenvalues; equal ones give NaN, because a third derivative needs more than is known.
     */
    static final Op SPECTRAL_ALONG = new Routine(
            "spectralAlong",
            inputs -> {
                Shape a = squareAndColumn(inputs, 4);
                Operands.requireShape(inputs.get(2), inputs.get(1));
                Operands.requireShape(inputs.get(3), a);
                return a;
            },
            (inputs, out) ->
                    Eigen.of(inputs.get(0)).along(inputs.get(2), inputs.get(3)).compose(inputs.get(1), out),
            (inputs, y, dy) -> {
                Node a = inputs.get(0);
                Node weights = inputs.get(2);
                Node direction = inputs.get(3);
                return List.of(
                        turned(a, quotients(a, inputs.get(1)), dy),
                        Node.apply(SpectralOps.SLOPES, a, weights, direction, dy),
                        Constants.zeros(weights.shape()),
                        Constants.zeros(direction.shape()));
            });

    /**
     * The diagonal of {@code Vᵀ·M·V}, with the eigenvectors of {@link #SPECTRAL_ALONG}: how fast the eigenvalues change when
     * the matrix moves by {@code M}.
     *
     * <p>Operands: the matrix, the weights, the direction, {@code M}.
     *
     * <p>Right for different eigenvalues; equal ones give NaN, as in {@link #SPECTRAL_ALONG}.
     */
    static final Op SLOPES = new Routine(
            "eigenvalueSlopes",
            inputs -> {
                Shape a = squareAndColumn(inputs, 4);
                Operands.requireShape(inputs.get(2), a);
                Operands.requireShape(inputs.get(3), a);
                return inputs.get(1);
            },
            (inputs, out) ->
                    Eigen.of(inputs.get(0)).along(inputs.get(1), inputs.get(2)).diagonal(inputs.get(3), out),
            (inputs, y, dy) -> {
                Node a = inputs.get(0);
                Node weights = inputs.get(1);
                Node direction = inputs.get(2);
                return List.of(
                        turned(a, quotients(a, dy), inputs.get(3)),
                        Constants.zeros(weights.shape()),
                        Constants.zeros(direction.shape()),
                        Node.apply(SpectralOps.SPECTRAL_ALONG, a, dy, weights, direction));
            });

    /**
     * {@code (wᵢ − wⱼ)/(λᵢ − λⱼ)}, and 0 where eigenvalues and weights are equal; operands: λ, w.
     *
     * <p>NaN where eigenvalues are equal and weights are not.
     */
    static final Op DIVIDED_DIFFERENCES = new Routine(
            "dividedDifferences",
            inputs -> {
                Operands.require(2, inputs);
                Dim n = Operands.lengthOfVector(inputs.get(0));
                Operands.requireShape(inputs.get(1), inputs.get(0));
                return Shape.of(n, n);
            },
            (inputs, out) -> {
                int n = out.numRows;
                double[] lambda = inputs.get(0).data;
                double[] weights = inputs.get(1).data;
                int[] groups = Eigen.groups(n, lambda, weights);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        double gap = lambda[i] - lambda[j];
                        double quotient = gap == 0 ? Double.NaN : (weights[i] - weights[j]) / gap;
                        out.data[i * n + j] = groups[i] == groups[j] ? 0 : quotient;
                    }
                }
            },
            (inputs, y, dy) -> {
                Node gaps = Node.apply(SpectralOps.RECIPROCAL_GAPS, inputs.get(0));
                Node both = dy.plus(dy.transpose()).times(gaps);
                return List.of(Reductions.rowSums(both.times(y)).negate(), Reductions.rowSums(both));
            },
            EQUAL_EIGENVALUES);

    /** {@code 1/(λᵢ − λⱼ)}, and 0 on the diagonal. */
    static final Op RECIPROCAL_GAPS = new Routine(
            "reciprocalGaps",
            inputs -> {
                Dim n = Operands.lengthOfVector(Operands.only(inputs));
                return Shape.of(n, n);
            },
            (inputs, out) -> {
                double[] lambda = inputs.get(0).data;
                int n = out.numRows;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        out.data[i * n + j] = i == j ? 0 : 1 / (lambda[i] - lambda[j]);
                    }
                }
            },
            (inputs, y, dy) ->
                    List.of(Reductions.rowSums(dy.transpose().minus(dy).times(y.square()))));

    /** {@code V·(K⊙(Vᵀ·M·V))·Vᵀ}, symmetric. */
    private static Node turned(Node a, Node factors, Node m) {
        Node v = Node.apply(SymmetricOps.EIGENVECTORS, a);
        Node rotated = LinearAlgebra.matmul(LinearAlgebra.matmul(v, m, true, false), v);
        return SymmetricOps.symmetric(
                LinearAlgebra.matmul(LinearAlgebra.matmul(v, rotated.times(factors)), v, false, true));
    }

    private static Node quotients(Node a, Node weights) {
        Node lambda = Node.apply(SymmetricOps.EIGENVALUES, a);
        Node columns = weights.broadcastTo(a.shape());
        return columns.minus(columns.transpose()).times(Node.apply(SpectralOps.RECIPROCAL_GAPS, lambda));
    }

    private static Shape squareAndColumn(List<Shape> inputs, int operands) {
        Operands.require(operands, inputs);
        Operands.requireShape(inputs.get(1), Shape.of(Operands.square(inputs.get(0)), Dim.of(1)));
        return inputs.get(0);
    }
}
