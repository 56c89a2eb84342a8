package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.ReductionOps.Over;

/**
 * The Euclidean norm and what its derivative needs.
 *
 * <p>Made by {@link Ops}; the types are public so that rewriting and execution can recognise them.
 *
 * <pre>{@code
 * boolean isNorm = node.op().orElse(null) instanceof NormOps.Norm2;
 * }</pre>
 */
public final class NormOps {
    private static final Formula A = Formula.argument(0);
    private static final Formula B = Formula.argument(1);
    private static final Formula ZERO = Formula.constant(0);

    private NormOps() {}

    /**
     * The root of the sum of squares, without overflow or underflow on the way.
     *
     * @param over what is summed
     */
    public record Norm2(Over over) implements Op {
        /** Refuses null. */
        public Norm2 {
            Require.given(over, "norm2: what is reduced");
        }

        @Override
        public String name() {
            return over == Over.ALL ? "norm2" : over.prefixed("norm");
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
                out.data[lane] = norm(x.data, lanes, lane);
            }
        }

        /** The scale is a power of two, so that it costs no rounding. */
        private static double norm(double[] data, Lanes lanes, int lane) {
            double largest = 0;
            for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                largest = Math.max(largest, Math.abs(data[i]));
            }
            if (largest == 0 || !Double.isFinite(largest)) {
                return largest;
            }
            int exponent = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
            double up = Math.scalb(1.0, exponent / 2);
            double rest = Math.scalb(1.0, exponent - exponent / 2);
            double total = 0;
            for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                double scaled = data[i] / up / rest;
                total += scaled * scaled;
            }
            return Math.sqrt(total) * up * rest;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node direction = Node.apply(new QuotientOrZero(), x, y.broadcastTo(x.shape()));
            return List.of(dy.broadcastTo(x.shape()).times(direction));
        }
    }

    /** {@code a/b}, and {@code 0·a} where {@code b} is 0, in every derivative too. */
    public record QuotientOrZero() implements Elementwise {
        @Override
        public String name() {
            return "quotientOrZero";
        }

        @Override
        public Formula formula() {
            Formula isZero = Formula.of(Primitive.EQUAL, B, ZERO);
            return Formula.select(isZero, A.times(ZERO), A.dividedBy(B));
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node da = Node.apply(this, dy, inputs.get(1));
            return List.of(da, da.times(y).negate());
        }
    }
}
