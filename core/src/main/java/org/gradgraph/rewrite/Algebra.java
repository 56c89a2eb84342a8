package org.gradgraph.rewrite;

import static org.gradgraph.graph.Arithmetic.ADD;
import static org.gradgraph.graph.Arithmetic.DIVIDE;
import static org.gradgraph.graph.Arithmetic.MULTIPLY;
import static org.gradgraph.graph.Arithmetic.NEGATE;
import static org.gradgraph.graph.Arithmetic.RECIPROCAL;
import static org.gradgraph.graph.Arithmetic.SQUARE;
import static org.gradgraph.graph.Arithmetic.SUBTRACT;
import static org.gradgraph.graph.Elementary.SQRT;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gradgraph.graph.Arithmetic.AddScalar;
import org.gradgraph.graph.Arithmetic.Scale;
import org.gradgraph.graph.ChoiceOps.Clip;
import org.gradgraph.graph.ChoiceOps.Within;
import org.gradgraph.graph.CotangentOps;
import org.gradgraph.graph.Layout.Broadcast;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;

/**
 * Nodes as polynomials, for the algebra of real numbers.
 *
 * <p>The four operations, squares and broadcasts are read as sums of products of the nodes below them. A polynomial that
 * grows beyond {@value #LARGEST} factors is one atom for what is above it, so the work for each node is bounded.
 */
final class Algebra {
    private static final int LARGEST = 48;

    /** How many products are distributed before it is given up; the Hessian of the logistic cost needs fewer. */
    private static final int MOST_DISTRIBUTED = 24;

    /** A quotient or product with a name of its own: where its factors occur, it is meant. */
    private record Definition(Monomial factors, Factor named) {}

    private final Rewriter rewriter;
    private final IdentityHashMap<Node, Polynomial> forms = new IdentityHashMap<>();
    private final Map<Factor, List<Definition>> definitions = new HashMap<>();

    Algebra(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    /**
     * From now on products that contain the factors of this node are written with the symbol.
     *
     * <p>Factors do not show a repetition, so a product that is only repeated to the node's shape gets no symbol: it would
     * stand where the smaller product is meant.
     */
    void define(Node node, Node symbol) {
        Polynomial form = formOf(node);
        if (!form.isZero() && !form.isSum() && form.only().getValue().isOne()) {
            defineReciprocal(form.only().getKey(), symbol);
            Monomial factors = form.only().getKey();
            boolean fillsTheNode = Formulas.hasShape(form, node.shape());
            if (factors.powers().size() > 1 && fillsTheNode) {
                Factor first = factors.powers().keySet().iterator().next();
                definitions
                        .computeIfAbsent(first, fresh -> new ArrayList<>())
                        .add(new Definition(factors, atom(symbol)));
            }
        }
    }

    /** For {@code A = 1/(c + e)}: where {@code A·e} occurs, {@code 1 − c·A} is written. */
    private void defineReciprocal(Monomial reciprocal, Node symbol) {
        if (reciprocal.powers().size() != 1) {
            return;
        }
        Map.Entry<Factor, Integer> power =
                reciprocal.powers().entrySet().iterator().next();
        if (power.getValue() != -1
                || !(power.getKey() instanceof Polynomial sum)
                || sum.terms().size() != 2) {
            return;
        }
        Fraction number = sum.terms().get(Monomial.ONE);
        Polynomial rest = number == null ? sum : sum.plus(Polynomial.of(number.negate(), Monomial.ONE));
        if (rest.isSum()
                || rest.only().getKey().powers().size() != 1
                || !rest.only().getValue().isOne()) {
            return;
        }
        Monomial own = Monomial.of(atom(symbol), 1);
        Polynomial product = Polynomial.of(Fraction.ONE, Monomial.ONE)
                .plus(Polynomial.of(
                        sum.terms().getOrDefault(Monomial.ONE, Fraction.ZERO).negate(), own));
        define(rest.only().getKey().times(own), product);
    }

    private void define(Monomial factors, Factor named) {
        for (Factor factor : factors.powers().keySet()) {
            definitions.computeIfAbsent(factor, fresh -> new ArrayList<>()).add(new Definition(factors, named));
        }
    }

    /** The polynomial of a node whose operands are settled. */
    Polynomial formOf(Node root) {
        Deque<Node> waiting = new ArrayDeque<>();
        waiting.push(root);
        while (!waiting.isEmpty()) {
            Node node = waiting.peek();
            List<Node> missing = forms.containsKey(node) || !isArithmetic(node)
                    ? List.of()
                    : node.inputs().stream()
                            .filter(input -> !forms.containsKey(input))
                            .toList();
            if (missing.isEmpty()) {
                waiting.pop();
                forms.computeIfAbsent(node, this::compute);
            } else {
                missing.forEach(waiting::push);
            }
        }
        return known(root);
    }

    private Polynomial known(Node node) {
        Polynomial form = forms.get(node);
        return form == null ? Polynomial.of(Fraction.ONE, Monomial.of(atom(node), 1)) : form;
    }

    private Factor atom(Node node) {
        return new Factor.Atom(node, rewriter.number(node));
    }

    private boolean isArithmetic(Node node) {
        Op op = node.op().orElse(null);
        return op == ADD
                || op == SUBTRACT
                || op == MULTIPLY
                || op == CotangentOps.TIMES
                || op == CotangentOps.OVER
                || op == CotangentOps.BOTH
                || op == DIVIDE
                || op == RECIPROCAL
                || op == NEGATE
                || op instanceof Scale
                || op instanceof AddScalar
                || op == SQUARE
                || op instanceof Broadcast;
    }

    private Polynomial compute(Node node) {
        Polynomial form = isArithmetic(node) ? arithmetic(node) : null;
        OptionalDouble number = new Match(rewriter, node).number(node);
        if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
            form = Polynomial.of(Fraction.of(number.getAsDouble()), Monomial.ONE);
        }
        return form == null || form.size() > LARGEST ? Polynomial.of(Fraction.ONE, Monomial.of(atom(node), 1)) : form;
    }

