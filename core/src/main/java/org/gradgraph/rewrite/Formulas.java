package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Polynomials as nodes, in the order of a textbook: common factors outside, positive terms first, numbers first,
 * division by numbers last.
 */
final class Formulas {
    private final Shape target;

    private Formulas(Shape target) {
        this.target = target;
    }

    /** A node of a shape that has the value of a polynomial. */
    static Node of(Polynomial form, Shape shape) {
        return Layout.broadcast(new Formulas(shape).sumOrTerm(form), shape);
    }

    /** Whether a polynomial has this shape without being repeated. */
    static boolean hasShape(Polynomial form, Shape shape) {
        return new Formulas(shape).sumOrTerm(form).shape().equals(shape);
    }

    private Node sumOrTerm(Polynomial form) {
        if (form.isZero()) {
            return Node.constant(0);
        }
        Polynomial term = form.asOneTerm();
        return term(term.only().getValue(), term.only().getKey());
    }

    private Node term(Fraction coefficient, Monomial monomial) {
        Monomial product = monomial;
        Fraction factor = coefficient;
        if (factor.isNegative()) {
            for (Map.Entry<Factor, Integer> power : monomial.powers().entrySet()) {
                if (power.getValue() == 1 && power.getKey() instanceof Polynomial sum && hasBothSigns(sum)) {
                    product = product.times(Monomial.of(sum, -1))
                            .times(Monomial.of(sum.times(Fraction.of(-1), Monomial.ONE), 1));
                    factor = factor.negate();
                    break;
                }
            }
        }
        Node number = productOf(product, 1, true);
        Node matrix = productOf(product, 1, false);
        Node divisor = productOf(product, -1, false);
        Node lastDivisor = productOf(product, -1, true);
        Node result = number == null ? matrix : matrix == null ? number : number.times(matrix);
        double scale = factor.numerator();
        if (result == null) {
            result = Node.constant(scale);
        } else if (scale == -1) {
            result = result.negate();
        } else if (scale != 1) {
            result = result.times(scale);
        }
        if (divisor != null && lastDivisor == null && factor.denominator() != 1) {
            divisor = divisor.times(factor.denominator());
            factor = Fraction.of(factor.numerator());
        }
        if (divisor != null) {
            result = together(result, divisor).get(0).dividedBy(divisor);
        }
        if (factor.denominator() != 1) {
            lastDivisor =
                    lastDivisor == null ? Node.constant(factor.denominator()) : lastDivisor.times(factor.denominator());
        }
        return lastDivisor == null ? result : result.dividedBy(lastDivisor);
    }

    private static boolean hasBothSigns(Polynomial sum) {
        return sum.terms().values().stream().anyMatch(Fraction::isNegative);
    }

    /** The product of the powers of one sign: the 1×1 ones, or all others. */
    private @Nullable Node productOf(Monomial product, int sign, boolean numbers) {
        Node result = null;
        for (Map.Entry<Factor, Integer> power : product.powers().entrySet()) {
            if (power.getValue() * sign > 0 && power.getKey().fits(Shape.SCALAR) == numbers) {
                Node factor = raised(nodeOf(power.getKey()), power.getValue() * sign);
                if (result == null) {
                    result = factor;
                } else {
                    List<Node> pair = together(result, factor);
                    result = pair.get(0).times(pair.get(1));
                }
            }
        }
        return result;
    }

    private static Node raised(Node base, int exponent) {
        Node result = base;
        for (int done = 1; done < exponent; done++) {
            result = done == 1 ? base.square() : result.times(base);
        }
        return result;
    }

    private Node nodeOf(Factor factor) {
        return factor instanceof Factor.Atom atom ? atom.node() : sum((Polynomial) factor);
    }

    /** Positive terms first, a number last, because that is how adding a number is written as a node. */
    private Node sum(Polynomial form) {
        List<Map.Entry<Monomial, Fraction>> inOrder = new ArrayList<>();
        form.terms().entrySet().stream()
                .filter(term -> !term.getValue().isNegative())
                .forEach(inOrder::add);
        form.terms().entrySet().stream()
                .filter(term -> term.getValue().isNegative())
                .forEach(inOrder::add);
        Node result = null;
        Fraction number = Fraction.ZERO;
        for (Map.Entry<Monomial, Fraction> term : inOrder) {
            if (term.getKey().isOne()) {
                number = term.getValue();
            } else if (result == null) {
                result = term(term.getValue(), term.getKey());
            } else {
                Node next = term(term.getValue().abs(), term.getKey());
                List<Node> pair = together(result, next);
                result = term.getValue().isNegative()
                        ? pair.get(0).minus(pair.get(1))
                        : pair.get(0).plus(pair.get(1));
            }
        }
        if (result == null) {
            return Node.constant(number.numerator() / number.denominator());
        }
        return number.isZero() ? result : result.plus(number.numerator() / number.denominator());
    }

    /** A column and a row do not meet by themselves. */
    private List<Node> together(Node a, Node b) {
        boolean meet = stretches(a.shape(), b.shape()) || stretches(b.shape(), a.shape());
        return meet ? List.of(a, b) : List.of(Layout.broadcast(a, target), b);
    }

    private static boolean stretches(Shape from, Shape to) {
        return (from.rows().isOne() || from.rows().equals(to.rows()))
                && (from.columns().isOne() || from.columns().equals(to.columns()));
    }
}
