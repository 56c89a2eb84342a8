package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.rewrite.Assumptions;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleApplication;
import org.gradgraph.rewrite.RuleSet;

/**
 * Finds one short formula for each derivative.
 *
 * <p>Named nodes become symbols: the user's {@code A} is {@code A}, whatever it is made of. Derivatives are taken from
 * the cost backwards; each may use the ones before it by their names. Where seeing through such a name makes the formula
 * no longer, it is seen through: {@code dz = a − y} and not {@code da·a·(1 − a)}.
 */
final class DerivationBuilder {
    private static final RuleSet RULES = RuleSet.forDerivations();

    private final Graph forward;
    private final Assumptions assumptions;

    /** Names that are in use, so that a derivative must not have one of them. */
    private final Set<String> names;

    private final IdentityHashMap<Node, Node> symbols = new IdentityHashMap<>();

    DerivationBuilder(Node cost, Assumptions assumptions) {
        this.forward = Graph.of(cost);
        Set<String> taken = new HashSet<>();
        forward.nodes().stream()
                .filter(node -> node.inputs().isEmpty())
                .forEach(leaf -> leaf.name().ifPresent(taken::add));
        for (Node node : forward.nodes()) {
            if (!node.inputs().isEmpty() && node.name().isPresent()) {
                symbols.put(node, Node.input(unused(node.name().get(), taken), node.shape()));
            }
        }
        this.names = Set.copyOf(taken);
        this.assumptions = withKnownSums(assumptions).about(node -> symbols.getOrDefault(node, node));
    }

