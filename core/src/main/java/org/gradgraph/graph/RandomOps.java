package org.gradgraph.graph;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Op.GradientFlow;

/**
 * Numbers that look random and depend on nothing but a seed, the place in the matrix and, if given, the number of the
 * draw.
 *
 * <p>They come from SplitMix64 (Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): element
 * k is the generator's output number k, which can be computed directly. So all machines and any number of threads give
 * the same bits. Made by {@link RandomNumbers}.
 */
final class RandomOps {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private RandomOps() {}

    /** What the numbers are like. */
    enum Distribution {
        /** Between 0 and 1, 1 excluded. */
        UNIFORM {
            @Override
            double element(long seed, long k) {
                return uniform(seed, k);
            }
        },
        /** Mean 0 and variance 1 (Box and Muller 1958). */
        NORMAL {
            @Override
            double element(long seed, long k) {
                double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(seed, 2 * k)));
                return radius * StrictMath.cos(2 * Math.PI * uniform(seed, 2 * k + 1));
            }
        };

        abstract double element(long seed, long k);
    }

    /**
     * A matrix of random numbers; the only operand, if there is one, is the 1×1 number of the draw.
     *
     * @param distribution what the numbers are like
     * @param shape the shape of the matrix
     * @param seed which of the many such matrices
     */
    record Random(Distribution distribution, Shape shape, long seed) implements Kernel {
        /** Checks that both are there. */
        public Random {
            Require.given(distribution, "random numbers: the distribution");
            Require.given(shape, "random numbers: the shape");
        }

        @Override
        public String name() {
            return distribution == Distribution.UNIFORM ? "uniform" : "normal";
        }

        @Override
        public String label() {
            return name() + "(" + shape + ", seed " + seed + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            if (inputs.size() > 1 || (inputs.size() == 1 && !inputs.get(0).isScalar())) {
                throw new ShapeException(
                        "takes at most one operand, the 1×1 number of the draw",
                        "call the method that makes this operation, not Node.apply");
            }
            return shape;
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            long start =
                    inputs.isEmpty() ? seed : mix(seed ^ mix(Double.doubleToLongBits(inputs.get(0).data[0] + 0.0)));
            for (int k = 0; k < out.getNumElements(); k++) {
                out.data[k] = distribution.element(start, k);
            }
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }

        @Override
        public Op bind(Sizes sizes) {
            return new Random(distribution, shape.bind(sizes), seed);
        }
    }

    private static double uniform(long seed, long k) {
        return (mix(seed + GAMMA * (k + 1)) >>> 11) * UNIT;
    }

    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
