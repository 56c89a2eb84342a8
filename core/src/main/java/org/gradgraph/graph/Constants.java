package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Matrices that no input changes, and numbers known from the shapes.
 *
 * <pre>{@code
 * Node h0 = Constants.zeros(Shape.of(8, 1));
 * Node examples = Constants.size(m);
 * }</pre>
 */
@CheckReturnValue
public final class Constants {
    private Constants() {}

    /**
     * {@return a matrix of zeros}
     *
     * @param shape the shape of the result
     */
    public static Node zeros(Shape shape) {
        return Layout.broadcast(Node.constant(0), shape);
    }

    /**
     * {@return a matrix of ones}
     *
     * @param shape the shape of the result
     */
    public static Node ones(Shape shape) {
        return Layout.broadcast(Node.constant(1), shape);
    }

    /**
     * {@return the identity matrix of n rows and columns}
     *
     * @param n the number of rows and columns
     */
    public static Node identity(int n) {
        return identity(Dim.of(n));
    }

    /**
     * {@return the identity matrix of a size that may be symbolic}
     *
     * @param n the number of rows and columns
     */
    public static Node identity(Dim n) {
        Require.given(n, "identity: the number of rows");
        return LinearAlgebra.diagonalMatrix(ones(Shape.of(n, Dim.of(1))));
    }

    /**
     * {@return a number known from the shapes, such as the number of examples {@code m}, 1×1; it has no derivative}
     *
     * @param dim a fixed or symbolic side
     */
    public static Node size(Dim dim) {
        return Node.apply(new Constants.Size(Require.given(dim, "size: the dimension")));
    }

    /**
     * A number known from the shapes, such as the number of examples.
     *
     * @param dim the number
     */
    public record Size(Dim dim) implements Kernel {
        /**
         * Refuses null.
         *
         * @param dim the number
         */
        public Size {
            Require.given(dim, "size: the dimension");
        }

        @Override
        public String name() {
            return "size";
        }

        @Override
        public String label() {
            return "size(" + dim + ")";
        }

        @Override
        public String symbol() {
            return dim.toString();
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(0, inputs);
            return Shape.SCALAR;
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            out.data[0] = dim.size();
        }

        @Override
        public Notation notation() {
            return new Notation.Symbol(
                    dim.toString(), dim.toString().replace("·", " \\cdot ").replace("−", "-"));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of();
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Size(Dim.of(dim.size(sizes)));
        }
    }
}
