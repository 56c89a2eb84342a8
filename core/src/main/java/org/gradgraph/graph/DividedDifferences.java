package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The derivative of a function of a symmetric matrix in some directions, given the derivatives of the function at the
 * eigenvalues.
 *
 * <p>Operands: the matrix, a table with a row for each eigenvalue and a column for each derivative from the 0th up to one more than
 * there are directions, and the directions. It is a part of {@link MatrixFunction}, which has the vjp.
 *
 * @param order how many directions there are
 */
record DividedDifferences(int order) implements Kernel {
    @Override
    public String name() {
        return "matrixDividedDifferences";
    }

    @Override
    public String label() {
        return name() + order;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Operands.require(order + 2, inputs);
        Dim n = Operands.square(inputs.get(0));
        Operands.requireShape(inputs.get(1), Shape.of(n, Dim.of(order + 2)));
        for (Shape direction : inputs.subList(2, inputs.size())) {
            Operands.requireShape(direction, inputs.get(0));
        }
        return inputs.get(0);
    }

    /** It is not constant, but only what {@link MatrixFunction} is made of when it runs. */
    @Override
    public GradientFlow gradientFlow() {
        return GradientFlow.STOPPED;
    }

    @Override
    public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        Eigen eigen = Eigen.of(inputs.get(0));
        DividedDifference difference = new DividedDifference(eigen.values().data, inputs.get(1));
        List<double[]> directions = new ArrayList<>();
        for (DMatrixRMaj direction : inputs.subList(2, inputs.size())) {
            directions.add(eigen.turned(direction).data);
        }
        DMatrixRMaj sum = new DMatrixRMaj(out.numRows, out.numRows);
        int[] path = new int[order + 1];
        do {
            double total = products(directions, path, out.numRows, 0, new boolean[order]);
            int[] ascending = path.clone();
            Arrays.sort(ascending);
            sum.data[path[0] * out.numRows + path[order]] += total == 0 ? total : total * difference.of(ascending);
        } while (next(path, out.numRows));
        eigen.turnedBack(sum, out);
    }

    /** Counts through all paths; false after the last one. */
    private static boolean next(int[] path, int n) {
        for (int k = path.length - 1; k >= 0; k--) {
            if (++path[k] < n) {
                return true;
            }
            path[k] = 0;
        }
        return false;
    }

    /** The sum over all orders of the directions of the products of what they hold along a path of indices. */
    private static double products(List<double[]> directions, int[] path, int n, int step, boolean[] used) {
        if (step == directions.size()) {
            return 1;
        }
        double sum = 0;
        for (int d = 0; d < used.length; d++) {
            if (!used[d]) {
                used[d] = true;
                double element = directions.get(d)[path[step] * n + path[step + 1]];
                sum += element * products(directions, path, n, step + 1, used);
                used[d] = false;
            }
        }
        return sum;
    }
}
