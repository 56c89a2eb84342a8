package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.gradgraph.explain.FormulaFragment.Strength;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Shape;
import org.jspecify.annotations.Nullable;

/** Writes nodes as formulas, as their operations say; named nodes that are known are written by their names. */
final class FormulaPrinter {
    private final Style style;
    private final IdentityHashMap<Node, FormulaFragment> fragments = new IdentityHashMap<>();

    FormulaPrinter(Style style) {
        this.style = style;
    }

    /** From now on this node is written as a name. */
    void abbreviate(Node node, String name) {
        fragments.put(node, FormulaFragment.of(style.name(name), Strength.WHOLE).in(node.shape()));
    }

    /** The formula of a node, whose value has the node's shape; a matrix of zeros is written 0. */
    String formula(Node root) {
        FormulaFragment fragment = fragment(root);
        return fragment.text().equals("0") ? "0" : whole(inFull(fragment, root.shape()));
    }

    /** The formula of one operation whose operands are written by their names. */
    String formula(Op op, List<String> operands, List<Node> nodes) {
        List<FormulaFragment> names = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            names.add(FormulaFragment.of(operands.get(i), Strength.WHOLE)
                    .in(nodes.get(i).shape()));
        }
        return whole(lay(op, names, nodes));
    }

    private FormulaFragment fragment(Node root) {
        FormulaFragment known = fragments.get(root);
        if (known != null) {
            return known;
        }
        for (Node node : Graph.of(root).nodes()) {
            fragments.computeIfAbsent(node, this::compute);
        }
        return fragments.getOrDefault(root, FormulaFragment.of("", Strength.WHOLE));
    }

    private FormulaFragment compute(Node node) {
        Op op = node.op().orElse(null);
        if (op == null) {
            return FormulaFragment.of(style.name(node.name().orElse("")), Strength.WHOLE)
                    .in(node.shape());
        }
        List<FormulaFragment> operands = new ArrayList<>();
        for (Node input : node.inputs()) {
            operands.add(fragments.getOrDefault(input, FormulaFragment.of("…", Strength.WHOLE)));
        }
        return lay(op, operands, node.inputs());
    }

    /**
     * A repetition is not written where an elementwise operation beside a larger operand implies it; anywhere else it is
     * written as a product with ones.
     */
    private FormulaFragment lay(Op op, List<FormulaFragment> operands, List<Node> nodes) {
        if (op instanceof Layout.Broadcast) {
            return operands.get(0);
        }
        Shape largest = op instanceof Elementwise ? largest(operands) : null;
        if (largest != null) {
            return lay(op.notation(), operands).in(largest);
        }
        List<FormulaFragment> full = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            full.add(inFull(operands.get(i), nodes.get(i).shape()));
        }
        Shape shape = op.shape(nodes.stream().map(Node::shape).toList());
        FormulaFragment result = lay(op.notation(), full).in(shape);
        boolean makesNumber = op instanceof MatMul
                && shape.isScalar()
                && full.stream().noneMatch(operand -> operand.shape().isScalar());
        return result.withDot(makesNumber || result.hasDot());
    }

    /** The shape to which all others stretch; null for a row and a column, which do not meet by themselves. */
    private static @Nullable Shape largest(List<FormulaFragment> operands) {
        for (FormulaFragment candidate : operands) {
            if (operands.stream().allMatch(other -> stretches(other.shape(), candidate.shape()))) {
                return candidate.shape();
            }
        }
        return null;
    }

    private static boolean stretches(Shape from, Shape to) {
        return (from.rows().isOne() || from.rows().equals(to.rows()))
                && (from.columns().isOne() || from.columns().equals(to.columns()));
    }

    /** The fragment with its repetition written out: {@code 𝟏₃·r} for a row, {@code c·𝟏₃ᵀ} for a column. */
    private FormulaFragment inFull(FormulaFragment fragment, Shape target) {
        Shape own = fragment.shape();
        if (own.equals(target)) {
            return fragment;
        }
        Dim one = Dim.of(1);
        String times = style.product(false);
        if (own.isScalar()) {
            String ones = ones(target);
            boolean isOne = fragment.text().equals("1");
            String text = isOne ? ones : at(fragment, Strength.QUOTIENT) + times + ones;
            return FormulaFragment.of(text, isOne ? Strength.SUPERSCRIPT : Strength.PRODUCT)
                    .withMinus(fragment.minus())
                    .withDot(fragment.hasDot() && !isOne)
                    .in(target);
        }
        String text = own.rows().isOne()
                ? ones(Shape.of(target.rows(), one)) + times + factor(fragment)
                : at(fragment, Strength.PRODUCT) + times + ones(Shape.of(one, target.columns()));
        return FormulaFragment.of(text, Strength.PRODUCT)
                .withMinus(fragment.minus())
                .withDot(fragment.hasDot())
                .in(target);
    }

    /** A column of ones is written with one subscript, a row as its transpose. */
    private String ones(Shape shape) {
        boolean isRow = shape.rows().isOne();
        String ones = style.ones(isRow ? shape.transposed() : shape);
        return isRow ? style.superscript(ones, "ᵀ", "\\mathsf{T}") : ones;
    }

    /** A factor after another one, without its minus. */
    private String factor(FormulaFragment fragment) {
        return at(fragment, fragment.hasDot() ? Strength.SUPERSCRIPT : Strength.PRODUCT);
    }

    private FormulaFragment lay(Notation notation, List<FormulaFragment> operands) {
        if (notation instanceof Notation.Call call) {
            List<String> arguments =
                    new ArrayList<>(operands.stream().map(this::whole).toList());
            call.attributes().forEach(attribute -> arguments.add(style.attribute(attribute)));
            return FormulaFragment.of(style.call(call.text(), call.latex(), arguments), Strength.WHOLE);
        } else if (notation instanceof Notation.Terms terms) {
            return sum(terms, operands);
        } else if (notation instanceof Notation.Product product) {
            return product(product.number(), operands);
        } else if (notation instanceof Notation.MatrixProduct product) {
            FormulaFragment a = transposed(operands.get(0), product.transposeA());
            FormulaFragment b = transposed(operands.get(1), product.transposeB());
            String text = at(a, Strength.PRODUCT) + style.product(false) + factor(b);
            return FormulaFragment.of(text, Strength.PRODUCT)
                    .withMinus(a.minus() ^ b.minus())
                    .withDot(a.hasDot() && a.holds(Strength.PRODUCT));
        } else if (notation instanceof Notation.Quotient) {
            return quotient(operands.get(0), operands.get(1));
        } else if (notation instanceof Notation.Minus) {
            FormulaFragment x = operands.get(0);
            FormulaFragment whole =
                    x.minus() ? x : FormulaFragment.of(inner(x, Strength.PREFIX), strongest(x, Strength.PREFIX));
            return whole.withMinus(!x.minus());
        } else if (notation instanceof Notation.Superscript superscript) {
            return superscript(operands.get(0), superscript);
        } else if (notation instanceof Notation.Bracket bracket) {
            String right = operands.size() > 1 ? " " + whole(operands.get(1)) : "";
            String left = bracket.before().isEmpty() ? "" : style.attribute(bracket.before()) + " ";
            String condition = " " + style.attribute(bracket.condition()) + right;
            return FormulaFragment.of(style.brackets(left + whole(operands.get(0)) + condition), Strength.WHOLE);
        } else if (notation instanceof Notation.Prefix prefix) {
            String text =
                    style.sign(prefix.text(), prefix.latex()) + " " + inner(operands.get(0), Strength.ELEMENTWISE);
            return FormulaFragment.of(text, Strength.PREFIX);
        } else if (notation instanceof Notation.Unwritten) {
            return operands.get(0);
        } else if (notation instanceof Notation.Symbol symbol) {
            boolean single = symbol.text().startsWith("[")
                    || (!symbol.text().contains("·") && !symbol.text().contains(" "));
            return FormulaFragment.of(
                    style.sign(symbol.text(), symbol.latex()), single ? Strength.WHOLE : Strength.SUM);
        } else {
            double value = ((Notation.Value) notation).value();
            return number(Math.abs(value)).withMinus(value < 0);
        }
    }

    /** A number above 0; one that people know by a sign is written with it, and one with an exponent as a product. */
    private FormulaFragment number(double value) {
        Numeral numeral = Numeral.of(value);
        return FormulaFragment.of(style.sign(numeral.text(), numeral.latex()), numeral.strength());
    }

    private FormulaFragment sum(Notation.Terms terms, List<FormulaFragment> operands) {
        List<FormulaFragment> parts = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            FormulaFragment operand = operands.get(i);
            parts.add(operand.withMinus(operand.minus() ^ terms.negative().get(i)));
        }
        if (terms.number() != 0) {
            FormulaFragment number = number(Math.abs(terms.number())).withMinus(terms.number() < 0);
            boolean numberFirst = !number.minus() && parts.get(0).minus();
            parts.add(numberFirst ? 0 : parts.size(), number);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            FormulaFragment part = parts.get(i);
            String body =
                    part.minus() || (i < operands.size() && operands.get(i).minus())
                            ? inner(part.withMinus(false), Strength.PREFIX)
                            : part.text();
            boolean beginsWithMinus = i > 0 && !part.minus() && body.startsWith(style.minus());
            boolean minus = part.minus() || beginsWithMinus;
            text.append(i == 0 ? "" : minus ? " " : " + ").append(minus ? style.minus() : "");
            text.append(i == 0 || !minus ? "" : " ");
            text.append(beginsWithMinus ? body.substring(style.minus().length()) : body);
        }
        return FormulaFragment.of(text.toString(), Strength.SUM);
    }

    private FormulaFragment product(double number, List<FormulaFragment> operands) {
        boolean minus = number < 0;
        double magnitude = Math.abs(number);
        double inverse = 1 / magnitude;
        boolean isDivisor = (inverse == Math.rint(inverse) && !Double.isInfinite(inverse)) || Numeral.hasSign(inverse);
        if (magnitude < 1 && isDivisor && operands.size() == 1) {
            FormulaFragment over = quotient(operands.get(0), number(inverse));
            return over.withMinus(over.minus() ^ minus);
        }
        List<FormulaFragment> factors = new ArrayList<>();
        boolean elementwise = operands.size() > 1;
        if (magnitude != 1) {
            factors.add(number(magnitude));
        }
        for (int i = 0; i < operands.size(); i++) {
            minus ^= operands.get(i).minus();
            elementwise &= !operands.get(i).shape().isScalar();
            factors.add(operands.get(i).withMinus(false));
        }
        Strength needed = elementwise ? Strength.ELEMENTWISE : Strength.QUOTIENT;
        StringBuilder text = new StringBuilder();
        Strength strength = elementwise ? Strength.ELEMENTWISE : Strength.PRODUCT;
        boolean afterMatrix = false;
        for (int i = 0; i < factors.size(); i++) {
            boolean quotientAfterProduct =
                    i > 0 && !elementwise && factors.get(i).strength() == Strength.QUOTIENT;
            text.append(i == 0 ? "" : style.product(elementwise))
                    .append(inner(
                            factors.get(i), afterMatrix && factors.get(i).hasDot() ? Strength.SUPERSCRIPT : needed));
            afterMatrix |= !elementwise && !factors.get(i).shape().isScalar();
            strength = quotientAfterProduct ? Strength.QUOTIENT : strength;
            strength = i == 0 && !elementwise && factors.get(i).strength() == Strength.QUOTIENT
                    ? Strength.QUOTIENT
                    : strength;
        }
        return FormulaFragment.of(text.toString(), strength)
                .withMinus(minus)
                .withDot(!elementwise && factors.stream().anyMatch(FormulaFragment::hasDot));
    }

    private FormulaFragment quotient(FormulaFragment above, FormulaFragment below) {
        boolean minus = above.minus() ^ below.minus();
        String text = style.hasBar()
                ? style.quotient(above.text(), below.text())
                : style.quotient(
                        inner(above.withMinus(false), Strength.QUOTIENT),
                        inner(below.withMinus(false), Strength.SUPERSCRIPT));
        return FormulaFragment.of(text, Strength.QUOTIENT).withMinus(minus).withDot(above.hasDot());
    }

    private FormulaFragment transposed(FormulaFragment fragment, boolean isTransposed) {
        return isTransposed ? superscript(fragment, new Notation.Superscript("ᵀ", "\\mathsf{T}")) : fragment;
    }

    private FormulaFragment superscript(FormulaFragment base, Notation.Superscript superscript) {
        boolean isTransposed = superscript.text().equals("ᵀ");
        if (isTransposed && base.shape().isScalar()) {
            return base;
        }
        if (isTransposed && base.text().equals(ones(base.shape()))) {
            return FormulaFragment.of(ones(base.shape().transposed()), Strength.SUPERSCRIPT)
                    .withMinus(base.minus());
        }
        String text = style.superscript(inner(base, Strength.WHOLE), superscript.text(), superscript.latex());
        return FormulaFragment.of(text, Strength.SUPERSCRIPT);
    }

    /** The text without its minus, in parentheses if it is too weak. */
    private String at(FormulaFragment fragment, Strength needed) {
        return inner(fragment.withMinus(false), needed);
    }

    /** The text with its minus, in parentheses if it is too weak. */
    private String inner(FormulaFragment fragment, Strength needed) {
        return fragment.holds(needed) ? whole(fragment) : style.parentheses(whole(fragment));
    }

    private static Strength strongest(FormulaFragment fragment, Strength needed) {
        return fragment.holds(needed) ? fragment.strength() : Strength.WHOLE;
    }

    private String whole(FormulaFragment fragment) {
        return fragment.minus() ? style.minus() + fragment.text() : fragment.text();
    }
}
