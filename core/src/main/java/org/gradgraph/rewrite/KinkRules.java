package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.RECIPROCAL;
import static org.gradgraph.graph.Arithmetic.SQUARE;
import static org.gradgraph.graph.Elementary.ABS;
import static org.gradgraph.graph.Elementary.SQRT;
import static org.gradgraph.graph.TrigonometricOps.HYPOT;
import static org.gradgraph.rewrite.Rule.Effect.BETTER_ROUNDING;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Arithmetic.ConstantPower;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.NormOps.Norm2;
import org.gradgraph.graph.Reductions;
import org.jspecify.annotations.Nullable;

/** Rules for kinks and infinite slopes that the rest of the expression smooths. */
final class KinkRules {
    /** How many factors and divisors around a kink are looked through. */
    private static final int MOST_FACTORS = 4;

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(BETTER_ROUNDING, "square of a kink", "norm2(x)², |x|², hypot(a, b)²", "Σ x², x², a² + b²")
                    .when("also of a multiple, of a quotient and of a product with something else")
                    .ieee("no root; at 0 the second derivative is that of the square, where the left side has 0")
                    .at(SQUARE, match -> squareOfKink(match, match.input(0))),
            saying(BETTER_ROUNDING, "square of a root", "(√x)²", "x")
                    .when("also of a multiple, of a quotient and of a product with something else")
                    .ieee("NaN below 0, as before; at 0 the derivative is 1, where the left side has 0·∞")
                    .at(SQUARE, match -> squareOfRoot(match, match.input(0))),
            saying(BETTER_ROUNDING, "even power of a kink or a root", "|x|⁴, norm2(x)⁴, (√x)⁴", "x⁴, (Σ x²)², x²")
                    .when("the exponent is 2 or 4; also of a multiple, of a quotient and of a product")
                    .ieee("as for the square")
                    .at(ConstantPower.class, KinkRules::evenPower),
            saying(BETTER_ROUNDING, "root of a square", "√(x²)", "|x|")
                    .ieee("no overflow or underflow on the way; the derivative at 0 is 0 instead of NaN")
                    .at(SQRT, match -> {
                        Node x = match.inside(match.input(0), SQUARE);
                        return x == null ? null : Elementary.abs(x);
                    }),
            saying(BETTER_ROUNDING, "reciprocal of a reciprocal", "1/(1/x)", "x")
                    .ieee("no rounding and no overflow; at 0 the derivative is 1 instead of NaN")
                    .at(RECIPROCAL, match -> divisorOfOne(match, match.input(0))),
            saying(BETTER_ROUNDING, "reciprocal of a reciprocal, as a quotient", "1/(1/x)", "x")
                    .ieee("no rounding and no overflow; at 0 the derivative is 1 instead of NaN")
                    .at(DIVIDE, match -> match.isAll(match.input(0), 1) ? divisorOfOne(match, match.input(1)) : null));

    private KinkRules() {}

    private static @Nullable Node divisorOfOne(Match match, Node quotient) {
        Node divisor = match.inside(quotient, RECIPROCAL);
        if (divisor != null) {
            return divisor;
        }
        return match.is(quotient, DIVIDE) && match.isAll(quotient.inputs().get(0), 1)
                ? match.operands(quotient).get(1)
                : null;
    }

    private static @Nullable Node evenPower(Match match) {
        double exponent = match.op(ConstantPower.class).exponent();
        if (exponent != 2 && exponent != 4) {
            return null;
        }
        Node ofKink = squareOfKink(match, match.input(0));
        Node square = ofKink == null ? squareOfRoot(match, match.input(0)) : ofKink;
        return square == null || exponent == 2 ? square : square.square();
    }

    /** What stands inside factors and divisors, and what they do to it. */
    private static final class Inside {
        private Node node;
        private UnaryOperator<Node> factors = x -> x;

        private Inside(Node node) {
            this.node = node;
        }

        /** Signs do not count: it is squared. */
        static Inside of(Match match, Node outer) {
            Inside inside = new Inside(outer);
            for (int count = 0; count < MOST_FACTORS && inside.goIn(match); count++) {
                // a bounded number of steps: a rule looks at a bounded part of the graph
            }
            return inside;
        }

        private boolean goIn(Match match) {
            Node outer = node;
            Scale scale = match.op(outer, Scale.class);
            if (scale != null) {
                step(match.operands(outer).get(0), x -> x.times(scale.factor()));
            } else if (match.is(outer, NEGATE)) {
                step(match.operands(outer).get(0), x -> x);
            } else if (match.is(outer, DIVIDE)) {
                Node divisor = outer.inputs().get(1);
                step(match.operands(outer).get(0), x -> x.dividedBy(Layout.broadcast(divisor, x.shape())));
            } else if (match.is(outer, MULTIPLY) && outer.inputs().stream().anyMatch(x -> isKinkOrRoot(match, x))) {
                List<Node> both = match.operands(outer);
                int kink = isKinkOrRoot(match, both.get(0)) ? 0 : 1;
                step(both.get(kink), x -> x.times(Layout.broadcast(both.get(1 - kink), x.shape())));
            } else {
                return false;
            }
            return true;
        }

        private void step(Node inner, UnaryOperator<Node> factor) {
            UnaryOperator<Node> before = factors;
            factors = x -> before.apply(factor.apply(x));
            node = inner;
        }

        Node squared(Node x) {
            return factors.apply(x).square();
        }
    }

    private static boolean isKinkOrRoot(Match match, Node node) {
        return match.is(node, ABS)
                || match.is(node, HYPOT)
                || match.is(node, SQRT)
                || match.op(node, Norm2.class) != null;
    }

    private static @Nullable Node squareOfKink(Match match, Node node) {
        Inside inside = Inside.of(match, node);
        Node kink = inside.node;
        Norm2 norm = match.op(kink, Norm2.class);
        if (norm != null) {
            return Reductions.sum(inside.squared(match.operands(kink).get(0)), norm.over());
        }
        if (match.is(kink, ABS)) {
            return inside.squared(match.operands(kink).get(0));
        }
        if (match.is(kink, HYPOT)) {
            List<Node> sides = match.operands(kink);
            return inside.squared(sides.get(0)).plus(inside.squared(sides.get(1)));
        }
        return null;
    }

    /** Factors are applied twice, because their squares may be out of range where the result is not. */
    private static @Nullable Node squareOfRoot(Match match, Node node) {
        Inside inside = Inside.of(match, node);
        Node x = match.inside(inside.node, SQRT);
        if (x == null) {
            return null;
        }
        Node real = Comparisons.where(Comparisons.less(x, 0), inside.node, x);
        return inside.factors.apply(inside.factors.apply(real));
    }
}
