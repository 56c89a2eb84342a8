package org.gradgraph.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Require;
import org.jspecify.annotations.Nullable;

/**
 * Replaces nodes by simpler ones of the same meaning.
 *
 * <p>Operands come first; equal operations on the same operands become one node; then rules are tried until none
 * applies. The given nodes stay as they are: a rewriter maps nodes to nodes. Names and Java lines are kept.
 *
 * <pre>{@code
 * Rewriter rewriter = new Rewriter();
 * Node simpler = rewriter.rewrite(j, RuleSet.exact());
 * rewriter.firings();                        // which rules were used, and where
 * }</pre>
 *
 * <p>The same graph gives the same result each time, and rewriting the result changes nothing. It always ends: a
 * replacement that leads back to what is being replaced is not used, and one node of the given graph is replaced at most
 * {@value #MOST_FIRINGS} times. The time grows linearly with the graph. A rewriter is for one thread; it remembers what
 * it has seen, so that further nodes are expressed by the same ones.
 */
public final class Rewriter {
    /** Far above what any rule set needs; see the test that looks for the largest number. */
    private static final int MOST_FIRINGS = 1000;

    private final Assumptions assumptions;
    private final SharedNodes shared = new SharedNodes();
    private final Algebra algebra = new Algebra(this);
    private final Weights weights = new Weights();
    private final IdentityHashMap<Node, Node> normal = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Node> replacedBy = new IdentityHashMap<>();
    private final Set<Node> lookedThrough = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Firing> firings = new ArrayList<>();
    private int mostFirings;
    private boolean wentInCircles;

    /** A rewriter that knows nothing but the graph. */
    public Rewriter() {
        this(Assumptions.none());
    }

    /** A rewriter that may use what the user knows about some nodes. */
    public Rewriter(Assumptions assumptions) {
        this.assumptions = Require.given(assumptions, "new Rewriter: the assumptions");
    }

    /** The simplest form of a node; see {@link #rewrite(Collection, RuleSet)}. */
    public Node rewrite(Node node, RuleSet rules) {
        return rewrite(List.of(Require.given(node, "rewrite: the node")), rules).get(0);
    }

    /**
     * The simplest forms of nodes.
     *
     * @param nodes what to rewrite, with everything it is made of
     * @param rules the rules that may be used
     * @return for each node another one of the same shape and meaning, or the node itself
     */
    public List<Node> rewrite(Collection<Node> nodes, RuleSet rules) {
        List<Node> given = Require.nodes("rewrite", nodes);
        Require.given(rules, "rewrite: the rules");
        Map<Class<?>, List<Rule>> index = new HashMap<>();
        for (Node node : Graph.of(given).nodes()) {
            int before = firings.size();
            settle(node, rules, index);
            mostFirings = Math.max(mostFirings, firings.size() - before);
        }
        return given.stream().map(this::of).toList();
    }

