package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;

/**
 * Reductions over rows, columns, or everything.
 *
 * <p>The records are the declarations behind the methods; they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isTotal = node.op().orElse(null) instanceof Reductions.Sum sum && sum.over() == Over.ALL;
 * }</pre>
 */
@CheckReturnValue
public final class Reductions {
    private Reductions() {}

    /**
     * {@return the sum of all elements, 1×1}
     *
     * @param x m×n
     */
    public static Node sum(Node x) {
        return Node.apply(new Reductions.Sum(Over.ALL), x);
    }

    /**
     * {@return the sum over rows, columns or everything; see {@link #sum(Node)}} Derivative 1.
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node sum(Node x, Over over) {
        return Node.apply(new Reductions.Sum(over), x);
    }

    /**
     * {@return the sum of each row: m×n becomes m×1}
     *
     * @param x m×n
     */
    public static Node rowSums(Node x) {
        return Node.apply(new Reductions.Sum(Over.EACH_ROW), x);
    }

    /**
     * {@return the sum of each column: m×n becomes 1×n}
     *
     * @param x m×n
     */
    public static Node columnSums(Node x) {
        return Node.apply(new Reductions.Sum(Over.EACH_COLUMN), x);
    }

    /**
     * {@return the mean of all elements, 1×1; finite whenever the mean is, even if the sum is not} Derivative 1/(m·n).
     *
     * @param x m×n
     */
    public static Node mean(Node x) {
        return mean(x, Over.ALL);
    }

    /**
     * {@return the mean over rows, columns or everything; see {@link #mean(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node mean(Node x, Over over) {
        return Node.apply(new Reductions.Mean(over), x);
    }

    /**
     * {@return the mean of each row: m×n becomes m×1} Derivative 1/n.
     *
     * @param x m×n
     */
    public static Node rowMeans(Node x) {
        return mean(x, Over.EACH_ROW);
    }

    /**
     * {@return the mean of each column: m×n becomes 1×n} Derivative 1/m.
     *
     * @param x m×n
     */
    public static Node columnMeans(Node x) {
        return mean(x, Over.EACH_COLUMN);
    }

    /**
     * {@return the largest element, 1×1; NaN if one is NaN}
     *
     * <p>Derivative: 1 at the largest element, shared evenly if several are equal, 0 elsewhere.
     *
     * @param x m×n
     */
    public static Node max(Node x) {
        return max(x, Over.ALL);
    }

    /**
     * {@return the largest element of each row, of each column or of everything; see {@link #max(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node max(Node x, Over over) {
        return Node.apply(new ExtremeOps.Extreme(over, true), x);
    }

    /**
     * {@return the smallest element, 1×1; NaN if one is NaN}
     *
     * <p>Derivative: 1 at the smallest element, shared evenly if several are equal, 0 elsewhere.
     *
     * @param x m×n
     */
    public static Node min(Node x) {
        return min(x, Over.ALL);
    }

    /**
     * {@return the smallest element of each row, of each column or of everything; see {@link #min(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node min(Node x, Over over) {
        return Node.apply(new ExtremeOps.Extreme(over, false), x);
    }

    /**
     * {@return the place of the largest element, 1×1, counted from 0 in row-major order; the first one if several are
     * equal, and the first NaN if there is one}
     *
     * <p>Derivative 0, as for every step function, so it may be part of a graph that is differentiated.
     *
     * @param x m×n
     */
    public static Node argmax(Node x) {
        return argmax(x, Over.ALL);
    }

    /**
     * {@return the place of the largest element within each row (its column), or each column (its row); see
     * {@link #argmax(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node argmax(Node x, Over over) {
        return Node.apply(new ExtremeOps.Position(over, true), x);
    }

    /**
     * {@return the place of the smallest element, 1×1; otherwise as {@link #argmax(Node)}} Derivative 0.
     *
     * @param x m×n
     */
    public static Node argmin(Node x) {
        return argmin(x, Over.ALL);
    }

    /**
     * {@return the place of the smallest element within each row or column; otherwise as {@link #argmax(Node, Over)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node argmin(Node x, Over over) {
        return Node.apply(new ExtremeOps.Position(over, false), x);
    }

    /**
     * {@return the product of all elements, 1×1} Derivative: the product of the other elements, exact at zeros too.
     *
     * @param x m×n
     */
    public static Node product(Node x) {
        return product(x, Over.ALL);
    }

