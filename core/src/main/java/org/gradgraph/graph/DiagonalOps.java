package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Operations that read or write diagonals and triangles.
 *
 * <pre>{@code
 * boolean isDiagonal = node.op().orElse(null) == DiagonalOps.DIAGONAL_MATRIX;
 * }</pre>
 */
public final class DiagonalOps {
    private DiagonalOps() {}

    /** The diagonal of a square matrix as a column. */
    record Diagonal() implements View {
        @Override
        public String name() {
            return "diagonal";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Shape.of(Operands.square(Operands.only(inputs)), Dim.of(1));
        }

        @Override
        public Strides strides(int rows, int columns) {
            return new Strides(0, columns + 1, 0);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(DiagonalOps.DIAGONAL_MATRIX, dy));
        }
    }

    /** A column as the diagonal of a square matrix of zeros. */
    public static final Op DIAGONAL_MATRIX = new Routine(
            "diagonalMatrix",
            inputs -> {
                Shape x = Operands.only(inputs);
                if (!x.columns().isOne()) {
                    throw new ShapeException(x + " is not a column", "give the diagonal as one column");
                }
                return Shape.of(x.rows(), x.rows());
            },
            (inputs, out) -> {
                int n = out.numRows;
                Arrays.fill(out.data, 0, n * n, 0);
                for (int i = 0; i < n; i++) {
                    out.data[i * n + i] = inputs.get(0).data[i];
                }
            },
            (inputs, y, dy) -> List.of(Node.apply(new Diagonal(), dy)));

    /**
     * One triangle of a matrix and its diagonal times a number; zeros elsewhere.
     *
     * @param lower whether it is the lower triangle
     * @param onDiagonal what the diagonal is multiplied by
     */
    public record Triangle(boolean lower, double onDiagonal) implements Kernel {
        @Override
        public String name() {
            return lower ? "lowerTriangle" : "upperTriangle";
        }

        @Override
        public String label() {
            return onDiagonal == 1 ? name() : name() + "(" + Labels.number(onDiagonal) + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] x = inputs.get(0).data;
            int n = out.numCols;
            for (int i = 0; i < out.numRows; i++) {
                for (int j = 0; j < n; j++) {
                    int k = i * n + j;
                    boolean inside = lower ? j < i : j > i;
                    out.data[k] = inside ? x[k] : i == j && onDiagonal != 0 ? onDiagonal * x[k] : 0;
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(this, dy));
        }
    }
}