    private static String unused(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = name + "′".repeat(i - 1);
        }
        return candidate;
    }

    /** A symbol hides that it is a softmax, or that a mean is subtracted: rows and columns of constant sum are found before. */
    private Assumptions withKnownSums(Assumptions stated) {
        Assumptions known = stated;
        Rewriter rewriter = new Rewriter(stated, Program::evaluate);
        for (Node node : symbols.keySet()) {
            for (Over over : List.of(Over.EACH_COLUMN, Over.EACH_ROW)) {
                if (over.of(node.shape()).equals(node.shape()) || node.op().orElse(null) instanceof Layout.Broadcast) {
                    continue;
                }
                Node sum = rewriter.rewrite(Reductions.sum(node, over), RULES);
                Node number = sum.op().orElse(null) instanceof Layout.Broadcast
                        ? sum.inputs().get(0)
                        : sum;
                if (number.op().orElse(null) instanceof Constant constant
                        && number.shape().isScalar()) {
                    boolean isColumn = over == Over.EACH_COLUMN;
                    if (constant.value().get(0) == 1) {
                        known = known.and(node, isColumn ? Fact.COLUMNS_SUM_TO_ONE : Fact.ROWS_SUM_TO_ONE);
                    } else if (constant.value().get(0) == 0) {
                        known = known.and(node, isColumn ? Fact.COLUMNS_SUM_TO_ZERO : Fact.ROWS_SUM_TO_ZERO);
                    }
                }
            }
        }
        return known;
    }

    /** The lines for these nodes, and those for named nodes between that are used more than once. */
    List<DerivedLine> lines(List<Node> wrt) {
        Set<Node> everything = new LinkedHashSet<>(wrt);
        everything.addAll(symbols.keySet().stream()
                .filter(node -> !node.equals(forward.roots().get(0)))
                .sorted(Comparator.comparing(forward::indexOf))
                .toList());
        Map<Node, DerivedLine> all = derive(everything, null);
        Set<Node> shown = new LinkedHashSet<>(wrt);
        shown.addAll(usedTwice(wrt, all));
        Map<Node, DerivedLine> lines = shown.size() == all.size() ? all : derive(shown, all);
        return inReadingOrder(wrt, lines);
    }

    /** The line of a formula that is no derivative. */
    DerivedLine line(Node node) {
        symbols.remove(node);
        Rewriter rewriter = rewriter(RULES);
        Node formula = rewriter.rewrite(node, RULES);
        Node spelledOut = rewriter(RuleSet.textbook()).rewrite(node, RuleSet.textbook());
        Node symbol = Node.input(node.name().orElse(node.describe()), node.shape());
        return new DerivedLine(node, symbol, spelledOut, formula, rewriter.firings());
    }

    private Rewriter rewriter(RuleSet rules) {
        Rewriter rewriter = new Rewriter(assumptions, Program::evaluate);
        for (Node node : forward.nodes()) {
            Node symbol = symbols.get(node);
            if (symbol != null) {
                rewriter.abbreviate(node, symbol, rules);
            }
        }
        return rewriter;
    }

    /** One line for each node, from the cost backwards; chain rules are taken over from known lines. */
    private Map<Node, DerivedLine> derive(
            Set<Node> nodes, @org.jspecify.annotations.Nullable Map<Node, DerivedLine> known) {
        List<Node> order = nodes.stream()
                .sorted(Comparator.comparing(node -> node.inputs().isEmpty() ? 0 : -1 - placeOf(node)))
                .toList();
        List<Node> gradients = Derivatives.gradient(forward.roots().get(0), order);
        Rewriter byName = rewriter(RULES);
        Rewriter seeingThrough = rewriter(RULES);
        Rewriter untouched = rewriter(RuleSet.textbook());
        Map<Node, DerivedLine> lines = new LinkedHashMap<>();
        Map<Node, Node> formulas = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            Node wrt = order.get(i);
            Node gradient = gradients.get(i);
            DerivedLine knownLine = known == null ? null : known.get(wrt);
            Node symbol = knownLine == null ? symbolFor(wrt) : knownLine.symbol();
            Node chainRule =
                    knownLine == null ? untouched.rewrite(gradient, RuleSet.textbook()) : knownLine.chainRule();
            int before = byName.firings().size();
            Node formula = byName.rewrite(gradient, RULES);
            List<RuleApplication> firings = new ArrayList<>(tail(byName, before));
            int beforeSeeing = seeingThrough.firings().size();
            Node seen = seeingThrough.rewrite(substituted(formula, formulas), RULES);
            if (seeingThrough.lengthOf(seen) <= byName.lengthOf(formula) && !seen.equals(formula)) {
                formula = seen;
                firings.addAll(tail(seeingThrough, beforeSeeing));
            }
            lines.put(wrt, new DerivedLine(wrt, symbol, chainRule, formula, firings));
            if (!gradient.inputs().isEmpty() && !wrt.inputs().isEmpty()) {
                formulas.put(symbol, formula);
                byName.abbreviate(gradient, symbol, RULES);
                untouched.abbreviate(gradient, symbol, RuleSet.textbook());
            }
        }
        return lines;
    }

    private int placeOf(Node node) {
        return forward.contains(node) ? forward.indexOf(node) : 0;
    }

    private Node symbolFor(Node wrt) {
        String name = symbols.getOrDefault(wrt, wrt).name().orElse("(" + wrt.describe() + ")");
        String derivative = names.contains("d" + name) ? "∂" + name : "d" + name;
        return Node.input(derivative, wrt.shape());
    }

    private static List<RuleApplication> tail(Rewriter rewriter, int from) {
        return rewriter.firings().subList(from, rewriter.firings().size());
    }

    /** The same formula with some symbols spelled out. */
    private static Node substituted(Node formula, Map<Node, Node> spelledOut) {
        return Graph.of(formula)
                .rebuilt((node, copy) -> spelledOut.getOrDefault(node, copy))
                .get(0);
    }

    /** The inner nodes whose derivatives are used by at least two of the lines that are needed. */
    private Set<Node> usedTwice(List<Node> wrt, Map<Node, DerivedLine> all) {
        Map<Node, Node> wrtOf = new HashMap<>();
        all.values().forEach(line -> wrtOf.put(line.symbol(), line.wrt()));
        Map<Node, Integer> uses = new LinkedHashMap<>();
        Set<Node> needed = new LinkedHashSet<>(wrt);
        List<Node> waiting = new ArrayList<>(wrt);
        for (int i = 0; i < waiting.size(); i++) {
            DerivedLine line = all.get(waiting.get(i));
            if (line != null) {
                for (Node node : Graph.of(line.formula()).nodes()) {
                    Node used = wrtOf.get(node);
                    if (used != null) {
                        uses.merge(used, 1, Integer::sum);
                        if (needed.add(used)) {
                            waiting.add(used);
                        }
                    }
                }
            }
        }
        Set<Node> result = new LinkedHashSet<>();
        uses.forEach((node, count) -> {
            if (count > 1) {
                result.add(node);
            }
        });
        return result;
    }

    /** What was asked for in that order, each line after those it uses that were not asked for. */
    private static List<DerivedLine> inReadingOrder(List<Node> wrt, Map<Node, DerivedLine> lines) {
        Map<Node, DerivedLine> bySymbol = new HashMap<>();
        lines.values().forEach(line -> bySymbol.put(line.symbol(), line));
        Set<DerivedLine> result = new LinkedHashSet<>();
        for (Node node : wrt) {
            List<DerivedLine> before = new ArrayList<>();
            before.add(lines.get(node));
            for (int i = 0; i < before.size(); i++) {
                for (Node part : Graph.of(before.get(i).formula()).nodes()) {
                    DerivedLine used = bySymbol.get(part);
                    if (used != null && !wrt.contains(used.wrt()) && !before.contains(used)) {
                        before.add(used);
                    }
                }
            }
            lines.values().stream().filter(before::contains).forEach(result::add);
        }
        return List.copyOf(result);
    }
}