    /**
     * {@return the product of each row, of each column or of everything; see {@link #product(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node product(Node x, Over over) {
        return Node.apply(new ProductOps.Product(over), x);
    }

    /**
     * {@return the median of all elements, 1×1: the middle one by size, or the mean of the two middle ones; NaN if one is NaN}
     *
     * <p>Derivative 1 at the middle element, or ½ at each of the two; elements equal to it share evenly.
     *
     * @param x m×n
     */
    public static Node median(Node x) {
        return median(x, Over.ALL);
    }

    /**
     * {@return the median of each row, of each column or of everything} See {@link #median(Node)}.
     *
     * @param x m×n
     * @param over along what
     */
    public static Node median(Node x, Over over) {
        return Node.apply(new OrderOps.Median(over), x);
    }

    /**
     * {@return running sums along each row, along each column or, row after row, along everything: each element with all before it}
     * The shape stays.
     *
     * <p>Derivative: the running sums of {@code dy} from the end.
     *
     * <pre>{@code
     * Node path = Reductions.cumulativeSum(steps, Over.EACH_ROW);   // [1 2 3] becomes [1 3 6]
     * }</pre>
     *
     * @param x m×n
     * @param over along what
     */
    public static Node cumulativeSum(Node x, Over over) {
        return Node.apply(new OrderOps.CumulativeSum(over, false), x);
    }

    /**
     * {@return the logarithm of running sums of exponentials, {@code log(cumulativeSum(exp(x)))}} The shape stays, and nothing
     * overflows or underflows.
     *
     * <p>In a proportional hazards model it is the logarithm of the sum over a risk set. −∞ while all elements are −∞, with
     * derivative 0. Derivative: {@code exp(x)} times the sums of {@code dy/exp(y)} from the end.
     *
     * <pre>{@code
     * Node riskSets = Reductions.logCumulativeSumExp(scores, Over.EACH_ROW);   // [800 800] becomes [800 800.69…]
     * }</pre>
     *
     * @param x m×n
     * @param over along what
     */
    public static Node logCumulativeSumExp(Node x, Over over) {
        return Node.apply(new CumulativeExponentialOps.LogCumulativeSumExp(over), x);
    }

    /**
     * {@return the variance of all elements, 1×1: the mean of the squared distances from the mean}
     *
     * <p>It is divided by the number of elements, not by one less. Derivative {@code 2(x − mean)/(m·n)}.
     *
     * @param x m×n
     */
    public static Node variance(Node x) {
        return variance(x, Over.ALL);
    }

    /**
     * {@return the variance of each row, of each column or of everything; see {@link #variance(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node variance(Node x, Over over) {
        return mean(Arithmetic.square(centred(x, over)), over);
    }

    /**
     * {@return the standard deviation of all elements, 1×1: the root of the {@link #variance(Node) variance}}
     *
     * <p>Derivative {@code (x − mean)/(m·n·std)}, and 0 where all elements are equal, in the second derivative too.
     *
     * @param x m×n
     */
    public static Node standardDeviation(Node x) {
        return standardDeviation(x, Over.ALL);
    }

    /**
     * {@return the standard deviation of each row, of each column or of everything; see
     * {@link #standardDeviation(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node standardDeviation(Node x, Over over) {
        Node.requireOperands("standardDeviation", x);
        Node distance = norm2(centred(x, over), over);
        return Arithmetic.divide(distance, Elementary.sqrt(Constants.size(over.count(x.shape()))));
    }

    /**
     * {@return the Euclidean norm of all elements (the Frobenius norm), 1×1; nothing overflows on the way}
     *
     * <p>Derivative {@code x/norm}, and 0 where the norm is 0, in the second derivative too.
     *
     * @param x m×n
     */
    public static Node norm2(Node x) {
        return norm2(x, Over.ALL);
    }

