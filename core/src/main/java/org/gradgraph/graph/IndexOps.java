package org.gradgraph.graph;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Op.GradientFlow;

/**
 * Operations that look up rows by number.
 *
 * <p>Numbers of rows are whole and counted from 0. One that is NaN or infinite gives NaN; any other that is not the
 * number of a row is an error of the run, because no answer would be right.
 */
final class IndexOps {
    private IndexOps() {}

    /** The rows of the first operand whose numbers the second one holds, in that order. */
    static final Op GATHER_ROWS = new Routine(
                    "gatherRows",
                    inputs -> {
                        Operands.require(2, inputs);
                        return Shape.of(
                                Operands.lengthOfVector(inputs.get(1)),
                                inputs.get(0).columns());
                    },
                    (inputs, out) -> {
                        DMatrixRMaj x = inputs.get(0);
                        int n = x.numCols;
                        for (int i = 0; i < out.numRows; i++) {
                            int row = row(inputs.get(1), i, x.numRows, "row");
                            if (row < 0) {
                                Arrays.fill(out.data, i * n, (i + 1) * n, Double.NaN);
                            } else {
                                System.arraycopy(x.data, row * n, out.data, i * n, n);
                            }
                        }
                    },
                    (inputs, y, dy) -> {
                        Node index = inputs.get(1);
                        Dim rows = inputs.get(0).shape().rows();
                        return List.of(Node.apply(new ScatterAddRows(rows), dy, index), Constants.zeros(index.shape()));
                    })
            .copying()
            .keepingApart(
                    (operand, lanes) -> operand == 1 ? Over.EACH_ROW : lanes == Over.EACH_COLUMN ? lanes : Over.ALL);

    /**
     * The adjoint of {@link #GATHER_ROWS}: a matrix of zeros to which each row of the first operand is added at the row
     * whose number the second one holds.
     *
     * @param rows the number of rows of the result
     */
    record ScatterAddRows(Dim rows) implements Kernel {
        @Override
        public String name() {
            return "scatterAddRows";
        }

        @Override
        public String label() {
            return "scatterAddRows(" + rows + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Shape x = inputs.get(0);
            Dim length = Operands.lengthOfVector(inputs.get(1));
            if (!length.equals(x.rows())) {
                throw new ShapeException(
                        x.rows() + " rows and " + length + " row numbers", "give one number for each row");
            }
            return Shape.of(rows, x.columns());
        }

        /** A row that goes nowhere must not vanish: every element is NaN then. */
        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            int n = x.numCols;
            Arrays.fill(out.data, 0, out.getNumElements(), 0);
            for (int i = 0; i < x.numRows; i++) {
                int row = row(inputs.get(1), i, out.numRows, "row");
                if (row < 0) {
                    Arrays.fill(out.data, 0, out.getNumElements(), Double.NaN);
                } else {
                    for (int j = 0; j < n; j++) {
                        out.data[row * n + j] += x.data[i * n + j];
                    }
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node index = inputs.get(1);
            return List.of(Node.apply(IndexOps.GATHER_ROWS, dy, index), Constants.zeros(index.shape()));
        }

        @Override
        public Op bind(Sizes sizes) {
            return new ScatterAddRows(Dim.of(rows.size(sizes)));
        }
    }

    /**
     * 1 at the place that each number names, 0 elsewhere: a column of them for each number of a row, or a row of them for
     * each number of a column.
     *
     * @param depth how many places there are
     * @param example whether an example is a row or a column
     */
    record OneHot(int depth, Over example) implements Kernel {
        @Override
        public String name() {
            return "oneHot";
        }

        @Override
        public String label() {
            return "oneHot(" + depth + ")";
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == example ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Shape index = Operands.only(inputs);
            boolean inRows = example == Over.EACH_ROW;
            if (example == Over.ALL || !(inRows ? index.columns() : index.rows()).isOne()) {
                throw new ShapeException(
                        index + " for an example in " + example,
                        "give a row of numbers with EACH_COLUMN, or a column of numbers with EACH_ROW");
            }
            return inRows ? Shape.of(index.rows(), Dim.of(depth)) : Shape.of(Dim.of(depth), index.columns());
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj index = inputs.get(0);
            int step = example == Over.EACH_ROW ? depth : 1;
            int stride = example == Over.EACH_ROW ? 1 : out.numCols;
            for (int i = 0; i < index.getNumElements(); i++) {
                int hot = row(index, i, depth, "class");
                for (int k = 0; k < depth; k++) {
                    out.data[i * step + k * stride] = hot < 0 ? Double.NaN : k == hot ? 1 : 0;
                }
            }
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }
    }

    /** The number at a place, or −1 if it is not finite. */
    private static int row(DMatrixRMaj index, int place, int count, String what) {
        double number = index.data[place];
        if (!Double.isFinite(number)) {
            return -1;
        }
        if (number != Math.rint(number) || number < 0 || number >= count) {
            throw new IllegalArgumentException(Labels.number(number) + " at place " + place + " is not the number of a "
                    + what + "; give whole numbers from 0 to " + (count - 1));
        }
        return (int) number;
    }
}
