package org.gradgraph.explain;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Require;
import org.gradgraph.rewrite.Assumptions;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;

/**
 * The derivatives of a cost as a textbook writes them, in the user's names: {@code dZ} is dJ/dZ.
 *
 * <p>The formulas are found from the composed cost by the algebra of real numbers. Named nodes are written by their
 * names; a derivative that several lines need has a line of its own.
 *
 * <pre>{@code
 * Node z = w.transpose().matmul(x).plus(b).named("Z");
 * Node a = z.sigmoid().named("A");
 * Node cost = y.times(a.log()).plus(y.negate().plus(1).times(a.negate().plus(1).log())).mean().negate();
 * System.out.println(Derivation.of(cost, z, w, b));
 * // dZ = (A − Y)/m
 * // dw = X·dZᵀ
 * // db = Σ dZ
 * }</pre>
 *
 * <p>It is immutable; {@link #assuming} gives another one.
 */
@CheckReturnValue
public final class Derivation {
    private final Node cost;
    private final List<Node> wrt;
    private final Assumptions assumptions;
    private final List<DerivedLine> lines;

    private Derivation(Node cost, List<Node> wrt, Assumptions assumptions, List<DerivedLine> lines) {
        this.cost = cost;
        this.wrt = wrt;
        this.assumptions = assumptions;
        this.lines = lines;
    }

    private static Derivation of(Node cost, List<Node> wrt, Assumptions assumptions) {
        List<DerivedLine> lines = wrt.isEmpty()
                ? List.of(new DerivationBuilder(cost, assumptions).line(cost))
                : new DerivationBuilder(cost, assumptions).lines(wrt);
        return new Derivation(cost, wrt, assumptions, lines);
    }

    /**
     * {@return the simplified formula of any node, for example of a Hessian-vector product}
     *
     * <pre>{@code
     * Derivation.ofFormula("Hv", Derivatives.hvp(cost, w, v))        // Hv = X·(A ∘ (1 − A) ∘ vᵀ·X)ᵀ/m
     * }</pre>
     *
     * @param name what stands before the equals sign
     * @param node the node; named nodes below it are written by their names
     */
    public static Derivation ofFormula(String name, Node node) {
        Node formula = Require.given(node, "ofFormula: the node");
        Require.given(name, "ofFormula: the name");
        boolean isLeaf = formula.kind() == Node.Kind.INPUT || formula.kind() == Node.Kind.PARAMETER;
        return of(isLeaf ? formula : formula.named(name), List.of(), Assumptions.none());
    }

    /**
     * {@return the derivatives of a cost with respect to some nodes; see {@link #of(Node, Collection)}}
     *
     * @param cost a node of shape 1×1
     * @param wrt the nodes to differentiate by; none means every parameter
     */
    public static Derivation of(Node cost, Node... wrt) {
        return of(cost, Require.nodes("Derivation.of", wrt));
    }

    /**
     * {@return the derivatives of a cost with respect to some nodes}
     *
     * @param cost a node of shape 1×1
     * @param wrt the nodes to differentiate by, inner ones too; none means every parameter
     * @throws org.gradgraph.graph.NoGradientException if the cost is not 1×1 or an operation on the way has no vjp
     * @throws IllegalArgumentException if there is nothing to differentiate by, or an inner node is not part of the cost
     */
    public static Derivation of(Node cost, Collection<Node> wrt) {
        Graph graph = Graph.of(Require.given(cost, "Derivation.of: the cost"));
        List<Node> named = Require.nodes("Derivation.of", wrt);
        List<Node> chosen =
                named.isEmpty() ? graph.nodes(Node.Kind.PARAMETER) : List.copyOf(new LinkedHashSet<>(named));
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "the cost has no parameter; name the nodes to differentiate by: Derivation.of(cost, x)");
        }
        for (Node node : chosen) {
            if (!node.inputs().isEmpty()) {
                int unused = graph.indexOf(node); // refuses a node that is not in the graph
            }
        }
        return of(cost, chosen, Assumptions.none());
    }

    /**
     * {@return the same derivatives, given that something is known; it is printed with them}
     *
     * <pre>{@code
     * Derivation.of(cost, z).assuming(y, Fact.COLUMNS_SUM_TO_ONE)      // dZ = (P − Y)/m
     * }</pre>
     *
     * @param node a node of the cost
     * @param fact what is known of its elements
     */
    public Derivation assuming(Node node, Fact fact) {
        return of(cost, wrt, assumptions.and(node, fact));
    }

    /**
     * The simplified gradient as a graph over the nodes of the cost.
     *
     * <p>A program that is given it differentiates the cost, as for a node of {@link Derivatives}: its numbers do not
     * depend on the simplification, which may have an inverse where the derivative of a determinant has none.
     *
     * @param node any node of the cost
     * @return a node of its shape
     */
    public Node gradient(Node node) {
        Node gradient = Derivatives.gradient(cost, Require.given(node, "gradient: the node"));
        Node simplified = new Rewriter(assumptions, Program::evaluate).rewrite(gradient, RuleSet.forDerivations());
        return Provenance.question(gradient)
                .map(question -> Provenance.answer(simplified, question, Provenance.placeInQuestion(gradient)))
                .orElse(simplified);
    }

    /** {@return one line for each derivative, as plain text} */
    public String text() {
        StringBuilder text = new StringBuilder(header("Assuming that ", "."));
        equations(Style.TEXT)
                .forEach(line -> text.append(line.name())
                        .append(" = ")
                        .append(line.formula())
                        .append('\n'));
        return text.toString();
    }

    /** {@return a list of formulas in Markdown, which many viewers typeset} */
    public String markdown() {
        StringBuilder text = new StringBuilder(header("Assuming that ", ".\n"));
        equations(Style.LATEX)
                .forEach(line -> text.append("- $")
                        .append(line.name())
                        .append(" = ")
                        .append(line.formula())
                        .append("$\n"));
        return text.toString();
    }

    /** {@return aligned equations in LaTeX, to be placed between {@code \[} and {@code \]}} */
    public String latex() {
        StringBuilder text = new StringBuilder("\\begin{aligned}\n");
        if (!assumptions.isEmpty()) {
            text.append('&')
                    .append(LatexStyle.text(header("Assuming that ", ".").strip()))
                    .append(" \\\\\n");
        }
        equations(Style.LATEX)
                .forEach(line -> text.append(line.name())
                        .append(" &= ")
                        .append(line.formula())
                        .append(" \\\\\n"));
        return text.append("\\end{aligned}\n").toString();
    }

    /** {@return for each line, the chain rule as it was applied, every rule that was used, and the final formula} */
    public List<Steps> steps() {
        return lines.stream().map(Steps::of).toList();
    }

    /** The same as {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }

    private String header(String before, String after) {
        return assumptions.isEmpty() ? "" : before + assumptions + after + "\n";
    }

    private List<Equation> equations(Style style) {
        List<Equation> result = new ArrayList<>();
        Abbreviations abbreviations = new Abbreviations(style, lines);
        for (DerivedLine line : lines) {
            result.addAll(abbreviations.equationsFor(line));
        }
        return result;
    }

    /** Both sides of a printed line. */
    record Equation(String name, String formula) {}
}