    /**
     * {@return the Euclidean norm of each row, of each column or of everything; see {@link #norm2(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node norm2(Node x, Over over) {
        return Node.apply(new NormOps.Norm2(over), x);
    }

    /**
     * {@return the sum of the absolute values of all elements, 1×1} Derivative: the sign, 0 at 0.
     *
     * @param x m×n
     */
    public static Node norm1(Node x) {
        return norm1(x, Over.ALL);
    }

    /**
     * {@return the sum of the absolute values of each row, of each column or of everything; see {@link #norm1(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node norm1(Node x, Over over) {
        return sum(Elementary.abs(x), over);
    }

    /**
     * {@return {@code log Σ exp(x)} of all elements, 1×1, without overflow}
     *
     * <p>−∞ if every element is −∞, with derivative 0. Derivative: {@link Activations#softmax}.
     *
     * @param x m×n
     */
    public static Node logSumExp(Node x) {
        return logSumExp(x, Over.ALL);
    }

    /**
     * {@return {@code log Σ exp(x)} of each row, of each column or of everything; see {@link #logSumExp(Node)}}
     *
     * @param x m×n
     * @param over {@link Over#EACH_ROW} (m×n becomes m×1), {@link Over#EACH_COLUMN} (1×n) or {@link Over#ALL} (1×1)
     */
    public static Node logSumExp(Node x, Over over) {
        return Node.apply(new SoftmaxOps.LogSumExp(over), x);
    }

    /**
     * {@return each row divided by its Euclidean norm, without an epsilon: a row of zeros gives NaN}
     *
     * @param x m×n
     */
    public static Node normalizeRows(Node x) {
        return Node.apply(new NormOps.Normalize(Over.EACH_ROW, false), x);
    }

    /**
     * {@return each column divided by its Euclidean norm, without an epsilon: a column of zeros gives NaN}
     *
     * @param x m×n
     */
    public static Node normalizeColumns(Node x) {
        return Node.apply(new NormOps.Normalize(Over.EACH_COLUMN, false), x);
    }

    private static Node centred(Node x, Over over) {
        return Arithmetic.subtract(x, mean(x, over));
    }

    /**
     * The sum.
     *
     * @param over what is summed
     */
    public record Sum(Over over) implements Reduction {
        /**
         * Refuses null.
         *
         * @param over what is summed
         */
        public Sum {
            Require.given(over, "sum: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("sum");
        }

        @Override
        public String symbol() {
            return switch (over) {
                case ALL -> "Σ";
                case EACH_ROW -> "Σ each row";
                case EACH_COLUMN -> "Σ each column";
            };
        }

        @Override
        public Fold fold() {
            return Fold.SUM;
        }

        @Override
        public Notation notation() {
            return over == Over.ALL ? new Notation.Prefix("Σ", "\\sum") : Notation.call(name());
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.broadcastTo(inputs.get(0).shape()));
        }
    }

    /**
     * The mean; it is finite whenever the mean is, even if the sum is not.
     *
     * @param over what is averaged
     */
    public record Mean(Over over) implements Composite {
        /**
         * Refuses null.
         *
         * @param over what is averaged
         */
        public Mean {
            Require.given(over, "mean: what is reduced");
        }

        @Override
        public String name() {
            return over.prefixed("mean");
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return over.of(Operands.only(inputs));
        }

        /** Where the sum overflows, one of smaller numbers counts; of a symbolic number of elements, that is left out. */
        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Sum sum = new Sum(over);
            if (!over.count(x.shape()).isFixed()) {
                return Node.apply(sum, x).dividedBy(Constants.size(over.count(x.shape())));
            }
            Formula n = Formula.constant(over.count(x.shape()).size());
            Formula of = Formula.argument(0);
            Node mean = Inline.of(of.dividedBy(n), Node.apply(sum, x));
            Node isFinite = Inline.of(of.abs().lessThan(Formula.constant(Double.POSITIVE_INFINITY)), mean);
            Node ofScaled =
                    Inline.of(of.dividedBy(n).times(Formula.constant(0x1p32)), Node.apply(sum, x.times(0x1p-32)));
            return Fallback.of(isFinite, mean, ofScaled);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            Shape shape = inputs.get(0).shape();
            return List.of(dy.dividedBy(Constants.size(over.count(shape))).broadcastTo(shape));
        }
    }
}
