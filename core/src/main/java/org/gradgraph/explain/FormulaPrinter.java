package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.gradgraph.explain.FormulaFragment.Strength;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;
import org.gradgraph.graph.Op;

/** Writes nodes as formulas, as their operations say; named nodes that are known are written by their names. */
final class FormulaPrinter {
    private final Style style;
    private final IdentityHashMap<Node, FormulaFragment> fragments = new IdentityHashMap<>();

    FormulaPrinter(Style style) {
        this.style = style;
    }

    /** From now on this node is written as a name. */
    void abbreviate(Node node, String name) {
        fragments.put(node, FormulaFragment.of(style.name(name), Strength.WHOLE));
    }

    /** The formula of a node. */
    String formula(Node root) {
        return whole(fragment(root));
    }

    /** The formula of one operation whose operands are written by their names. */
    String formula(Op op, List<String> operands, List<Node> nodes) {
        List<FormulaFragment> names = operands.stream()
                .map(name -> FormulaFragment.of(name, Strength.WHOLE))
                .toList();
        return whole(lay(op.notation(), names, nodes));
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
            return FormulaFragment.of(style.name(node.name().orElse("")), Strength.WHOLE);
        }
        List<FormulaFragment> operands = new ArrayList<>();
        for (Node input : node.inputs()) {
            operands.add(fragments.getOrDefault(input, FormulaFragment.of("…", Strength.WHOLE)));
        }
        return lay(op.notation(), operands, node.inputs());
    }

    private FormulaFragment lay(Notation notation, List<FormulaFragment> operands, List<Node> nodes) {
        if (notation instanceof Notation.Call call) {
            List<String> arguments = operands.stream().map(this::whole).toList();
            return FormulaFragment.of(style.call(call.text(), call.latex(), arguments), Strength.WHOLE);
        } else if (notation instanceof Notation.Terms terms) {
            return sum(terms, operands);
        } else if (notation instanceof Notation.Product product) {
            return product(product.number(), operands, nodes);
        } else if (notation instanceof Notation.MatrixProduct product) {
            FormulaFragment a = transposed(operands.get(0), product.transposeA());
            FormulaFragment b = transposed(operands.get(1), product.transposeB());
            String text = at(a, Strength.PRODUCT) + style.product(false) + at(b, Strength.PRODUCT);
            return new FormulaFragment(text, a.minus() ^ b.minus(), Strength.PRODUCT);
        } else if (notation instanceof Notation.Quotient) {
            return quotient(operands.get(0), operands.get(1));
        } else if (notation instanceof Notation.Minus) {
            FormulaFragment x = operands.get(0);
            FormulaFragment whole =
                    x.minus() ? x : FormulaFragment.of(inner(x, Strength.PREFIX), strongest(x, Strength.PREFIX));
            return whole.withMinus(!x.minus());
        } else if (notation instanceof Notation.Superscript superscript) {
            return superscript(operands.get(0), superscript);
        } else if (notation instanceof Notation.Prefix prefix) {
            String text =
                    style.sign(prefix.text(), prefix.latex()) + " " + inner(operands.get(0), Strength.ELEMENTWISE);
            return FormulaFragment.of(text, Strength.PREFIX);
        } else if (notation instanceof Notation.Unwritten) {
            return operands.get(0);
        } else if (notation instanceof Notation.Symbol symbol) {
            boolean single = !symbol.text().contains("·") && !symbol.text().contains(" ");
            return FormulaFragment.of(
                    style.sign(symbol.text(), symbol.latex()), single ? Strength.WHOLE : Strength.SUM);
        } else {
            double value = ((Notation.Value) notation).value();
            return new FormulaFragment(style.number(Math.abs(value)), value < 0, Strength.WHOLE);
        }
    }

    private FormulaFragment sum(Notation.Terms terms, List<FormulaFragment> operands) {
        List<FormulaFragment> parts = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            FormulaFragment operand = operands.get(i);
            parts.add(operand.withMinus(operand.minus() ^ terms.negative().get(i)));
        }
        if (terms.number() != 0) {
            FormulaFragment number =
                    new FormulaFragment(style.number(Math.abs(terms.number())), terms.number() < 0, Strength.WHOLE);
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

    private FormulaFragment product(double number, List<FormulaFragment> operands, List<Node> nodes) {
        boolean minus = number < 0;
        double magnitude = Math.abs(number);
        double inverse = 1 / magnitude;
        if (magnitude < 1 && inverse == Math.rint(inverse) && !Double.isInfinite(inverse) && operands.size() == 1) {
            FormulaFragment over = quotient(operands.get(0), FormulaFragment.of(style.number(inverse), Strength.WHOLE));
            return over.withMinus(over.minus() ^ minus);
        }
        List<FormulaFragment> factors = new ArrayList<>();
        boolean elementwise = operands.size() > 1;
        if (magnitude != 1) {
            factors.add(FormulaFragment.of(style.number(magnitude), Strength.WHOLE));
        }
        for (int i = 0; i < operands.size(); i++) {
            minus ^= operands.get(i).minus();
            elementwise &= !repeated(nodes.get(i)).shape().isScalar();
            factors.add(operands.get(i).withMinus(false));
        }
        Strength needed = elementwise ? Strength.ELEMENTWISE : Strength.QUOTIENT;
        StringBuilder text = new StringBuilder();
        Strength strength = elementwise ? Strength.ELEMENTWISE : Strength.PRODUCT;
        for (int i = 0; i < factors.size(); i++) {
            boolean quotientAfterProduct =
                    i > 0 && !elementwise && factors.get(i).strength() == Strength.QUOTIENT;
            text.append(i == 0 ? "" : style.product(elementwise)).append(inner(factors.get(i), needed));
            strength = quotientAfterProduct ? Strength.QUOTIENT : strength;
            strength = i == 0 && !elementwise && factors.get(i).strength() == Strength.QUOTIENT
                    ? Strength.QUOTIENT
                    : strength;
        }
        return new FormulaFragment(text.toString(), minus, strength);
    }

    private static Node repeated(Node node) {
        return node.op().orElse(null) instanceof Layout.Broadcast
                ? node.inputs().get(0)
                : node;
    }

    private FormulaFragment quotient(FormulaFragment above, FormulaFragment below) {
        boolean minus = above.minus() ^ below.minus();
        String text = style.hasBar()
                ? style.quotient(above.text(), below.text())
                : style.quotient(
                        inner(above.withMinus(false), Strength.QUOTIENT),
                        inner(below.withMinus(false), Strength.SUPERSCRIPT));
        return new FormulaFragment(text, minus, Strength.QUOTIENT);
    }

    private FormulaFragment transposed(FormulaFragment fragment, boolean isTransposed) {
        return isTransposed ? superscript(fragment, new Notation.Superscript("ᵀ", "\\mathsf{T}")) : fragment;
    }

    private FormulaFragment superscript(FormulaFragment base, Notation.Superscript superscript) {
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
