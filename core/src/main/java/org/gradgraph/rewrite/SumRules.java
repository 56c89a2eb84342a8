package org.gradgraph.rewrite;

import static org.gradgraph.rewrite.Rule.Effect.EXACT_ALGEBRA;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions.Mean;
import org.gradgraph.graph.Reductions.Sum;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.SoftmaxOps.Softmax;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.jspecify.annotations.Nullable;

/** Rows and columns whose sums are known, for formulas that are read. */
final class SumRules {
    private static final String UNDEFINED =
            "may give a value where the left side is ∞ − ∞ or NaN; not used for running";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(saying(
                    EXACT_ALGEBRA,
                    "known part of a sum",
                    "columnSums(Y + x), rowSums(x − rowMeans(x))",
                    "1 + columnSums(x), 0")
            .when("each column (row) of Y sums to 1 or 0, as that of a softmax does, and the formula becomes no"
                    + " longer")
            .ieee(UNDEFINED)
            .at(Sum.class, SumRules::knownParts));

    private SumRules() {}

    private static @Nullable Node knownParts(Match match) {
        Over over = match.op(Sum.class).over();
        Algebra algebra = match.rewriter().algebra();
        Polynomial form = algebra.distributed(algebra.formOf(match.input(0)));
        Polynomial known = Polynomial.ZERO;
        Polynomial rest = form;
        for (Map.Entry<Monomial, Fraction> term : form.terms().entrySet()) {
            Polynomial whole = Polynomial.of(term.getValue(), term.getKey());
            Polynomial sum = over == Over.ALL ? null : known(match, over, whole);
            Polynomial mean = withoutMean(match, over, rest, whole);
            if (sum != null) {
                known = known.plus(sum);
                rest = rest.plus(whole.times(Fraction.of(-1), Monomial.ONE));
            } else if (mean != null) {
                rest = mean;
            }
        }
        if (rest.equals(form)) {
            return null;
        }
        if (!rest.isZero()) {
            Node sum = Node.apply(
                    match.op(Sum.class), Formulas.of(rest, match.input(0).shape()));
            known = known.plus(Polynomial.of(Fraction.ONE, Monomial.of(AlgebraRules.fresh(sum), 1)));
        }
        Node result = Formulas.of(known, match.shape());
        return match.rewriter().lengthOf(result) <= match.rewriter().lengthOf(match.node()) ? result : null;
    }

    /** The sum of a term c·Y over rows or columns of Y that sum to a number; c is the same for all that is added. */
    private static @Nullable Polynomial known(Match match, Over over, Polynomial term) {
        Monomial factors = term.only().getKey();
        Shape summed = match.input(0).shape();
        for (Map.Entry<Factor, Integer> power : factors.powers().entrySet()) {
            Monomial others = factors.times(Monomial.of(power.getKey(), -power.getValue()));
            if (power.getValue() == 1
                    && power.getKey() instanceof Factor.Atom atom
                    && atom.node().shape().equals(summed)
                    && fits(others, match.shape())) {
                if (sumsToOne(match, over, atom.node())) {
                    return Polynomial.of(term.only().getValue(), others);
                }
                Fact zero = over == Over.EACH_COLUMN ? Fact.COLUMNS_SUM_TO_ZERO : Fact.ROWS_SUM_TO_ZERO;
                if (match.rewriter().assumptions().holds(atom.node(), zero)) {
                    return Polynomial.ZERO;
                }
            }
        }
        return null;
    }

    private static boolean fits(Monomial factors, Shape shape) {
        return factors.powers().keySet().stream().allMatch(factor -> factor.fits(shape));
    }

    private static boolean sumsToOne(Match match, Over over, Node node) {
        Fact one = over == Over.EACH_COLUMN ? Fact.COLUMNS_SUM_TO_ONE : Fact.ROWS_SUM_TO_ONE;
        Softmax softmax = match.op(node, Softmax.class);
        return match.rewriter().assumptions().holds(node, one) || (softmax != null && softmax.over() == over);
    }

    /** The form without c·x − c·mean(x), if it has both terms. */
    private static @Nullable Polynomial withoutMean(Match match, Over over, Polynomial form, Polynomial term) {
        Monomial factors = term.only().getKey();
        for (Map.Entry<Factor, Integer> power : factors.powers().entrySet()) {
            if (power.getValue() != 1
                    || !(power.getKey() instanceof Factor.Atom atom)
                    || !(atom.node().op().orElse(null) instanceof Mean mean)
                    || mean.over() != over) {
                continue;
            }
            Monomial others = factors.times(Monomial.of(power.getKey(), -1));
            Node x = atom.node().inputs().get(0);
            Polynomial summed = match.rewriter().algebra().formOf(x);
            boolean isWhole = x.shape().equals(match.input(0).shape()) && fits(others, match.shape());
            Polynomial sum = summed.times(term.only().getValue().negate(), others);
            Polynomial difference = form.plus(sum.times(Fraction.of(-1), Monomial.ONE));
            if (isWhole
                    && difference.terms().size()
                            == form.terms().size() - summed.terms().size()) {
                return difference.plus(term.times(Fraction.of(-1), Monomial.ONE));
            }
        }
        return null;
    }
}
