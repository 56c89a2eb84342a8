package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import org.gradgraph.graph.RandomOps.Distribution;

/**
 * Random numbers that depend on a seed and a place alone, so that every run draws the same.
 *
 * <pre>{@code
 * Node noise = RandomNumbers.normal(Shape.of(3, 4), 42);
 * Node h = RandomNumbers.dropout(x, 0.5, 42, step);              // another mask for each value of step
 * }</pre>
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
     * @param seed the same seed gives the same numbers
     */
    public static Node uniform(Shape shape, long seed) {
        return Node.apply(new RandomOps.Random(Distribution.UNIFORM, shape, seed));
    }

    /**
     * {@return random numbers from 0 to 1, 1 excluded, new ones for each number of the draw} They have no gradient.
     *
     * @param shape the shape of the result; it may be symbolic
     * @param seed the same seed gives the same numbers
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
     * @param seed the same seed gives the same numbers
     */
    public static Node normal(Shape shape, long seed) {
        return Node.apply(new RandomOps.Random(Distribution.NORMAL, shape, seed));
    }

    /**
     * {@return random numbers with mean 0 and variance 1, new ones for each number of the draw} They have no gradient.
     *
     * @param shape the shape of the result; it may be symbolic
     * @param seed the same seed gives the same numbers
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
     * @param seed the same seed gives the same mask
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is not in [0, 1)
     */
    public static Node dropoutMask(Shape shape, double rate, long seed, Node draw) {
        Operands.requireRate("dropoutMask", rate);
        return Arithmetic.scale(Comparisons.greaterOrEqual(uniform(shape, seed, draw), rate), 1 / (1 - rate));
    }

    /**
     * {@return x times a random mask of its shape; see {@link #dropoutMask}} Derivative: the mask.
     *
     * @param x a matrix of any shape
     * @param rate the probability of a 0, from 0 to below 1
     * @param seed the same seed gives the same mask
     * @param draw a 1×1 node that is fed 0, 1, 2, … for a new mask in each run
     * @throws IllegalArgumentException if {@code rate} is not in [0, 1)
     */
    public static Node dropout(Node x, double rate, long seed, Node draw) {
        Require.given(x, "dropout: operand 1");
        return Comparisons.mask(x, dropoutMask(x.shape(), rate, seed, draw));
    }
}
