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

        private static double norm(double[] data, Lanes lanes, int lane) {
            double total = sumOfSquares(data, lanes, lane, 1);
            double scale = rescale(total);
            return scale == 1 ? Math.sqrt(total) : Math.sqrt(sumOfSquares(data, lanes, lane, scale)) / scale;
        }

        /**
         * By which power of two the elements must be multiplied before they are squared, judging by the plain sum of
         * squares; 1 if that is good.
         *
         * <p>A product with a power of two has no rounding. A sum that is neither huge nor tiny has lost nothing that
         * counts; after scaling by 2<sup>±600</sup>, neither has one that is.
         *
         * @param sumOfSquares the sum of the squares of unscaled elements
         */
        public static double rescale(double sumOfSquares) {
            if (sumOfSquares == Double.POSITIVE_INFINITY) {
                return 0x1p-600;
            }
            return sumOfSquares < 0x1p-900 ? 0x1p600 : 1;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            return List.of(dy.broadcastTo(x.shape()).times(Node.apply(new Normalize(over, true), x)));
        }
    }

    /**
     * Vectors divided by their norm; nothing overflows or underflows on the way.
     *
     * @param over what becomes a vector of length 1
     * @param orZero for the derivative of {@link Norm2}: whether a vector of zeros stays 0, in every derivative, and
     *     infinite elements share the length 1, where otherwise both give NaN
     */
    public record Normalize(Over over, boolean orZero) implements Op {
        /** Refuses null. */
        public Normalize {
            Require.given(over, "normalize: what becomes a vector of length 1");
        }

        @Override
        public String name() {
            String each = switch (over) {
                case ALL -> "normalize";
                case EACH_ROW -> "normalizeRows";
                case EACH_COLUMN -> "normalizeColumns";
            };
            return orZero ? each + "OrZero" : each;
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return Operands.only(inputs);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            double[] x = inputs.get(0).data;
            Lanes lanes = Lanes.of(inputs.get(0), over);
            for (int lane = 0; lane < lanes.count(); lane++) {
                double plain = sumOfSquares(x, lanes, lane, 1);
                if (Norm2.rescale(plain) == 1) {
                    divide(x, Math.sqrt(plain), out.data, lanes, lane);
                    continue;
                }
                double largest = largest(x, lanes, lane);
                boolean isInfinite = Double.isInfinite(largest);
                boolean isLimit = orZero && isInfinite;
                double total = 0;
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = isLimit ? shareOfInfinity(x[i]) : x[i] / largest;
                    total += out.data[i] * out.data[i];
                }
                double length = isInfinite && !isLimit ? 1 : Math.sqrt(total);
                for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
                    out.data[i] = orZero && largest == 0 ? x[i] : out.data[i] / length;
                }
            }
        }

        private static void divide(double[] x, double length, double[] out, Lanes lanes, int lane) {
            int end = lanes.end(lane);
            int stride = lanes.stride();
            if (stride == 1) {
                for (int i = lanes.start(lane); i < end; i++) {
                    out[i] = x[i] / length;
                }
            } else {
                for (int i = lanes.start(lane); i < end; i += stride) {
                    out[i] = x[i] / length;
                }
            }
        }

        private static double shareOfInfinity(double x) {
            return Double.isInfinite(x) ? Math.signum(x) : x * 0;
        }

        /** What is left of the cotangent across the vector, over the norm. */
        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Node x = inputs.get(0);
            Node along = Node.apply(new ReductionOps.Sum(over), dy.times(y)).broadcastTo(x.shape());
            Node across = dy.minus(y.times(along));
            Node norm = Node.apply(new Norm2(over), x).broadcastTo(x.shape());
            return List.of(orZero ? Node.apply(ArithmeticOps.QUOTIENT_OR_ZERO, across, norm) : across.dividedBy(norm));
        }
    }

    /** Four sums, which a processor adds to at the same time. */
    private static double sumOfSquares(double[] data, Lanes lanes, int lane, double scale) {
        int stride = lanes.stride();
        int start = lanes.start(lane);
        int fours = lanes.length() / 4;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int k = 0, i = start; k < fours; k++, i += 4 * stride) {
            a += square(data[i] * scale);
            b += square(data[i + stride] * scale);
            c += square(data[i + 2 * stride] * scale);
            d += square(data[i + 3 * stride] * scale);
        }
        for (int i = start + 4 * fours * stride; i < lanes.end(lane); i += stride) {
            a += square(data[i] * scale);
        }
        return (a + b) + (c + d);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double largest(double[] data, Lanes lanes, int lane) {
        double largest = 0;
        for (int i = lanes.start(lane); i < lanes.end(lane); i += lanes.stride()) {
            largest = Math.max(largest, Math.abs(data[i]));
        }
        return largest;
    }
}
