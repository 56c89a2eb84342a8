package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Op.GradientFlow;

/**
 * What depends on an order of the elements: running sums, sorting, medians.
 *
 * <p>Made by {@link Reductions} and {@link Indexing}; public so that running sums can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isRunning = node.op().orElse(null) instanceof OrderOps.CumulativeSum;
 * }</pre>
 */
public final class OrderOps {
    private OrderOps() {}

    /**
     * The sums of all elements up to each, or from each to the end.
     *
     * @param over along what is summed
     * @param fromEnd whether the last element is the first summand
     */
    public record CumulativeSum(Over over, boolean fromEnd) implements Kernel {
        /**
         * Refuses null.
         *
         * @param over along what is summed
         * @param fromEnd whether the last element is the first summand
         */
        public CumulativeSum {
            Require.given(over, "cumulativeSum: along what is summed");
        }

        @Override
        public String name() {
            return over.prefixed(fromEnd ? "cumulativeSumFromEnd" : "cumulativeSum");
        }

        /** From the end: of what is turned over, turned back. */
        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            UnaryOperator<Node> flip =
                    x -> Node.apply(new Layout.Flip(over != Over.EACH_ROW, over != Over.EACH_COLUMN), x);
            return fromEnd
                    ? Optional.of(flip.apply(Node.apply(new CumulativeSum(over, false), flip.apply(inputs.get(0)))))
                    : Optional.empty();
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == over ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] x = inputs.get(0).data;
            Lanes lanes = Lanes.of(out, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double sum = 0;
                for (int k = 0; k < lanes.length(); k++) {
                    int place = lanes.start(lane) + (fromEnd ? lanes.length() - 1 - k : k) * lanes.stride();
                    sum = k == 0 ? x[place] : sum + x[place];
                    out.data[place] = sum;
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new CumulativeSum(over, !fromEnd), dy));
        }
    }

    /**
     * The elements by increasing size, equal ones in their order, NaN last.
     *
     * @param over what is sorted
     */
    record Sort(Over over) implements Kernel {
        Sort {
            Require.given(over, "sort: what is sorted");
        }

        @Override
        public String name() {
            return OrderOps.named("sort", over);
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == over ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            permute(inputs.get(0), inputs.get(0), over, false, out);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Permute(over, true), inputs.get(0), dy));
        }
    }

    /**
     * The second operand in the order that sorts the first, or put back from it, which is the adjoint.
     *
     * @param over what is sorted
     * @param back whether it is put back
     */
    record Permute(Over over, boolean back) implements Kernel {
        @Override
        public String name() {
            return OrderOps.named(back ? "unsortBy" : "sortBy", over);
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == over ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), inputs.get(0));
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            permute(inputs.get(0), inputs.get(1), over, back, out);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node keys = inputs.get(0);
            return List.of(Constants.zeros(keys.shape()), Node.apply(new Permute(over, !back), keys, dy));
        }
    }

    /**
     * The middle element by size, or the mean of the two middle ones; NaN if one is NaN.
     *
     * @param over of what
     */
    record Median(Over over) implements Kernel {
        Median {
            Require.given(over, "median: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("median");
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return lanes == over ? lanes : Over.ALL;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            Lanes lanes = Lanes.of(inputs.get(0), over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double[] middle = middle(inputs.get(0).data, lanes, lane);
                out.data[lane] = middle[0] == middle[1] ? middle[0] : 0.5 * middle[0] + 0.5 * middle[1];
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(Comparisons.mask(dy.broadcastTo(x.shape()), Node.apply(new MedianShares(over), x)));
        }
    }

    /**
     * What each element contributes to the {@link Median}: elements equal to a middle one share evenly; NaN for each if one
     * is NaN.
     *
     * @param over of what
     */
    record MedianShares(Over over) implements Kernel {
        @Override
        public String name() {
            return over.prefixed("medianShare");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] x = inputs.get(0).data;
            Lanes lanes = Lanes.of(out, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double[] middle = middle(x, lanes, lane);
                int[] equal = new int[2];
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    equal[0] += x[i] == middle[0] ? 1 : 0;
                    equal[1] += x[i] == middle[1] ? 1 : 0;
                }
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = Double.isNaN(middle[1])
                            ? Double.NaN
                            : (x[i] == middle[0] ? 0.5 / equal[0] : 0) + (x[i] == middle[1] ? 0.5 / equal[1] : 0);
                }
            }
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }
    }

    /** The two middle elements of a lane, which are the same one of an odd number; both NaN if one is. */
    private static double[] middle(double[] data, Lanes lanes, int lane) {
        double[] sorted = new double[lanes.length()];
        for (int k = 0; k < sorted.length; k++) {
            sorted[k] = data[lanes.start(lane) + k * lanes.stride()];
        }
        Arrays.sort(sorted);
        boolean isNumber = !Double.isNaN(sorted[sorted.length - 1]);
        double low = isNumber ? sorted[(sorted.length - 1) / 2] : Double.NaN;
        double high = isNumber ? sorted[sorted.length / 2] : Double.NaN;
        return new double[] {low, high};
    }

    private static void permute(DMatrixRMaj keys, DMatrixRMaj values, Over over, boolean back, DMatrixRMaj out) {
        Lanes lanes = Lanes.of(keys, over);
        for (int lane = 0; lane < lanes.count(); lane++) {
            int start = lanes.start(lane);
            Integer[] order = IntStream.range(0, lanes.length())
                    .mapToObj(k -> start + k * lanes.stride())
                    .toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(place -> keys.data[place] + 0.0));
            for (int k = 0; k < order.length; k++) {
                int place = start + k * lanes.stride();
                out.data[back ? order[k] : place] = values.data[back ? place : order[k]];
            }
        }
    }

    private static String named(String name, Over over) {
        return switch (over) {
            case ALL -> name;
            case EACH_ROW -> name + "Rows";
            case EACH_COLUMN -> name + "Columns";
        };
    }
}
