package org.gradgraph.graph;

import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.numeric.Exponential;
import org.gradgraph.numeric.Logarithm;

/**
 * Logarithms of running sums of exponentials.
 *
 * <p>All exponentials are relative to the largest exponent so far, so none overflows and the largest one is exactly 1.
 */
final class CumulativeExponentialOps {
    private CumulativeExponentialOps() {}

    /**
     * {@code log(e^x₁ + … + e^xₖ)} for each k; −∞ while every element is −∞, with derivative 0.
     *
     * @param over along what is summed
     */
    record LogCumulativeSumExp(Over over) implements Kernel {
        LogCumulativeSumExp {
            Require.given(over, "logCumulativeSumExp: along what is summed");
        }

        @Override
        public String name() {
            return over.prefixed("logCumulativeSumExp");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Lanes lanes = Lanes.of(out, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                RunningSums sums = new RunningSums(inputs.get(0).data, lanes, lane);
                for (int k = 0; k < lanes.length(); k++) {
                    out.data[lanes.start(lane) + k * lanes.stride()] =
                            sums.largest[k] + Logarithm.log1p(sums.others[k]);
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new CumulativeSoftmax(over, true), inputs.get(0), dy));
        }
    }

    /**
     * The product of the second operand with the matrix that has in row k the softmax of the first k elements of the first
     * operand, or with its transpose.
     *
     * @param over along what is summed
     * @param transposed whether the matrix is transposed
     */
    record CumulativeSoftmax(Over over, boolean transposed) implements Kernel {
        @Override
        public String name() {
            return over.prefixed(transposed ? "cumulativeSoftmaxTransposed" : "cumulativeSoftmax");
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node powers = inputs.get(0).exp();
            Node sums = Reductions.cumulativeSum(powers, over);
            Node d = inputs.get(1);
            return Optional.of(
                    transposed
                            ? powers.times(Node.apply(new OrderOps.CumulativeSum(over, true), d.dividedBy(sums)))
                            : Reductions.cumulativeSum(powers.times(d), over).dividedBy(sums));
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), inputs.get(0));
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Lanes lanes = Lanes.of(out, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                RunningSums sums = new RunningSums(inputs.get(0).data, lanes, lane);
                int n = lanes.length();
                double total = 0;
                for (int i = 0; i < n; i++) {
                    int k = transposed ? n - 1 - i : i;
                    int before = transposed ? Math.min(k + 1, n - 1) : Math.max(k - 1, 0);
                    int place = lanes.start(lane) + k * lanes.stride();
                    double x = inputs.get(0).data[place];
                    double d = inputs.get(1).data[place];
                    double kept = times(total, sums.decay(Math.min(k, before), Math.max(k, before)));
                    total = kept + (transposed ? times(d, sums.perTotal(k)) : times(d, sums.power(x, k)));
                    out.data[place] = times(total, transposed ? sums.power(x, k) : sums.perTotal(k));
                }
            }
        }

        /** 0 stays 0, also beside NaN. */
        private static double times(double d, double factor) {
            return d == 0 ? d : d * factor;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node d = inputs.get(1);
            CumulativeSoftmax transpose = new CumulativeSoftmax(over, true);
            Node dd = Node.apply(new CumulativeSoftmax(over, !transposed), x, dy);
            Node dx = transposed
                    ? dy.times(y).minus(Node.apply(transpose, x, Node.apply(CotangentOps.BOTH, d, dd)))
                    : Node.apply(CotangentOps.TIMES, dd, d).minus(Node.apply(transpose, x, dy.times(y)));
            return List.of(dx, dd);
        }
    }

    /** The largest element so far, and the exponentials of the others relative to it. */
    private static final class RunningSums {
        final double[] largest;

        /** Without one largest element, which is 1 and would hide small ones. */
        final double[] others;

        RunningSums(double[] x, Lanes lanes, int lane) {
            this.largest = new double[lanes.length()];
            this.others = new double[lanes.length()];
            double max = x[lanes.start(lane)];
            double rest = 0;
            for (int k = 0; k < largest.length; k++) {
                double next = x[lanes.start(lane) + k * lanes.stride()];
                if (next > max) {
                    rest = (1 + rest) * Exponential.exp(max - next);
                    max = next;
                } else if (k > 0) {
                    rest += next == max ? 1 : Exponential.exp(next - max);
                }
                largest[k] = max;
                others[k] = rest;
            }
        }

        double perTotal(int k) {
            return 1 / (1 + others[k]);
        }

        /** The exponential of an element, relative to the largest one up to a place; 0 if all are −∞. */
        double power(double x, int k) {
            return largest[k] == Double.NEGATIVE_INFINITY ? 0 : Exponential.exp(x - largest[k]);
        }

        double decay(int from, int to) {
            return largest[from] == largest[to] ? 1 : Exponential.exp(largest[from] - largest[to]);
        }
    }
}
