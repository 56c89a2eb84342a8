package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Blocks of one size, side by side or one below the other: two orders of the same numbers. */
final class BlockOrder {
    private BlockOrder() {}

    /**
     * Blocks of columns, put one below the other; the adjoint of {@link Beside}.
     *
     * @param width the columns of one block
     */
    record Below(Dim width) implements Kernel {
        @Override
        public String name() {
            return "blocksBelow";
        }

        @Override
        public String label() {
            return "blocksBelow(" + width + ")";
        }

        @Override
        public int copiedOperands() {
            return 1;
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape x = Operands.only(inputs);
            return Shape.of(x.rows().times(x.columns().dividedBy(width)), width);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            copy(inputs.get(0), out, true);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Beside(inputs.get(0).shape().rows()), dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Below(Dim.of(width.size(sizes)));
        }
    }

    /**
     * Blocks of rows, put side by side; the adjoint of {@link Below}.
     *
     * @param height the rows of one block
     */
    record Beside(Dim height) implements Kernel {
        @Override
        public String name() {
            return "blocksBeside";
        }

        @Override
        public String label() {
            return "blocksBeside(" + height + ")";
        }

        @Override
        public int copiedOperands() {
            return 1;
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape x = Operands.only(inputs);
            return Shape.of(height, x.columns().times(x.rows().dividedBy(height)));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            copy(out, inputs.get(0), false);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Below(inputs.get(0).shape().columns()), dy));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Beside(Dim.of(height.size(sizes)));
        }
    }

    private static void copy(DMatrixRMaj beside, DMatrixRMaj below, boolean down) {
        int rows = beside.numRows;
        int width = below.numCols;
        for (int i = 0; i < rows; i++) {
            for (int block = 0; block < beside.numCols / width; block++) {
                int there = i * beside.numCols + block * width;
                int here = (block * rows + i) * width;
                if (down) {
                    System.arraycopy(beside.data, there, below.data, here, width);
                } else {
                    System.arraycopy(below.data, here, beside.data, there, width);
                }
            }
        }
    }
}
