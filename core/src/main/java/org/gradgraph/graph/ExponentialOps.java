package org.gradgraph.graph;

import static org.gradgraph.graph.ScalarFunction.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradgraph.graph.ExponentialSum.Term;

/**
 * Logarithms and quotients of sums of exponentials, element by element; nothing overflows on the way.
 *
 * <p>A program puts them in place of what is written with {@code exp}; public so that they can be recognised in a graph.
 *
 * <pre>{@code
 * boolean isQuotient = node.op().orElse(null) instanceof ExponentialOps.Quotient;
 * }</pre>
 */
public final class ExponentialOps {
    private static final Formula X = Formula.argument(0);
    private static final Formula ZERO = Formula.constant(0);
    private static final Formula ONE = Formula.constant(1);
    private static final double LOG_2 = StrictMath.log(2);

    /** Below this, a logarithm of a weighted mean of exponentials is near 0. */
    private static final double NEAR = 0.5;

    private ExponentialOps() {}

    /** log cosh x, exact near 0; it does not overflow. Derivative {@code tanh x}. */
    public static final Elementwise LOG_COSH = function(
                    "logCosh", logCosh(), (x, y, dy) -> dy.times(Elementary.tanh(x)))
            .textbook(in -> Elementary.cosh(in.get(0)).log());

    private static Formula logCosh() {
        Formula size = X.abs();
        Formula less = Formula.of(Primitive.EXPM1, size.negate());
        Formula decay = ONE.plus(less);
        Formula near = Formula.of(Primitive.LOG1P, less.times(less).dividedBy(decay.times(Formula.constant(2))));
        Formula far = size.plus(Formula.of(Primitive.LOG1P, decay.times(decay)).minus(Formula.constant(LOG_2)));
        return Formula.select(size.lessThan(ONE), near, far);
    }

    /**
     * The logarithm of a sum whose terms have one exponential each.
     *
     * @param sum the sum
     */
    public record LogOfSum(ExponentialSum sum) implements Elementwise {
        /**
         * Refuses null.
         *
         * @param sum the sum
         */
        public LogOfSum {
            Require.given(sum, "logOfSum: the sum");
        }

        @Override
        public String name() {
            return "logOfSum";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return sum.shape(inputs);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            return Optional.of(sum.asWritten(inputs).log());
        }

        @Override
        public Formula formula() {
            ShiftedExponentials shifted = new ShiftedExponentials(sum);
            double[] factors = sum.plainFactors();
            if (factors.length == 2 && factors[0] == -factors[1]) {
                return logOfDifference(factors);
            }
            Formula m = shifted.largest();
            Formula isInfinite = Formula.of(Primitive.EQUAL, m.abs(), Formula.constant(Double.POSITIVE_INFINITY));
            if (factors.length == 0) {
                return Formula.select(isInfinite, m, m.plus(shifted.sum(sum).log()));
            }
            Formula top = ZERO;
            Formula others = ZERO;
            for (Term term : sum.terms()) {
                int z = term.powers().indexOf(1);
                Formula factor = Formula.constant(term.factor());
                top = top.plus(Formula.select(shifted.isLargest(z), factor, ZERO));
                others = others.plus(Formula.select(shifted.isLargest(z), ZERO, factor.times(shifted.power(z))));
            }
            if (Arrays.stream(factors).allMatch(factor -> factor == 1)) {
                Formula rest = Formula.of(Primitive.LOG1P, others.plus(top.minus(ONE)));
                return Formula.select(isInfinite, m, m.plus(rest));
            }
            Formula rest = top.log().plus(Formula.of(Primitive.LOG1P, others.dividedBy(top)));
            if (Arrays.stream(factors).allMatch(factor -> factor > 0)) {
                return nearOne(factors, Formula.select(isInfinite, m, m.plus(rest)));
            }
            Formula isPositive = ZERO.lessThan(top);
            Formula ofNegative = top.plus(others).log();
            Formula atInfinity =
                    Formula.select(m.lessThan(ZERO), m, Formula.select(isPositive, m, Formula.constant(Double.NaN)));
            return Formula.select(isInfinite, atInfinity, m.plus(Formula.select(isPositive, rest, ofNegative)));
        }

