package org.gradgraph.rewrite;

import static org.gradgraph.rewrite.Rule.Effect.EXACT_ALGEBRA;
import static org.gradgraph.rewrite.Rule.saying;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.DiagonalOps;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.jspecify.annotations.Nullable;

/** The algebra of matrix products, for formulas that are read. */
final class MatrixAlgebraRules {
    private static final String ROUNDS = "may round differently; not used for running";

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            saying(EXACT_ALGEBRA, "matrix product with a number", "a·s, s·b", "s·a, s·b")
                    .when("s is 1×1")
                    .ieee(ROUNDS)
                    .at(MatMul.class, MatrixAlgebraRules::productWithNumber),
            saying(EXACT_ALGEBRA, "product with the identity", "diag(𝟏)·a, a·diag(𝟏)", "a")
                    .ieee("∞ − ∞ and 0·∞ of the left side are NaN; not used for running")
                    .at(MatMul.class, MatrixAlgebraRules::productWithIdentity),
            saying(EXACT_ALGEBRA, "transpose of a symmetric matrix", "Sᵀ", "S")
                    .when("S is symmetric, as stated by the user, or the inverse of such a matrix")
                    .ieee(ROUNDS)
                    .at(Layout.Transpose.class, match -> isSymmetric(match, match.input(0)) ? match.input(0) : null),
            saying(EXACT_ALGEBRA, "product of a symmetric matrix", "Sᵀ·b, a·Sᵀ", "S·b, a·S")
                    .when("S is symmetric, as stated by the user, or the inverse of such a matrix")
                    .ieee(ROUNDS)
                    .at(MatMul.class, MatrixAlgebraRules::symmetricOperands),
            saying(EXACT_ALGEBRA, "product of a transposed product", "(a·b)ᵀ·c, a·(b·c)ᵀ", "bᵀ·aᵀ·c, a·cᵀ·bᵀ")
                    .ieee(ROUNDS)
                    .at(MatMul.class, MatrixAlgebraRules::transposedOperands),
            saying(EXACT_ALGEBRA, "collect matrix products", "a·x + b·x, x·a − x·b", "(a + b)·x, x·(a − b)")
                    .when("the formula becomes shorter")
                    .ieee(ROUNDS)
                    .at(Arithmetic.ADD, MatrixAlgebraRules::collected),
            saying(EXACT_ALGEBRA, "collect a difference of matrix products", "a·x − b·x", "(a − b)·x")
                    .when("the formula becomes shorter")
                    .ieee(ROUNDS)
                    .at(Arithmetic.SUBTRACT, MatrixAlgebraRules::collected));

    private MatrixAlgebraRules() {}

    private static Node turned(Node node, boolean isTransposed) {
        return isTransposed ? node.transpose() : node;
    }

    private static @Nullable Node productWithNumber(Match match) {
        MatMul product = match.op(MatMul.class);
        Node a = match.input(0);
        Node b = match.input(1);
        if (b.shape().isScalar()) {
            return turned(a, product.transposeA()).times(b);
        }
        return a.shape().isScalar() ? a.times(turned(b, product.transposeB())) : null;
    }

    private static @Nullable Node productWithIdentity(Match match) {
        MatMul product = match.op(MatMul.class);
        if (isIdentity(match, match.input(0))) {
            return turned(match.input(1), product.transposeB());
        }
        return isIdentity(match, match.input(1)) ? turned(match.input(0), product.transposeA()) : null;
    }

    private static boolean isIdentity(Match match, Node node) {
        Node diagonal = match.inside(node, DiagonalOps.DIAGONAL_MATRIX);
        return diagonal != null && match.isAll(diagonal, 1);
    }

    private static boolean isSymmetric(Match match, Node node) {
        return match.rewriter().assumptions().holds(node, Fact.SYMMETRIC);
    }

    private static @Nullable Node symmetricOperands(Match match) {
        MatMul product = match.op(MatMul.class);
        boolean a = product.transposeA() && isSymmetric(match, match.input(0));
        boolean b = product.transposeB() && isSymmetric(match, match.input(1));
        return a || b
                ? LinearAlgebra.matmul(
                        match.input(0), match.input(1), product.transposeA() && !a, product.transposeB() && !b)
                : null;
    }

    private static @Nullable Node transposedOperands(Match match) {
        MatMul product = match.op(MatMul.class);
        Node a = product.transposeA() ? transposed(match, match.input(0)) : null;
        Node b = product.transposeB() ? transposed(match, match.input(1)) : null;
        return a == null && b == null
                ? null
                : LinearAlgebra.matmul(
                        a == null ? match.input(0) : a,
                        b == null ? match.input(1) : b,
                        product.transposeA() && a == null,
                        product.transposeB() && b == null);
    }

    /** The transpose of a matrix product as a product. */
    static @Nullable Node transposed(Match match, Node node) {
        MatMul product = match.op(node, MatMul.class);
        if (product == null) {
            return null;
        }
        List<Node> factors = match.operands(node);
        return LinearAlgebra.matmul(factors.get(1), factors.get(0), !product.transposeB(), !product.transposeA());
    }

    /** A term of a sum: what stands before a chain of matrix factors, and the chain. */
    private record Term(Polynomial outside, Monomial whole, List<MatrixFactor> chain) {}

    private static @Nullable Node collected(Match match) {
        Algebra algebra = match.rewriter().algebra();
        Polynomial form = algebra.formOf(match.node());
        List<Term> terms = new ArrayList<>();
        for (Map.Entry<Monomial, Fraction> part : form.terms().entrySet()) {
            Term term = termOf(match, part.getKey(), part.getValue());
            if (term != null) {
                terms.add(term);
            }
        }
        terms.sort(Comparator.comparing((Term term) -> term.chain().get(0).isTransposed()));
        for (int i = 0; i < terms.size(); i++) {
            for (int k = i + 1; k < terms.size(); k++) {
                Node product = common(match, terms.get(i), terms.get(k));
                if (product == null) {
                    continue;
                }
                Polynomial sum = minus(minus(form, terms.get(i)), terms.get(k))
                        .plus(Polynomial.of(Fraction.ONE, Monomial.of(fresh(product, 0), 1)));
                Node result = Formulas.of(sum, match.shape());
                if (match.rewriter().lengthOf(result) < match.rewriter().lengthOf(match.node())) {
                    return result;
                }
            }
        }
        return null;
    }

    private static Polynomial minus(Polynomial form, Term term) {
        return form.plus(Polynomial.of(
                form.terms().getOrDefault(term.whole(), Fraction.ZERO).negate(), term.whole()));
    }

    private static @Nullable Term termOf(Match match, Monomial monomial, Fraction coefficient) {
        Node product = null;
        Monomial numbers = Monomial.ONE;
        for (Map.Entry<Factor, Integer> power : monomial.powers().entrySet()) {
            if (power.getKey().fits(Shape.SCALAR)) {
                numbers = numbers.times(Monomial.of(Map.of(power.getKey(), power.getValue())));
            } else if (product == null && power.getValue() == 1 && power.getKey() instanceof Factor.Atom atom) {
                product = atom.node();
            } else {
                return null;
            }
        }
        if (product == null || !product.shape().equals(match.shape()) || match.op(product, MatMul.class) == null) {
            return null;
        }
        return new Term(Polynomial.of(coefficient, numbers), monomial, MatrixFactor.chain(match, product));
    }

    /** Both terms as one product, if their chains begin or end alike. */
    private static @Nullable Node common(Match match, Term a, Term b) {
        int shorter = Math.min(a.chain().size(), b.chain().size());
        int first = 0;
        while (first < shorter - 1 && a.chain().get(first).equals(b.chain().get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - 1
                && a.chain()
                        .get(a.chain().size() - 1 - last)
                        .equals(b.chain().get(b.chain().size() - 1 - last))) {
            last++;
        }
        if (first == 0 && last == 0) {
            return null;
        }
        boolean isLast = last >= first;
        MatrixFactor one = rest(a, first, last, isLast);
        MatrixFactor other = rest(b, first, last, isLast);
        boolean turn = one.isTransposed() && other.isTransposed();
        Node x = turned(one.node(), one.isTransposed() && !turn);
        Node y = turned(other.node(), other.isTransposed() && !turn);
        boolean inOrder =
                !turn || match.rewriter().number(x) <= match.rewriter().number(y);
        Polynomial sum = inOrder
                ? timesAtom(a.outside(), x, 1).plus(timesAtom(b.outside(), y, 2))
                : timesAtom(b.outside(), y, 1).plus(timesAtom(a.outside(), x, 2));
        AlgebraRules.Split split = AlgebraRules.Split.of(sum, Shape.SCALAR);
        MatrixFactor inner = new MatrixFactor(Formulas.of(split.rest(), x.shape()), turn);
        List<MatrixFactor> chain = a.chain();
        Node product = isLast
                ? inner.times(MatrixFactor.product(chain.subList(chain.size() - last, chain.size())))
                        .node()
                : MatrixFactor.product(chain.subList(0, first)).times(inner).node();
        return AlgebraRules.product(split.outside(), product, match.shape());
    }

    private static MatrixFactor rest(Term term, int first, int last, boolean isLast) {
        List<MatrixFactor> chain = term.chain();
        return MatrixFactor.product(
                isLast ? chain.subList(0, chain.size() - last) : chain.subList(first, chain.size()));
    }

    private static Polynomial timesAtom(Polynomial outside, Node node, int place) {
        return outside.times(Fraction.ONE, Monomial.of(fresh(node, place), 1));
    }

    private static Factor fresh(Node node, int place) {
        return new Factor.Atom(node, Integer.MAX_VALUE / 64 + place);
    }
}
