package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.ReductionOps.Over;

/**
 * Softmax, its logarithm, and the logarithm of a sum of exponentials; none of them overflows.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting and execution can recognise them.
 *
 * <pre>{@code
 * boolean isSoftmax = node.op().orElse(null) instanceof SoftmaxOps.Softmax;
 * }</pre>
 */
public final class SoftmaxOps {
    private SoftmaxOps() {}

    /**
     * {@code log Σ exp(x)}; −∞ if every element is −∞, with derivative 0.
     *
     * @param over what is summed
     */
    public record LogSumExp(Over over) implements Op {
        /** Refuses null. */
        public LogSumExp {
            Require.given(over, "logSumExp: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("logSumExp");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Lanes lanes = Lanes.of(x, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double max = lanes.max(x.data, lane);
                out.data[lane] = Double.isInfinite(max) ? max : max + Math.log1p(othersOf(x.data, lanes, lane, max));
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(dy.broadcastTo(x.shape()).times(Node.apply(new Softmax(over, true), x)));
        }
    }

    /**
     * {@code exp(x)/Σ exp(x)}.
     *
     * @param over what sums to 1
     * @param orZero whether elements that are all −∞ give 0 instead of NaN, as the derivative of {@link LogSumExp} needs
     */
    public record Softmax(Over over, boolean orZero) implements Op {
        /** Refuses null. */
        public Softmax {
            Require.given(over, "softmax: what is reduced");
        }

        @Override
        public String name() {
            return orZero ? over.prefixed("softmaxOrZero") : named("softmax", over);
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Lanes lanes = Lanes.of(x, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double max = lanes.max(x.data, lane);
                boolean nothing = orZero && max == Double.NEGATIVE_INFINITY;
                double total = 0;
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = nothing ? 0 : Math.exp(x.data[i] - max);
                    total += out.data[i];
                }
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = nothing ? 0 : out.data[i] / total;
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Shape shape = y.shape();
            Node mean = Node.apply(new ReductionOps.Sum(over), dy.times(y));
            return List.of(y.times(dy.minus(mean.broadcastTo(shape))));
        }
    }

    /**
     * {@code x − log Σ exp(x)}.
     *
     * @param over what is summed
     */
    public record LogSoftmax(Over over) implements Op {
        /** Refuses null. */
        public LogSoftmax {
            Require.given(over, "logSoftmax: what is reduced");
        }

        @Override
        public String name() {
            return named("logSoftmax", over);
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Lanes lanes = Lanes.of(x, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double max = lanes.max(x.data, lane);
                double log = Math.log1p(othersOf(x.data, lanes, lane, max));
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = x.data[i] - max - log;
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Shape shape = y.shape();
            Node total = Node.apply(new ReductionOps.Sum(over), dy);
            Node softmax = Node.apply(new Softmax(over, false), inputs.get(0));
            return List.of(dy.minus(softmax.times(total.broadcastTo(shape))));
        }
    }

    private static String named(String name, Over over) {
        return switch (over) {
            case ALL -> name;
            case EACH_ROW -> name + "Rows";
            case EACH_COLUMN -> name + "Columns";
        };
    }

    /** The sum of {@code exp(x − max)} without the first largest element, which is 1 and would hide small ones. */
    private static double othersOf(double[] data, Lanes lanes, int lane, double max) {
        double total = 0;
        boolean found = false;
        for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
            if (!found && data[i] == max && !Double.isInfinite(max)) {
                found = true;
            } else {
                total += Math.exp(data[i] - max);
            }
        }
        return total;
    }
}