    private Polynomial arithmetic(Node node) {
        Op op = node.op().orElseThrow();
        Polynomial x = known(node.inputs().get(0));
        if (op == NEGATE) {
            return x.times(Fraction.of(-1), Monomial.ONE);
        }
        if (op instanceof Scale scale) {
            double inverse = 1 / scale.factor();
            boolean isQuotient =
                    Math.abs(scale.factor()) < 1 && Double.isFinite(inverse) && inverse == Math.rint(inverse);
            Fraction factor = isQuotient ? Fraction.ONE.dividedBy(Fraction.of(inverse)) : Fraction.of(scale.factor());
            return Double.isFinite(scale.factor()) ? x.times(factor, Monomial.ONE) : atomOnly(node);
        }
        if (op instanceof AddScalar sum) {
            return Double.isFinite(sum.number())
                    ? x.plus(Polynomial.of(Fraction.of(sum.number()), Monomial.ONE))
                    : atomOnly(node);
        }
        if (op == RECIPROCAL) {
            return x.isZero() ? atomOnly(node) : power(x.asOneTerm(), -1);
        }
        if (op == SQUARE) {
            return power(x.asOneTerm(), 2);
        }
        if (op instanceof Broadcast) {
            return x;
        }
        Polynomial y = known(node.inputs().get(1));
        if (op == ADD) {
            return x.plus(y);
        }
        if (op == SUBTRACT) {
            return x.plus(y.times(Fraction.of(-1), Monomial.ONE));
        }
        if (op == MULTIPLY || op == CotangentOps.TIMES || op == CotangentOps.BOTH) {
            x = unclipped(x, node.inputs().get(1));
            y = unclipped(y, node.inputs().get(0));
            return product(x.asOneTerm(), y.asOneTerm());
        }
        return y.isZero() ? atomOnly(node) : product(x.asOneTerm(), power(y.asOneTerm(), -1));
    }

    /** Where the other factor is 1 between two bounds and 0 elsewhere, clip(x) between them is x. */
    private Polynomial unclipped(Polynomial form, Node other) {
        if (!(other.op().orElse(null) instanceof Within within)) {
            return form;
        }
        Node x = other.inputs().get(0);
        Clip clip = new Clip(within.low(), within.high());
        Polynomial result = form;
        for (Map.Entry<Monomial, Fraction> term : form.terms().entrySet()) {
            for (Map.Entry<Factor, Integer> power : term.getKey().powers().entrySet()) {
                if (power.getValue() == 1
                        && power.getKey() instanceof Factor.Atom atom
                        && atom.node().op().filter(clip::equals).isPresent()
                        && atom.node().inputs().get(0).equals(x)) {
                    Monomial others = term.getKey().times(Monomial.of(power.getKey(), -1));
                    result = result.plus(Polynomial.of(term.getValue().negate(), term.getKey()))
                            .plus(known(x).times(term.getValue(), others));
                }
            }
        }
        return result;
    }

