package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.ReductionOps.Over;

/**
 * Largest and smallest elements over rows, columns, or everything.
 *
 * <p>Equal extremes share the cotangent evenly. NaN wins: the result is NaN, and the cotangent goes to what is NaN.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting and execution can recognise them.
 *
 * <pre>{@code
 * boolean isMaximum = node.op().orElse(null) instanceof ExtremeOps.Extreme extreme && extreme.largest();
 * }</pre>
 */
public final class ExtremeOps {
    private ExtremeOps() {}

    /**
     * The largest or the smallest element.
     *
     * @param over where it is searched
     * @param largest whether it is the largest
     */
    public record Extreme(Over over, boolean largest) implements Op {
        /** Refuses null. */
        public Extreme {
            Require.given(over, "extreme: what is reduced");
        }

        @Override
        public String name() {
            return over == Over.ALL ? word(largest) : over.prefixed(word(largest) + "imum");
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
                out.data[lane] = value(x.data, lanes, lane, largest);
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(Node.apply(new Share(over, largest), inputs.get(0), dy));
        }
    }

    /**
     * The adjoint of {@link Extreme}: the second operand shared evenly among the extremes of the first, 0 elsewhere.
     *
     * @param over where an extreme is searched
     * @param largest whether it is the largest
     */
    public record Share(Over over, boolean largest) implements Op {
        /** Refuses null. */
        public Share {
            Require.given(over, "share: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed(word(largest) + "Share");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), over.of(inputs.get(0)));
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Lanes lanes = Lanes.of(x, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double extreme = value(x.data, lanes, lane, largest);
                double share = inputs.get(1).data[lane] / ties(x.data, lanes, lane, extreme);
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = same(x.data[i], extreme) ? share : 0;
                }
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(Ops.zeros(x.shape()), Node.apply(new Collect(over, largest), x, dy));
        }
    }

    /**
     * The mean of what the second operand holds where the first has its extremes.
     *
     * @param over where an extreme is searched
     * @param largest whether it is the largest
     */
    public record Collect(Over over, boolean largest) implements Op {
        /** Refuses null. */
        public Collect {
            Require.given(over, "collect: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed(word(largest) + "Collect");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            Operands.require(2, inputs);
            Operands.requireShape(inputs.get(1), inputs.get(0));
            return over.of(inputs.get(0));
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            DMatrixRMaj x = inputs.get(0);
            Lanes lanes = Lanes.of(x, over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double extreme = value(x.data, lanes, lane, largest);
                double total = 0;
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    total += same(x.data[i], extreme) ? inputs.get(1).data[i] : 0;
                }
                out.data[lane] = total / ties(x.data, lanes, lane, extreme);
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(Ops.zeros(x.shape()), Node.apply(new Share(over, largest), x, dy));
        }
    }

    /**
     * The place of the first extreme, counted from 0; its derivative is 0.
     *
     * @param over where it is searched
     * @param largest whether it is the largest
     */
    public record Position(Over over, boolean largest) implements Op {
        /** Refuses null. */
        public Position {
            Require.given(over, "position: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("arg" + word(largest));
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
                double extreme = value(x.data, lanes, lane, largest);
                int place = 0;
                while (!same(x.data[lanes.start(lane) + place * lanes.stride()], extreme)) {
                    place++;
                }
                out.data[lane] = place;
            }
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }
    }

    private static String word(boolean largest) {
        return largest ? "max" : "min";
    }

    private static double value(double[] data, Lanes lanes, int lane, boolean largest) {
        double extreme = data[lanes.start(lane)];
        for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
            extreme = largest ? Math.max(extreme, data[i]) : Math.min(extreme, data[i]);
        }
        return extreme;
    }

    private static int ties(double[] data, Lanes lanes, int lane, double extreme) {
        int ties = 0;
        for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
            ties += same(data[i], extreme) ? 1 : 0;
        }
        return ties;
    }

    private static boolean same(double a, double b) {
        return a == b || (Double.isNaN(a) && Double.isNaN(b));
    }
}
