package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sum of products of exponentials and weights, {@code Σ c·e^(k·z)·w^j}, as a polynomial in e<sup>z</sup> and w.
 *
 * <p>Operands are counted from 0: first the exponents z, then the weights w.
 *
 * <pre>{@code
 * new ExponentialSum(1, List.of(new Term(1, List.of(1, 0)), new Term(2, List.of(0, 1))));     // e^z + 2·w
 * }</pre>
 *
 * @param exponents how many of the operands are exponents
 * @param terms the terms
 */
public record ExponentialSum(int exponents, List<Term> terms) {
    /**
     * A product of a number and powers of the operands.
     *
     * <pre>{@code
     * new Term(0.5, List.of(1, 0));          // half the first one
     * }</pre>
     *
     * @param factor a number
     * @param powers how often each operand is a factor
     */
    public record Term(double factor, List<Integer> powers) {
        /**
         * Copies the powers.
         *
         * @param factor a number
         * @param powers how often each operand is a factor
         */
        public Term {
            powers = Require.list(powers, "ExponentialSum.Term: the powers");
        }

        private Term times(Term other, double number) {
            List<Integer> product = new ArrayList<>();
            for (int i = 0; i < powers.size(); i++) {
                product.add(powers.get(i) + other.powers.get(i));
            }
            return new Term(factor * other.factor * number, product);
        }
    }

    /** What cancels in a sum of products of numbers, relative to their sizes. */
    private static final double ROUNDING = 0x1p-50;

    /**
     * Copies the terms.
     *
     * @param exponents how many of the operands are exponents
     * @param terms the terms
     */
    public ExponentialSum {
        terms = Require.list(terms, "ExponentialSum: the terms");
    }

    /** {@return how many operands there are} */
    public int arity() {
        return terms.get(0).powers.size();
    }

    /** The shape of all operands; a formula need not look at each. */
    Shape shape(List<Shape> inputs) {
        Operands.require(arity(), inputs);
        inputs.forEach(shape -> Operands.requireShape(shape, inputs.get(0)));
        return inputs.get(0);
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    /** One factor for each term if there are no weights and each term is one exponential; an empty array if not. */
    double[] plainFactors() {
        boolean isPlain = terms.stream()
                .allMatch(term -> term.powers.size() == exponents
                        && term.powers.stream().mapToInt(power -> power).sum() == 1
                        && term.powers.stream().allMatch(power -> power >= 0));
        return isPlain ? terms.stream().mapToDouble(Term::factor).toArray() : new double[0];
    }

    /** The derivative by an operand. */
    ExponentialSum derivative(int operand) {
        List<Term> result = new ArrayList<>();
        for (Term term : terms) {
            int power = term.powers.get(operand);
            if (power != 0) {
                List<Integer> powers = new ArrayList<>(term.powers);
                if (operand >= exponents) {
                    powers.set(operand, power - 1);
                }
                result.add(new Term(term.factor * power, powers));
            }
        }
        return new ExponentialSum(exponents, result);
    }

    /** {@code this·a − number·other·b}; terms that cancel are left out. */
    ExponentialSum crossed(ExponentialSum a, double number, ExponentialSum other, ExponentialSum b) {
        Map<List<Integer>, double[]> sums = new LinkedHashMap<>();
        collect(sums, a, 1);
        other.collect(sums, b, -number);
        List<Term> result = new ArrayList<>();
        sums.forEach((powers, sum) -> {
            if (Math.abs(sum[0]) > ROUNDING * sum[1]) {
                result.add(new Term(sum[0], powers));
            }
        });
        return new ExponentialSum(exponents, result);
    }

    private void collect(Map<List<Integer>, double[]> sums, ExponentialSum other, double number) {
        for (Term first : terms) {
            for (Term second : other.terms) {
                Term product = first.times(second, number);
                double[] sum = sums.computeIfAbsent(product.powers, powers -> new double[2]);
                sum[0] += product.factor;
                sum[1] += Math.abs(product.factor);
            }
        }
    }

    /** The powers that all terms have. */
    int[] commonPowers() {
        int[] common = terms.get(0).powers.stream().mapToInt(power -> power).toArray();
        for (Term term : terms) {
            Arrays.setAll(common, i -> Math.min(common[i], term.powers.get(i)));
        }
        return common;
    }

    /** The sum as people write it. */
    Node asWritten(List<Node> operands) {
        Node sum = null;
        for (Term term : terms) {
            Node exponent = null;
            Node product = null;
            for (int i = 0; i < operands.size(); i++) {
                int power = term.powers.get(i);
                Node operand = operands.get(i);
                if (i < exponents && power != 0) {
                    Node multiple = power == 1 ? operand : operand.times(power);
                    exponent = exponent == null ? multiple : exponent.plus(multiple);
                }
                for (int count = 0; i >= exponents && count < power; count++) {
                    product = product == null ? operand : product.times(operand);
                }
            }
            Node power = exponent == null ? Constants.ones(operands.get(0).shape()) : exponent.exp();
            Node next = product == null ? power : product.times(power);
            Node scaled = term.factor == 1 ? next : next.times(term.factor);
            sum = sum == null ? scaled : sum.plus(scaled);
        }
        return sum == null ? Constants.zeros(operands.get(0).shape()) : sum;
    }
}