    /**
     * What a node became.
     *
     * @throws IllegalArgumentException if it was not rewritten
     */
    public Node of(Node node) {
        Node result = normal.get(Require.given(node, "the node that was rewritten"));
        if (result == null) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", was not rewritten here; give it to rewrite(…) first");
        }
        return result;
    }

    /** The rules used so far, in order. */
    public List<Firing> firings() {
        return Collections.unmodifiableList(firings);
    }

    /** Whether some rule replaced an expression that contains what this node became, looking below it. */
    public boolean looksThrough(Node node) {
        return lookedThrough.contains(of(node));
    }

    /**
     * Writes a symbol, such as an input {@code A}, wherever this computation occurs in what is rewritten later.
     *
     * <p>Where the factors of a quotient or product occur that has a symbol, the symbol is written too.
     *
     * @param node the computation; if it was rewritten before, what was made from it stays, and a first symbol stays
     * @param symbol a node of the same shape
     */
    public void abbreviate(Node node, Node symbol, RuleSet rules) {
        Require.given(node, "abbreviate: the computation");
        Require.given(symbol, "abbreviate: the symbol");
        List<Node> operands = rewrite(node.inputs(), rules);
        rewrite(symbol, rules);
        Op op = node.op().orElse(null);
        if (op != null && !operands.isEmpty()) {
            Node spelledOut = shared.share(node, operands, node);
            if (spelledOut.op().isEmpty()) {
                normal.put(node, spelledOut);
                return;
            }
            algebra.define(spelledOut, symbol);
            shared.letStandFor(symbol, op, operands);
            normal.put(spelledOut, symbol);
        }
        normal.put(node, symbol);
    }

    /** How long the formula of a node is when it is written out: about the number of names, numbers and signs. */
    public long lengthOf(Node node) {
        return weights.of(Require.given(node, "lengthOf: the node"));
    }

    Assumptions assumptions() {
        return assumptions;
    }

    Algebra algebra() {
        return algebra;
    }

    int number(Node node) {
        return shared.number(node);
    }

    /** Whether a node is the result of rewriting. */
    boolean isSettled(Node node) {
        return node.equals(normal.get(node));
    }

    /** The largest number of replacements for one given node. */
    int mostFirings() {
        return mostFirings;
    }

    /** Whether some replacement led back to what was being replaced. */
    boolean wentInCircles() {
        return wentInCircles;
    }

    /** A node is left on the stack until its operands, or its replacement, are settled. */
    private void settle(Node given, RuleSet rules, Map<Class<?>, List<Rule>> index) {
        int limit = firings.size() + MOST_FIRINGS;
        Deque<Node> waiting = new ArrayDeque<>();
        waiting.push(given);
        while (!waiting.isEmpty()) {
            Node node = waiting.peek();
            if (normal.containsKey(node)) {
                waiting.pop();
                continue;
            }
            Node replacement = replacedBy.get(node);
            List<Node> needed = replacement == null ? node.inputs() : List.of(replacement);
            if (needed.stream().anyMatch(this::isBeingReplaced)) {
                wentInCircles = true;
                normal.put(node, node);
            } else if (!normal.keySet().containsAll(needed)) {
                needed.stream().filter(other -> !normal.containsKey(other)).forEach(waiting::push);
            } else if (replacement != null) {
                normal.put(node, of(replacement));
            } else {
                Node same = shared.share(node, needed.stream().map(this::of).toList(), given);
                if (normal.containsKey(same)) {
                    normal.put(node, of(same));
                } else if (!same.equals(node)) {
                    replacedBy.put(node, same);
                } else {
                    Node better = firings.size() < limit ? firstReplacement(node, given, rules, index) : null;
                    if (better == null) {
                        normal.put(node, node);
                    } else {
                        replacedBy.put(node, better);
                    }
                }
            }
        }
    }

    private boolean isBeingReplaced(Node node) {
        return replacedBy.containsKey(node) && !normal.containsKey(node);
    }

    private @Nullable Node firstReplacement(Node node, Node given, RuleSet rules, Map<Class<?>, List<Rule>> index) {
        Op op = node.op().orElse(null);
        if (op == null) {
            return null;
        }
        List<Rule> candidates = index.computeIfAbsent(
                op.getClass(),
                type -> rules.rules().stream()
                        .filter(rule -> rule.top().isAssignableFrom(type))
                        .toList());
        for (Rule rule : candidates) {
            Match match = new Match(this, node);
            Node result = rule.replace(match);
            if (result != null && !result.equals(node)) {
                if (!result.shape().equals(node.shape())) {
                    throw new IllegalStateException("rule " + rule.name() + " turned " + node.describe() + " into "
                            + result.describe() + "; please report this as a bug of the library");
                }
                lookedThrough.addAll(match.lookedThrough());
                firings.add(new Firing(rule, given, node, result));
                boolean isOld = normal.containsKey(result) || node.name().isEmpty();
                return isOld ? result : result.copy(result.inputs(), node, given);
            }
        }
        return null;
    }
}
