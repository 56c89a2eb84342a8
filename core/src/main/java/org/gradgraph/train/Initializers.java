package org.gradgraph.train;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;
import org.gradgraph.optim.problem.Arguments;
import org.gradgraph.optim.solve.Vectors;

/**
 * Initial values of parameters.
 *
 * <pre>{@code
 * Feeds start = Initializers.he(1, w1, w2).and(Initializers.zeros(b1, b2));
 * }</pre>
 *
 * <p>The numbers of a parameter depend on the seed, its name and its place in the call alone, and are the same on every
 * machine. A weight matrix multiplies from the left, as in {@code w.matmul(x)}: its columns are the inputs of a unit, its
 * rows the outputs.
 */
public final class Initializers {
    private Initializers() {}

    /**
     * {@return zeros, as for biases}
     *
     * @param parameters of fixed shape
     */
    public static Feeds zeros(Node... parameters) {
        return each("zeros", parameters, 0, random -> 0, node -> 1);
    }

    /**
     * {@return one number everywhere}
     *
     * @param value any number
     * @param parameters of fixed shape
     */
    public static Feeds constant(double value, Node... parameters) {
        return each("constant", parameters, 0, random -> value, node -> 1);
    }

    /**
     * {@return uniformly distributed numbers from {@code low} to {@code high}}
     *
     * @param seed the same seed gives the same numbers
     * @param low the lower bound
     * @param high the upper bound
     * @param parameters of fixed shape
     */
    public static Feeds uniform(long seed, double low, double high, Node... parameters) {
        if (!(low <= high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    "Initializers.uniform: the interval from " + low + " to " + high + " is empty; give low ≤ high");
        }
        return each("uniform", parameters, seed, random -> low + (high - low) * random.nextDouble(), node -> 1);
    }

    /**
     * {@return normally distributed numbers}
     *
     * @param seed the same seed gives the same numbers
     * @param mean any number
     * @param deviation the standard deviation, at least 0
     * @param parameters of fixed shape
     */
    public static Feeds normal(long seed, double mean, double deviation, Node... parameters) {
        Arguments.notNegative("Initializers.normal: the deviation", deviation);
        return each("normal", parameters, seed, random -> mean + deviation * random.nextGaussian(), node -> 1);
    }

    /**
     * {@return uniform numbers up to {@code √(6/(inputs + outputs))}, for tanh and sigmoid}
     *
     * <p>Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).
     *
     * @param seed the same seed gives the same numbers
     * @param parameters of fixed shape
     */
    public static Feeds glorot(long seed, Node... parameters) {
        return each(
                "glorot",
                parameters,
                seed,
                random -> 2 * random.nextDouble() - 1,
                node -> Math.sqrt(6.0 / (rows(node) + columns(node))));
    }

    /**
     * {@return normal numbers with deviation {@code √(2/inputs)}, for ReLU}
     *
     * <p>He, Zhang, Ren and Sun, Delving Deep into Rectifiers (2015).
     *
     * @param seed the same seed gives the same numbers
     * @param parameters of fixed shape
     */
    public static Feeds he(long seed, Node... parameters) {
        return each("he", parameters, seed, Random::nextGaussian, node -> Math.sqrt(2.0 / columns(node)));
    }

    /**
     * {@return matrices with orthonormal rows or columns, whichever are fewer}
     *
     * <p>Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks
     * (2014).
     *
     * @param seed the same seed gives the same numbers
     * @param parameters of fixed shape
     */
    public static Feeds orthogonal(long seed, Node... parameters) {
        Feeds normal = each("orthogonal", parameters, seed, Random::nextGaussian, node -> 1);
        Feeds result = Feeds.none();
        for (Node node : parameters) {
            result = result.and(node, orthonormal(Require.given(normal.asMap().get(node), "the numbers")));
        }
        return result;
    }

    /** Gram and Schmidt, twice, because once leaves rounding errors. */
    private static DMatrixRMaj orthonormal(DMatrixRMaj random) {
        boolean byRow = random.numRows <= random.numCols;
        int count = Math.min(random.numRows, random.numCols);
        int length = Math.max(random.numRows, random.numCols);
        double[][] vectors = new double[count][length];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < length; k++) {
                vectors[i][k] = byRow ? random.get(i, k) : random.get(k, i);
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    Vectors.add(vectors[i], -Vectors.dot(vectors[j], vectors[i]), vectors[j]);
                }
                double norm = Vectors.norm(vectors[i]);
                for (int k = 0; k < length; k++) {
                    vectors[i][k] /= norm;
                }
            }
        }
        DMatrixRMaj result = random.createLike();
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < length; k++) {
                result.set(byRow ? i : k, byRow ? k : i, vectors[i][k]);
            }
        }
        return result;
    }

    private static Feeds each(
            String method,
            Node[] parameters,
            long seed,
            ToDoubleFunction<Random> numbers,
            ToDoubleFunction<Node> scale) {
        Feeds feeds = Feeds.none();
        int place = 0;
        for (Node node : Require.nodes("Initializers." + method, parameters)) {
            requireFixed(method, node);
            long own = seed * 0x9E3779B97F4A7C15L + 31L * node.name().orElse("").hashCode() + place++;
            Random random = new Random(own);
            DMatrixRMaj value = new DMatrixRMaj(rows(node), columns(node));
            double factor = scale.applyAsDouble(node);
            for (int k = 0; k < value.getNumElements(); k++) {
                value.data[k] = factor * numbers.applyAsDouble(random);
            }
            feeds = feeds.and(node, value);
        }
        return feeds;
    }

    private static void requireFixed(String method, Node node) {
        Shape shape = node.shape();
        if (!shape.isFixed()) {
            throw new IllegalArgumentException("Initializers." + method + ": " + node.describe() + ", made at "
                    + node.source() + ", has no fixed shape; give it a shape of numbers");
        }
    }

    private static int rows(Node node) {
        return node.shape().rows().size();
    }

    private static int columns(Node node) {
        return node.shape().columns().size();
    }
}