    private Polynomial atomOnly(Node node) {
        return Polynomial.of(Fraction.ONE, Monomial.of(atom(node), 1));
    }

    private static Polynomial power(Polynomial term, int exponent) {
        if (term.isZero()) {
            return term;
        }
        Fraction own = term.only().getValue();
        Fraction coefficient = exponent < 0 ? Fraction.ONE.dividedBy(own) : own.times(own);
        return Polynomial.of(coefficient, term.only().getKey().power(exponent));
    }

    private Polynomial product(Polynomial one, Polynomial other) {
        if (one.isZero() || other.isZero()) {
            return Polynomial.ZERO;
        }
        return Polynomial.of(
                one.only().getValue().times(other.only().getValue()),
                contracted(one.only().getKey().times(other.only().getKey())));
    }

    /** The same product, written with the nodes that have a name of their own. */
    private Monomial contracted(Monomial product) {
        for (Map.Entry<Factor, Integer> power : product.powers().entrySet()) {
            Factor factor = power.getKey();
            if (Math.abs(power.getValue()) > 1
                    && factor instanceof Factor.Atom atom
                    && atom.node().op().orElse(null) == SQRT) {
                int pairs = power.getValue() / 2;
                Polynomial square = formOf(atom.node().inputs().get(0)).asOneTerm();
                if (!square.isZero() && square.only().getValue().isOne()) {
                    return contracted(product.times(Monomial.of(factor, -2 * pairs))
                            .times(square.only().getKey().power(pairs)));
                }
            }
            for (Definition definition : definitions.getOrDefault(factor, List.of())) {
                if (contains(product, definition.factors())) {
                    return contracted(
                            product.times(definition.factors().power(-1)).times(Monomial.of(definition.named(), 1)));
                }
            }
        }
        return product;
    }

    private static boolean contains(Monomial product, Monomial part) {
        return part.powers().entrySet().stream().allMatch(power -> {
            int own = product.exponentOf(power.getKey());
            return power.getValue() > 0 ? own >= power.getValue() : own <= power.getValue();
        });
    }

    /** Distributes products over those sums in which a factor cancels; itself if there is no such sum. */
    Polynomial distributedWhereItCancels(Polynomial form) {
        return distributed(form, Algebra::cancels);
    }

    /** Distributes products over all sums. */
    Polynomial distributed(Polynomial form) {
        return distributed(form, (sum, product) -> true);
    }

    private interface Choice {
        boolean of(Polynomial sum, Monomial product);
    }

    private Polynomial distributed(Polynomial form, Choice choice) {
        Polynomial result = Polynomial.ZERO;
        Deque<Polynomial> waiting = new ArrayDeque<>();
        waiting.push(form);
        int distributed = 0;
        while (!waiting.isEmpty()) {
            Polynomial next = waiting.pop();
            for (Map.Entry<Monomial, Fraction> term : next.terms().entrySet()) {
                Polynomial sum = null;
                for (Map.Entry<Factor, Integer> power : term.getKey().powers().entrySet()) {
                    if (power.getValue() > 0
                            && power.getKey() instanceof Polynomial inner
                            && choice.of(inner, term.getKey())) {
                        sum = inner;
                        break;
                    }
                }
                if (sum == null) {
                    result = result.plus(Polynomial.of(term.getValue(), term.getKey()));
                } else {
                    distributed++;
                    waiting.push(multiplied(sum, term.getValue(), term.getKey().times(Monomial.of(sum, -1))));
                }
                if (result.size() > LARGEST || distributed > MOST_DISTRIBUTED) {
                    return form;
                }
            }
        }
        return result;
    }

    private Polynomial multiplied(Polynomial sum, Fraction coefficient, Monomial product) {
        Polynomial result = Polynomial.ZERO;
        for (Map.Entry<Monomial, Fraction> term : sum.terms().entrySet()) {
            result = result.plus(Polynomial.of(
                    term.getValue().times(coefficient), contracted(term.getKey().times(product))));
        }
        return result;
    }

    /** Whether a term of the sum divides by what the product multiplies by. */
    private static boolean cancels(Polynomial sum, Monomial product) {
        return sum.terms().keySet().stream()
                .flatMap(term -> term.powers().entrySet().stream())
                .anyMatch(power -> power.getValue() < 0 && product.exponentOf(power.getKey()) > 0);
    }
}