        /** {@code log(c·e^a − c·e^b)}. */
        private Formula logOfDifference(double[] factors) {
            int first = factors[0] > 0 ? 0 : 1;
            Formula a = Formula.argument(sum.terms().get(first).powers().indexOf(1));
            Formula b = Formula.argument(sum.terms().get(1 - first).powers().indexOf(1));
            Formula distance = a.minus(b);
            Formula isNear = distance.lessThan(Formula.constant(LOG_2));
            Formula near =
                    Formula.of(Primitive.EXPM1, distance.negate()).negate().log();
            Formula far = Formula.of(Primitive.LOG1P, distance.negate().exp().negate());
            Formula rest = Formula.select(isNear, near, far);
            if (factors[first] != 1) {
                rest = rest.plus(Formula.constant(StrictMath.log(factors[first])));
            }
            Formula infinity = Formula.constant(Double.POSITIVE_INFINITY);
            Formula ofNothing = Formula.select(a.lessThan(infinity), infinity.negate(), Formula.constant(Double.NaN));
            return Formula.select(Formula.of(Primitive.EQUAL, a, b), ofNothing, a.plus(rest));
        }

        /** The logarithm of a weighted mean near 0, where all exponents are; the other formula elsewhere. */
        private Formula nearOne(double[] factors, Formula elsewhere) {
            double rest = -1;
            for (double factor : factors) {
                rest += factor;
            }
            if (Math.abs(rest) > 0x1p-40) {
                return elsewhere;
            }
            Formula size = ZERO;
            Formula mean = Formula.constant(rest);
            for (Term term : sum.terms()) {
                Formula z = Formula.argument(term.powers().indexOf(1));
                size = Formula.of(Primitive.MAX, size, z.abs());
                mean = mean.plus(Formula.of(Primitive.EXPM1, z).times(Formula.constant(term.factor())));
            }
            Formula near = Formula.of(Primitive.LOG1P, mean);
            return Formula.select(size.lessThan(Formula.constant(NEAR)), near, elsewhere);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            List<Node> result = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                result.add(slope(sum.derivative(i), sum, 1, inputs, dy));
            }
            return result;
        }
    }

    /**
     * The quotient of a sum and a power of another one.
     *
     * <p>Each derivative is such a quotient again; terms that cancel are left out when it is made, so that nothing cancels
     * where a share is near 1.
     *
     * @param above the dividend; its terms have as many exponentials as those of the divisor
     * @param below the divisor, whose terms have one exponential each
     * @param power how often to divide
     */
    public record Quotient(ExponentialSum above, ExponentialSum below, int power) implements Elementwise {
        /**
         * Refuses null.
         *
         * @param above the dividend; its terms have as many exponentials as those of the divisor
         * @param below the divisor, whose terms have one exponential each
         * @param power how often to divide
         */
        public Quotient {
            Require.given(above, "quotient of sums: the dividend");
            Require.given(below, "quotient of sums: the divisor");
        }

        @Override
        public String name() {
            return "quotientOfSums";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return below.shape(inputs);
        }

        @Override
        public Optional<Node> textbookForm(List<Node> inputs) {
            Node divisor = below.asWritten(inputs);
            Node result = above.asWritten(inputs);
            for (int i = 0; i < power; i++) {
                result = result.dividedBy(divisor);
            }
            return Optional.of(result);
        }

        @Override
        public Formula formula() {
            ShiftedExponentials shifted = new ShiftedExponentials(below);
            Formula result = shifted.sum(above);
            Formula divisor = shifted.sum(below);
            for (int i = 0; i < power; i++) {
                result = result.dividedBy(divisor);
            }
            return result;
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            List<Node> result = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                ExponentialSum change = above.derivative(i).crossed(below, power, above, below.derivative(i));
                result.add(slope(change, below, power + 1, inputs, dy));
            }
            return result;
        }
    }

    private static Node slope(ExponentialSum above, ExponentialSum below, int power, List<Node> inputs, Node dy) {
        if (above.isZero()) {
            return Constants.zeros(dy.shape());
        }
        Node slope = Node.apply(new Quotient(above, below, power), inputs);
        return dy.times(slope);
    }
}
