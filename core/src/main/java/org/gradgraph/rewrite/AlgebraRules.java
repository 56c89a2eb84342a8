package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.EXP;
import static org.gradgraph.graph.Elementary.LOG;
import static org.gradgraph.rewrite.Rule.Effect.EXACT_ALGEBRA;
import static org.gradgraph.rewrite.Rule.Effect.SAME_BITS;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.CotangentOps;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Layout.Transpose;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.Shape;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.jspecify.annotations.Nullable;

/** The algebra of real numbers, for formulas that are read. */
final class AlgebraRules {
    private static final String ROUNDS = "may round differently; not used for running";
    private static final String UNDEFINED =
            "may give a value where the left side is 0/0, ∞ − ∞ or 0·∞; not used for running";

    /** Also used alone, for chain rules that are printed as they are composed. */
    static final Rule TEXTBOOK_FORM = saying(EXACT_ALGEBRA, "textbook form", "mask(x, y)", "x·y")
            .when("the operation says what a textbook writes for it")
            .ieee(UNDEFINED)
            .at(
                    Op.class,
                    match -> match.node()
                            .op()
                            .orElseThrow()
                            .textbookForm(match.node().inputs())
                            .orElse(null));

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(SAME_BITS, "difference from a number", "c − x", "addScalar(c)(−x)")
                    .when("c is one constant number; for formulas only, since it is two operations instead of one")
                    .ieee("the same bits")
                    .at(SUBTRACT, match -> {
                        var number = match.number(match.input(0));
                        return number.isPresent() ? match.input(1).negate().plus(number.getAsDouble()) : null;
                    }),
            TEXTBOOK_FORM,
            saying(EXACT_ALGEBRA, "sum known by assumption", "columnSums(Y)", "1")
                    .when("the columns (rows) of Y sum to 1, as stated by the user")
                    .ieee(ROUNDS)
                    .at(Sum.class, AlgebraRules::assumedSum),
            saying(EXACT_ALGEBRA, "logarithm of an exponential", "log(exp(x))", "x")
                    .ieee(UNDEFINED)
                    .at(LOG, match -> match.inside(match.input(0), EXP)),
            saying(EXACT_ALGEBRA, "transpose of a product", "(a·b)ᵀ", "bᵀ·aᵀ")
                    .ieee(ROUNDS)
                    .at(Transpose.class, match -> MatrixAlgebraRules.transposed(match, match.input(0))),
            saying(EXACT_ALGEBRA, "number out of a transpose", "(c·x)ᵀ", "c·xᵀ")
                    .when("c is 1×1")
                    .ieee(ROUNDS)
                    .at(
                            Transpose.class,
                            match -> pulledOut(match, Shape.SCALAR, rest -> rest.transpose(), match.input(0))),
            saying(EXACT_ALGEBRA, "factor out of a sum", "Σ(c·x), Σ c", "c·Σx, n·c")
                    .when("c is the same for everything that makes one sum")
                    .ieee(ROUNDS)
                    .at(
                            Sum.class,
                            match -> pulledOut(
                                    match,
                                    match.shape(),
                                    rest -> Node.apply(match.node().op().orElseThrow(), rest),
                                    match.input(0))),
            saying(EXACT_ALGEBRA, "number out of a matrix product", "(c·a)·b, a·(c·b)", "c·(a·b)")
                    .when("c is 1×1")
                    .ieee(ROUNDS)
                    .at(MatMul.class, AlgebraRules::numberOutOfProduct),
            saying(EXACT_ALGEBRA, "sum with itself", "x + x", "2·x")
                    .ieee("the same bits; for formulas only, since a sum is as short")
                    .at(
                            ADD,
                            match -> match.input(0).equals(match.input(1))
                                    ? match.input(0).times(2)
                                    : null),
            saying(EXACT_ALGEBRA, "negative of a difference", "−(x − y)", "y − x")
                    .ieee("the sign of a zero may differ")
                    .at(NEGATE, match -> reversed(match)),
            saying(EXACT_ALGEBRA, "negative multiple of a difference", "−c·(x − y)", "c·(y − x)")
                    .when("c is above 0")
                    .ieee("the sign of a zero may differ")
                    .at(Scale.class, match -> {
                        double factor = match.op(Scale.class).factor();
                        Node reversed = factor < 0 ? reversed(match) : null;
                        return reversed == null ? null : reversed.times(-factor);
                    }),
            saying(EXACT_ALGEBRA, "collect", "x·y + x·y, y/a·a, −y/m + p/m", "2·x·y, y, (p − y)/m")
                    .when("the formula becomes shorter; what cancels is not 0 wherever the left side is defined")
                    .ieee(UNDEFINED)
                    .at(Elementwise.class, match -> shorter(match, false, form -> form)),
            saying(EXACT_ALGEBRA, "distribute and cancel", "(y/a + x)·a", "y + x·a")
                    .when("a factor cancels and the formula becomes shorter")
                    .ieee(UNDEFINED)
                    .at(
                            Elementwise.class,
                            match -> shorter(match, true, match.rewriter().algebra()::distributedWhereItCancels)),
            saying(EXACT_ALGEBRA, "expand and collect", "(1 − y)·a − y·(1 − a)", "a − y")
                    .when("terms cancel and the formula becomes shorter")
                    .ieee(UNDEFINED)
                    .at(Elementwise.class, match -> shorter(match, true, AlgebraRules.expandedBy(match))),
            saying(EXACT_ALGEBRA, "number before a product", "x·(c·y), x·(−y), x·(y/s)", "c·(x·y), −(x·y), (x·y)/s")
                    .when("s is 1×1")
                    .ieee(ROUNDS)
                    .at(Elementwise.class, AlgebraRules::numberFirst));

    private AlgebraRules() {}

    private static UnaryOperator<Polynomial> expandedBy(Match match) {
        Algebra algebra = match.rewriter().algebra();
        return form -> algebra.distributed(algebra.distributedWhereItCancels(form));
    }

    private static @Nullable Node shorter(Match match, boolean isDistribution, UnaryOperator<Polynomial> change) {
        Rewriter rewriter = match.rewriter();
        Polynomial form = rewriter.algebra().formOf(match.node());
        if (isAtom(form, match.node())) {
            return null;
        }
        Polynomial changed = change.apply(form);
        if (isDistribution && changed.equals(form)) {
            return null;
        }
        Node result = Formulas.of(changed, match.shape());
        return rewriter.lengthOf(result) < rewriter.lengthOf(match.node()) ? result : null;
    }

    private static boolean isAtom(Polynomial form, Node node) {
        return form.equals(Polynomial.of(Fraction.ONE, Monomial.of(new Factor.Atom(node, 0), 1)));
    }

    private static @Nullable Node assumedSum(Match match) {
        Over over = match.op(Sum.class).over();
        Fact fact = over == Over.EACH_COLUMN ? Fact.COLUMNS_SUM_TO_ONE : Fact.ROWS_SUM_TO_ONE;
        return over != Over.ALL && match.rewriter().assumptions().holds(match.input(0), fact)
                ? ConstantRules.filled(1, match.shape())
                : null;
    }

    private static @Nullable Node reversed(Match match) {
        Node difference = match.input(0);
        if (!match.is(difference, SUBTRACT)) {
            return null;
        }
        List<Node> parts = match.operands(difference);
        return parts.get(1).minus(parts.get(0));
    }

    private static @Nullable Node numberFirst(Match match) {
        Op op = match.node().op().orElseThrow();
        if (op != MULTIPLY && op != CotangentOps.TIMES && op != CotangentOps.BOTH) {
            return null;
        }
        for (int i = 0; i < 2; i++) {
            Node x = match.input(1 - i);
            Node factor = match.unbroadcast(match.input(i));
            Scale scale = match.op(factor, Scale.class);
            if (scale != null) {
                return inOrder(match, i, match.operands(factor).get(0)).times(scale.factor());
            }
            if (match.is(factor, NEGATE)) {
                return inOrder(match, i, match.operands(factor).get(0)).negate();
            }
            if (match.is(factor, DIVIDE)) {
                Node divisor = match.unbroadcast(factor.inputs().get(1));
                if (divisor.shape().isScalar() && !(x.shape().isScalar() && match.op(x, Constant.class) != null)) {
                    return inOrder(match, i, match.operands(factor).get(0)).dividedBy(divisor);
                }
            }
        }
        return null;
    }

    private static Node inOrder(Match match, int place, Node inner) {
        Node repeated = Layout.broadcast(inner, match.shape());
        return place == 0 ? repeated.times(match.input(1)) : match.input(0).times(repeated);
    }

    /** What a linear operation is applied to, in two parts: what may stand outside, and the rest. */
    record Split(Polynomial outside, Polynomial rest) {
        static Split of(Polynomial form, Shape outer) {
            Polynomial term = form.asOneTerm();
            Map<Factor, Integer> outside = new LinkedHashMap<>();
            Map<Factor, Integer> rest = new LinkedHashMap<>();
            term.only()
                    .getKey()
                    .powers()
                    .forEach((factor, exponent) -> (factor.fits(outer) ? outside : rest).put(factor, exponent));
            boolean isSignOfSum =
                    form.isSum() && outside.isEmpty() && term.only().getValue().equals(Fraction.of(-1));
            if (isSignOfSum) {
                // Which of a − b and b − a is the positive one depends on the order of the nodes, and would never
                // settle.
                return new Split(
                        Polynomial.of(Fraction.ONE, Monomial.ONE), Polynomial.of(Fraction.ONE, Monomial.of(form, 1)));
            }
            return new Split(
                    Polynomial.of(term.only().getValue(), Monomial.of(outside)),
                    Polynomial.of(Fraction.ONE, Monomial.of(rest)));
        }

        boolean isTrivial() {
            return outside.only().getKey().isOne() && outside.only().getValue().isOne();
        }
    }

    private static @Nullable Node pulledOut(Match match, Shape outer, UnaryOperator<Node> operation, Node operand) {
        Polynomial form = match.rewriter().algebra().formOf(operand);
        if (form.isZero()) {
            return Constants.zeros(match.shape());
        }
        Split split = Split.of(form, outer);
        if (match.node().op().orElseThrow() instanceof Sum sum
                && split.rest().only().getKey().isOne()) {
            Node count = Constants.size(sum.over().count(operand.shape()));
            return product(split.outside(), Layout.broadcast(count, match.shape()), match.shape());
        }
        return split.isTrivial()
                ? null
                : product(split.outside(), operation.apply(Formulas.of(split.rest(), operand.shape())), match.shape());
    }

    private static @Nullable Node numberOutOfProduct(Match match) {
        Algebra algebra = match.rewriter().algebra();
        Polynomial a = algebra.formOf(match.input(0));
        Polynomial b = algebra.formOf(match.input(1));
        if (a.isZero() || b.isZero()) {
            return Constants.zeros(match.shape());
        }
        Split left = Split.of(a, Shape.SCALAR);
        Split right = Split.of(b, Shape.SCALAR);
        if (left.isTrivial() && right.isTrivial()) {
            return null;
        }
        Node product = Node.apply(
                match.node().op().orElseThrow(),
                Formulas.of(left.rest(), match.input(0).shape()),
                Formulas.of(right.rest(), match.input(1).shape()));
        Map.Entry<Monomial, Fraction> one = left.outside().only();
        return product(right.outside().times(one.getValue(), one.getKey()), product, match.shape());
    }

    /** A fresh node times a term. */
    static Node product(Polynomial outside, Node node, Shape shape) {
        return Formulas.of(outside.times(Fraction.ONE, Monomial.of(fresh(node), 1)), shape);
    }

    static Factor fresh(Node node) {
        return new Factor.Atom(node, Integer.MAX_VALUE / 64);
    }
}
