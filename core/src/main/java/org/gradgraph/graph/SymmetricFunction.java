package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A function of a symmetric matrix, {@code V·diag(f(λ))·Vᵀ}, or its derivative of an order in as many directions, by divided
 * differences, which are right where eigenvalues coincide.
 *
 * <p>See N. J. Higham, Functions of Matrices, 2008, theorem 3.11 (Daleckii and Krein). The derivatives are linear and
 * symmetric in their directions, and so closed under their own vjp.
 *
 * @param f the function of the eigenvalues
 * @param order how many directions follow the matrix
 */
record SymmetricFunction(SpectralFunction f, int order) implements Kernel {
    @Override
    public String name() {
        return f.name() + (order == 0 ? "" : "Derivative");
    }

    @Override
    public String label() {
        return f.label(order == 0 ? "" : "Derivative" + order);
    }

    @Override
    public Shape shape(List<Shape> inputs) {
        Operands.require(order + 1, inputs);
        Operands.square(inputs.get(0));
        for (Shape other : inputs) {
            Operands.requireShape(other, inputs.get(0));
        }
        return inputs.get(0);
    }

    @Override
    public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
        Eigen eigen = Eigen.of(inputs.get(0));
        List<double[]> directions = new ArrayList<>();
        for (DMatrixRMaj direction : inputs.subList(1, inputs.size())) {
            directions.add(eigen.turned(direction).data);
        }
        DMatrixRMaj sum = new DMatrixRMaj(out.numRows, out.numRows);
        int[] path = new int[order + 1];
        do {
            double total = products(directions, path, out.numRows, 0, new boolean[order]);
            double[] points = Arrays.stream(path)
                    .mapToDouble(i -> eigen.values().data[i])
                    .sorted()
                    .toArray();
            sum.data[path[0] * out.numRows + path[order]] += total * f.difference(points);
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

    @Override
    public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
        List<Node> cotangents = new ArrayList<>();
        List<Node> more = new ArrayList<>(inputs);
        more.add(dy);
        cotangents.add(Node.apply(new SymmetricFunction(f, order + 1), more));
        for (int d = 1; d <= order; d++) {
            List<Node> exchanged = new ArrayList<>(inputs);
            exchanged.set(d, dy);
            cotangents.add(Node.apply(this, exchanged));
        }
        return cotangents;
    }

    @Override
    public String nonFiniteAdvice() {
        return "an eigenvalue is outside of the domain of the function; add a small multiple of the identity";
    }
}
