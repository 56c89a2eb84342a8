package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Linear systems, inverses and the logarithm of a determinant.
 *
 * <p>A singular matrix, or one that is not finite, is no exception: every element of the answer is NaN then.
 *
 * <pre>{@code
 * boolean isInverse = node.op().orElse(null) == SolveOps.INVERSE;
 * }</pre>
 */
public final class SolveOps {
    private SolveOps() {}

    /**
     * The solution of {@code A·X = B}.
     *
     * @param transposed whether {@code Aᵀ} is taken instead of {@code A}
     */
    record Solve(boolean transposed) implements Kernel {
        @Override
        public String name() {
            return "solve";
        }

        @Override
        public String label() {
            return transposed ? "solve(aᵀ, b)" : name();
        }

        @Override
        public String nonFiniteAdvice() {
            return "the matrix is singular, or too near to it; check for equal or dependent rows, or add a small multiple"
                    + " of the identity";
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            return Optional.of(
                    LinearAlgebra.matmul(LinearAlgebra.inverse(inputs.get(0)), inputs.get(1), transposed, false));
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return operand == 1 && lanes == Over.EACH_COLUMN ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return shapeOfSolution(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Decompositions.solve(inputs.get(0), transposed, inputs.get(1), out);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node db = Node.apply(new Solve(!transposed), inputs.get(0), dy);
            Node da = transposed ? LinearAlgebra.matmul(y, db, false, true) : LinearAlgebra.matmul(db, y, false, true);
            return List.of(da.negate(), db);
        }
    }

    /**
     * The solution of {@code T·X = B} for one triangle of a matrix; the other triangle is not looked at.
     *
     * @param lower whether it is the lower triangle
     * @param transposed whether the transpose of the triangle is taken
     */
    record TriangularSolve(boolean lower, boolean transposed) implements Kernel {
        @Override
        public String name() {
            return "triangularSolve";
        }

        @Override
        public String label() {
            String triangle = lower ? "lower" : "upper";
            return name() + "(" + triangle + (transposed ? "ᵀ)" : ")");
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return operand == 1 && lanes == Over.EACH_COLUMN ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return shapeOfSolution(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] t = inputs.get(0).data;
            int n = out.numRows;
            int m = out.numCols;
            System.arraycopy(inputs.get(1).data, 0, out.data, 0, n * m);
            boolean downwards = lower != transposed;
            for (int k = 0; k < n; k++) {
                int i = downwards ? k : n - 1 - k;
                for (int j = downwards ? 0 : i + 1; j < (downwards ? i : n); j++) {
                    subtract(transposed ? t[j * n + i] : t[i * n + j], out.data, j * m, i * m, m);
                }
                for (int c = 0; c < m; c++) {
                    out.data[i * m + c] /= t[i * n + i];
                }
            }
        }

        private static void subtract(double factor, double[] x, int from, int to, int n) {
            for (int c = 0; c < n; c++) {
                x[to + c] -= factor * x[from + c];
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node db = Node.apply(new TriangularSolve(lower, !transposed), inputs.get(0), dy);
            Node full =
                    transposed ? LinearAlgebra.matmul(y, db, false, true) : LinearAlgebra.matmul(db, y, false, true);
            return List.of(Node.apply(new DiagonalOps.Triangle(lower, 1), full).negate(), db);
        }
    }

    /** The inverse. */
    public static final Op INVERSE = new Routine(
            "inverse",
            Operands::squareMatrix,
            (inputs, out) -> Decompositions.inverse(inputs.get(0), out),
            (inputs, y, dy) -> List.of(LinearAlgebra.matmul(LinearAlgebra.matmul(y, dy, true, false), y, false, true)
                    .negate()),
            new Notation.Superscript("⁻¹", "-1"));

    /** The logarithm of the absolute value of the determinant; −∞ for a singular matrix. */
    static final Op LOG_DETERMINANT = new Routine(
            "logDeterminant",
            inputs -> {
                Operands.square(Operands.only(inputs));
                return Shape.SCALAR;
            },
            (inputs, out) -> out.data[0] = Decompositions.logDeterminant(inputs.get(0)),
            (inputs, y, dy) ->
                    List.of(dy.times(LinearAlgebra.inverse(inputs.get(0)).transpose())));

    private static Shape shapeOfSolution(List<Shape> inputs) {
        Operands.require(2, inputs);
        Dim n = Operands.square(inputs.get(0));
        if (!inputs.get(1).rows().equals(n)) {
            throw new ShapeException(
                    "the matrix has " + n + " rows, the right-hand side "
                            + inputs.get(1).rows(),
                    "give a right-hand side with as many rows as the matrix");
        }
        return inputs.get(1);
    }
}
