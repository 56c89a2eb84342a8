package org.gradgraph.rewrite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.ShapeException;
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
    private final @Nullable Function<Node, DMatrixRMaj> evaluator;
    private final Standing.Book book = new Standing.Book();
    private final SharedNodes shared = new SharedNodes(book);
    private final Algebra algebra = new Algebra(this);
    private final FormulaCost cost = new FormulaCost();
    private final Deque<Standing> waiting = new ArrayDeque<>();
    private final List<RuleApplication> firings = new ArrayList<>();
    private final Map<Class<?>, UnaryOperator<Node>> substitutes = new HashMap<>();
    private final LoopBodies loops;
    private int mostFirings;
    private boolean somethingIsWhole;
    private boolean wentInCircles;

    /** A rewriter that knows nothing but the graph, and computes no constants. */
    public Rewriter() {
        this.assumptions = Assumptions.none();
        this.evaluator = null;
        this.loops = new LoopBodies(firings, () -> forBody(new Rewriter()));
    }

    /**
     * A rewriter that may use what the user knows about some nodes, and computes constants by an evaluator.
     *
     * @param assumptions what the user knows
     * @param evaluator the value of a node that depends on no input or parameter
     */
    public Rewriter(Assumptions assumptions, Function<Node, DMatrixRMaj> evaluator) {
        this.assumptions = Require.given(assumptions, "new Rewriter: the assumptions");
        this.evaluator = Require.given(evaluator, "new Rewriter: the evaluator");
        this.loops = new LoopBodies(firings, () -> forBody(new Rewriter(Assumptions.none(), evaluator)));
    }

    /**
     * {@return the simplest form of a node; see {@link #rewrite(Collection, RuleSet)}}
     *
     * @param node any node
     * @param rules which rules may be used
     */
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
        RuleIndex index = new RuleIndex(rules);
        for (Node root : given) {
            settleAll(root, index);
        }
        List<Node> results = new ArrayList<>(given.size());
        for (Node root : given) {
            results.add(of(root));
        }
        return List.copyOf(results);
    }

    /**
     * {@return what a node became}
     *
     * @param node a node that was rewritten here
     * @throws IllegalArgumentException if it was not rewritten
     */
    public Node of(Node node) {
        Standing entry = book.find(Require.given(node, "the node that was rewritten"));
        if (entry == null || entry.result == null) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", was not rewritten here; give it to rewrite(…) first");
        }
        return entry.result.node;
    }

    /**
     * {@return whether a node was rewritten here, so that {@link #of} has an answer}
     *
     * @param node any node
     */
    public boolean knows(Node node) {
        Standing entry = book.find(Require.given(node, "knows: the node"));
        return entry != null && entry.result != null;
    }

    /** {@return the rules used so far, in order} */
    public List<RuleApplication> firings() {
        return Collections.unmodifiableList(firings);
    }

    /**
     * {@return whether some rule replaced an expression that contains what this node became, looking below it}
     *
     * @param node any node
     */
    public boolean looksThrough(Node node) {
        return book.of(of(node)).lookedThrough;
    }

    /**
     * Writes a symbol, such as an input {@code A}, wherever this computation occurs in what is rewritten later.
     *
     * <p>Where the factors of a quotient or product occur that has a symbol, the symbol is written too.
     *
     * @param node the computation; if it was rewritten before, what was made from it stays, and a first symbol stays
     * @param symbol a node of the same shape
     * @param rules which rules may be used
     */
    public void abbreviate(Node node, Node symbol, RuleSet rules) {
        Require.given(node, "abbreviate: the computation");
        Require.given(symbol, "abbreviate: the symbol");
        rewrite(node.inputs(), rules);
        rewrite(symbol, rules);
        Standing entry = book.of(node);
        Standing standIn = book.of(symbol);
        Op op = node.op().orElse(null);
        if (op != null && !node.inputs().isEmpty()) {
            Standing[] operands = book.results(entry);
            Standing spelledOut = shared.share(entry, operands, node);
            if (spelledOut.node.op().isEmpty()) {
                entry.result = spelledOut;
                return;
            }
            algebra.define(spelledOut.node, symbol);
            shared.letStandFor(standIn, node, op, operands);
            spelledOut.result = standIn;
        }
        entry.result = standIn;
    }

    /**
     * Puts one node in place of another one, which is not looked at and need not be rewritten.
     *
     * @param node what is replaced in everything that is rewritten later
     * @param replacement a node of the same shape and meaning, which was rewritten here
     */
    public void substitute(Node node, Node replacement) {
        Standing entry = book.of(Require.given(node, "substitute: the node"));
        Node result = of(Require.given(replacement, "substitute: the replacement"));
        entry.result = book.of(requireSameShape(node, result));
    }

    private static Node requireSameShape(Node node, Node replacement) {
        if (!replacement.shape().equals(node.shape())) {
            throw new ShapeException(
                    node.describe() + " cannot become " + replacement.describe(),
                    "give a replacement of the same shape");
        }
        return replacement;
    }

    /**
     * Puts another node in place of each node of one operation, inside loops and in derivatives, too.
     *
     * <pre>{@code
     * rewriter.substituteEach(RandomNumbers.DropoutMask.class, mask -> Constants.ones(mask.shape()));
     * }</pre>
     *
     * @param operation what is replaced in everything that is rewritten later
     * @param replacement a node of the same shape, made of the operands of the given one
     */
    public void substituteEach(Class<? extends Op> operation, UnaryOperator<Node> replacement) {
        Require.given(operation, "substituteEach: the operation");
        substitutes.put(operation, Require.given(replacement, "substituteEach: the replacement"));
    }

    private Rewriter forBody(Rewriter rewriter) {
        rewriter.substitutes.putAll(substitutes);
        return rewriter;
    }

    /**
     * From now on no rule looks below what this node became, because derivatives by it are still to be taken.
     *
     * @param node a node that is differentiated by
     */
    public void keepWhole(Node node) {
        book.of(of(node)).isWhole = true;
        somethingIsWhole = true;
    }

    boolean isWhole(Node node) {
        if (!somethingIsWhole) {
            return false;
        }
        Standing entry = book.find(node);
        return entry != null && entry.isWhole;
    }

    /**
     * {@return how long the formula of a node is when it is written out: about the number of names, numbers and signs}
     *
     * @param node any node
     */
    public long lengthOf(Node node) {
        return cost.of(Require.given(node, "lengthOf: the node"));
    }

    Assumptions assumptions() {
        return assumptions;
    }

    @Nullable
    Function<Node, DMatrixRMaj> evaluator() {
        return evaluator;
    }

    Algebra algebra() {
        return algebra;
    }

    /** The place of a node in the order in which computations came. */
    int number(Node node) {
        return book.of(node).number;
    }

    /** The largest number of replacements for one given node. */
    int mostFirings() {
        return mostFirings;
    }

    /** Whether some replacement led back to what was being replaced. */
    boolean wentInCircles() {
        return wentInCircles;
    }

    /** Operands first, without recursion; below what is settled there is nothing to do. */
    private void settleAll(Node root, RuleIndex rules) {
        Standing[] path = {book.of(root)};
        int[] next = new int[1];
        int depth = 1;
        while (depth > 0) {
            Standing entry = path[depth - 1];
            Standing[] operands = book.operands(entry);
            if (entry.result != null) {
                depth--;
            } else if (next[depth - 1] == operands.length) {
                depth--;
                int before = firings.size();
                settle(entry, rules);
                mostFirings = Math.max(mostFirings, firings.size() - before);
            } else {
                Standing input = operands[next[depth - 1]++];
                if (input.result == null) {
                    if (depth == path.length) {
                        path = Arrays.copyOf(path, 2 * depth);
                        next = Arrays.copyOf(next, 2 * depth);
                    }
                    path[depth] = input;
                    next[depth++] = 0;
                }
            }
        }
    }

    /** A node is left on the stack until its operands, or its replacement, are settled. */
    private void settle(Standing given, RuleIndex rules) {
        int limit = firings.size() + MOST_FIRINGS;
        waiting.push(given);
        while (!waiting.isEmpty()) {
            Standing entry = waiting.peek();
            if (entry.result != null) {
                waiting.pop();
            } else if (leadsBack(entry)) {
                wentInCircles = true;
                entry.result = entry;
            } else if (!waitsForOthers(entry)) {
                settle(entry, given.node, rules, firings.size() < limit);
            }
        }
    }

    private boolean leadsBack(Standing entry) {
        if (entry.replacedBy != null) {
            return entry.replacedBy.isBeingReplaced();
        }
        for (Standing operand : book.operands(entry)) {
            if (operand.isBeingReplaced()) {
                return true;
            }
        }
        return false;
    }

    private boolean waitsForOthers(Standing entry) {
        if (entry.replacedBy != null) {
            return waitsFor(entry.replacedBy);
        }
        boolean waits = false;
        for (Standing operand : book.operands(entry)) {
            waits |= waitsFor(operand);
        }
        return waits;
    }

    private boolean waitsFor(Standing other) {
        if (other.result != null) {
            return false;
        }
        waiting.push(other);
        return true;
    }

    /** One step for a node whose operands, or whose replacement, are settled. */
    private void settle(Standing entry, Node given, RuleIndex rules, boolean mayFire) {
        if (entry.replacedBy != null) {
            entry.result = entry.replacedBy.result;
            return;
        }
        Standing same = shared.share(entry, book.results(entry), given);
        if (same.result != null) {
            entry.result = same.result;
        } else if (same != entry) {
            entry.replacedBy = same;
        } else {
            Node better = mayFire ? firstReplacement(entry.node, given, rules) : null;
            if (better == null) {
                entry.result = entry;
            } else {
                entry.replacedBy = book.of(better);
            }
        }
    }

    private @Nullable Node firstReplacement(Node node, Node given, RuleIndex rules) {
        Op op = node.op().orElse(null);
        if (op == null) {
            return null;
        }
        UnaryOperator<Node> substitute = substitutes.get(op.getClass());
        if (substitute != null) {
            return requireSameShape(node, substitute.apply(node));
        }
        if (op instanceof Loop loop) {
            Node better = loops.rewrite(node, loop, rules.set());
            if (better != null) {
                return better;
            }
        }
        Match match = new Match(this, node);
        for (Rule rule : rules.at(op)) {
            match.forget();
            Node result = rule.replace(match);
            if (result != null && !result.equals(node)) {
                if (!result.shape().equals(node.shape())) {
                    throw new IllegalStateException("rule " + rule.name() + " turned " + node.describe() + " into "
                            + result.describe() + "; please report this as a bug of the library");
                }
                for (Node inner : match.lookedThrough()) {
                    book.of(inner).lookedThrough = true;
                }
                firings.add(new RuleApplication(rule, given, node, result));
                Standing old = book.find(result);
                boolean isKept =
                        (old != null && old.result != null) || node.name().isEmpty();
                return isKept ? result : Provenance.copy(result, result.inputs(), node, given);
            }
        }
        return null;
    }
}
