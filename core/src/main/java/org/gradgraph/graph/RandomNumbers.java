package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import org.gradgraph.graph.RandomOps.Distribution;

/**
 * Random numbers that depend on the seed, the number of the draw and the place in the matrix alone, so that every run
 * draws the same.
 *
 * <p>Two nodes with the same seed and the same draw have the same numbers; two layers with the same seed drop the same elements.
 * Give each node a seed of its own. In the body of a {@code Scan}, a draw that comes from outside gives the same
 * numbers in each step; make the draw depend on a state or a column of the step for new ones.
 *
 * <pre>{@code
 * Node noise = RandomNumbers.normal(Shape.of(3, 4), 41);
 * Node h = RandomNumbers.dropout(x, 0.5, 42, step);              // another mask for each value of step
 * }</pre>
 *
 * <p>The record is the declaration behind a mask of dropout; it can be recognised in a graph.
 */
@CheckReturnValue
public final class RandomNumbers {
    private RandomNumbers() {}

    /**
     * {@return random numbers from 0 to 1, 1 excluded, the same for the same seed on every machine and any number of
     * threads}
     *
     * <p>They never change; give the number of the draw to {@link #uniform(Shape, long, Node)} for new ones in each run.
     *
     * @param shape the shape of the result; it may be symbolic
     * @param seed the same seed gives the same numbers; give each node its own
     */
    public static Node uniform(Shape shape, long seed) {
        return Node.apply(new RandomOps.Random(Distribution.UNIFORM, shape, seed));
    }

    /**
     * {@return random numbers from 0 to 1, 1 excluded, new ones for each number of the draw} They have no gradient.
     *
     * @param shape the shape of the result; it may be symbolic
     * @param seed the same seed gives the same numbers; give each node its own
     * @param draw a 1×1 node, usually an input that is fed 0, 1, 2, …
     */
    public static Node uniform(Shape shape, long seed, Node draw) {
        return Node.apply(new RandomOps.Random(Distribution.UNIFORM, shape, seed), draw);
    }

    /**
     * {@return random numbers with mean 0 and variance 1, the same for the same seed on every machine and any number of
     * threads}
     *
     * <p>They never change; give the number of the draw to {@link #normal(Shape, long, Node)} for new ones in each run.
     *
     * @param shape the shape of the result; it may be symbolic
     * @param seed the same seed gives the same numbers; give each node its own
     */
    public static Node normal(Shape shape, long seed) {
        return Node.apply(new RandomOps.Random(Distribution.NORMAL, shape, seed));
    }

    /**
     * {@return random numbers with mean 0 and variance 1, new ones for each number of the draw} They have no gradient.
     *
     * @param shape the shape of the result; it may be symbolic
     * @param seed the same seed gives the same numbers; give each node its own
     * @param draw a 1×1 node, usually an input that is fed 0, 1, 2, …
     */
    public static Node normal(Shape shape, long seed, Node draw) {
        return Node.apply(new RandomOps.Random(Distribution.NORMAL, shape, seed), draw);
    }

    /**
     * {@return a random mask for dropout: 0 with probability {@code rate}, else {@code 1/(1 − rate)}, so that the mean
     * is 1}
     *
     * @param shape the shape of the result; it may be symbolic
     * @param rate from 0 to below 1
     * @param seed the same seed gives the same mask; give each node its own
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is not in [0, 1)
     */
    public static Node dropoutMask(Shape shape, double rate, long seed, Node draw) {
        return Node.apply(new DropoutMask(shape, rate, seed), draw);
    }

    /**
     * {@return x times a random mask of its shape; see {@link #dropoutMask}} Derivative: the mask.
     *
     * @param x a matrix of any shape
     * @param rate the probability of a 0, from 0 to below 1
     * @param seed the same seed gives the same mask; give each node its own
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is not in [0, 1)
     */
    public static Node dropout(Node x, double rate, long seed, Node draw) {
        Require.given(x, "dropout: operand 1");
        return Comparisons.mask(x, dropoutMask(x.shape(), rate, seed, draw));
    }

    /**
     * A random mask for dropout; the operand is the 1×1 number of the draw.
     *
     * @param shape the shape of the mask
     * @param rate the probability of a 0, from 0 to below 1
     * @param seed which of the many such masks
     */
    public record DropoutMask(Shape shape, double rate, long seed) implements Composite {
        /**
         * Refuses null and what is not a rate.
         *
         * @param shape the shape of the mask
         * @param rate the probability of a 0, from 0 to below 1
         * @param seed which of the many such masks
         */
        public DropoutMask {
            Require.given(shape, "dropoutMask: the shape");
            Operands.requireRate("dropoutMask", rate);
        }

        @Override
        public String name() {
            return "dropoutMask";
        }

        @Override
        public String label() {
            return "dropoutMask(" + shape + ", rate " + Labels.number(rate) + ", seed " + seed + ")";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return random().shape(List.of(Operands.only(inputs)));
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node uniform = Node.apply(random(), inputs);
            return Arithmetic.scale(Comparisons.greaterOrEqual(uniform, rate), 1 / (1 - rate));
        }

        private RandomOps.Random random() {
            return new RandomOps.Random(Distribution.UNIFORM, shape, seed);
        }

        @Override
        public GradientFlow gradientFlow() {
            return GradientFlow.CUT;
        }

        @Override
        public Op bind(Sizes sizes) {
            return new DropoutMask(shape.bind(sizes), rate, seed);
        }
    }
}
