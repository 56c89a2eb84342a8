package org.gradgraph.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Provenance.Question;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;

/**
 * Derivatives of what outputs were rewritten into: those of the program, and those that the user composed with {@link
 * Derivatives} and made a part of the outputs. The derivative of {@code log(sigmoid(z))} is that of {@code
 * logSigmoid(z)}, which has no 0/0 in it.
 *
 * <p>An inner node may be gone after rewriting: log(sigmoid(z)) looks through the sigmoid, and two equal nodes become
 * one. The derivative by such a node is taken as if it were given: the outputs are rewritten once more with a symbol in
 * its place. So the derivative of {@code log a} by {@code a = sigmoid(z)} is 1/a, again without 0/0.
 */
final class StableDerivatives {
    /** How many nodes are rewritten once more at most; beyond, what is gone is differentiated as composed. */
    private static final long MOST_REWRITTEN_AGAIN = 100_000;

    /** How many nodes are looked at most to find what is gone; beyond, everything is taken to be. */
    private static final long MOST_COMPARED = 20_000_000;

    private final Rewriter rewriter;

    /** What the program was composed of; nothing else is fed. */
    private final Graph program;

    private final Map<Node, Boolean> entered = new HashMap<>();
    private final Map<Question, List<Node>> answers = new HashMap<>();

    StableDerivatives(Rewriter rewriter, Graph program) {
        this.rewriter = rewriter;
        this.program = program;
    }

    /**
     * From now on the rewriter knows a better form of each derivative that the program is made of.
     *
     * <p>Depth first without recursion; a derivative comes after those in what it was taken of.
     */
    void substituteComposed() {
        if (!hasDerivative(program)) {
            return;
        }
        Deque<Node> path = new ArrayDeque<>();
        for (Node root : program.roots()) {
            path.push(root);
            while (!path.isEmpty()) {
                Node node = path.peek();
                Boolean isWaiting = entered.putIfAbsent(node, true);
                Optional<Question> question = Provenance.question(node);
                if (isWaiting == null) {
                    question.map(StableDerivatives::needs).orElse(node.inputs()).stream()
                            .filter(other -> !entered.containsKey(other))
                            .forEach(path::push);
                } else {
                    path.pop();
                    if (isWaiting) {
                        entered.put(node, false);
                        question.ifPresent(asked -> substitute(node, asked));
                    }
                }
            }
        }
    }

    private static boolean hasDerivative(Graph graph) {
        for (Node node : graph.nodes()) {
            if (Provenance.question(node).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static List<Node> needs(Question question) {
        List<Node> needs = new ArrayList<>(question.outputs());
        needs.addAll(question.cotangents());
        return needs;
    }

    /** A better form may need an input that the composed one does not need, and that nothing feeds. */
    private void substitute(Node node, Question question) {
        List<Node> known = answers.get(question);
        if (known == null) {
            known = find(question).orElse(List.of());
            answers.put(question, known);
        }
        if (!known.isEmpty()) {
            Node better = known.get(Provenance.placeInQuestion(node));
            Graph composed = Graph.of(node);
            boolean isFed = Graph.of(better).nodes().stream()
                    .filter(Program::isLeaf)
                    .allMatch(leaf -> program.contains(leaf) || composed.contains(leaf));
            if (isFed) {
                rewriter.substitute(node, better);
            }
        }
    }

    /** The derivatives that a question asks for, rewritten; as composed if there is no better form. */
    List<Node> answer(Question question) {
        Optional<List<Node>> found = find(question);
        return found.isPresent()
                ? found.get()
                : rewriter.rewrite(
                        derivatives(question.outputs(), question.cotangents(), question.wrt()), RuleSet.exact());
    }

    /** The derivatives, or none if they must be taken of the outputs as composed. */
    private Optional<List<Node>> find(Question question) {
        List<Node> outputs = rewriter.rewrite(question.outputs(), RuleSet.forPrograms());
        List<Node> cotangents = rewriter.rewrite(question.cotangents(), RuleSet.forPrograms());
        List<Node> wrt = question.wrt();
        if (areLeaves(wrt)) {
            return Optional.of(rewriter.rewrite(derivatives(outputs, cotangents, wrt), RuleSet.exact()));
        }
        Graph composed = Graph.of(question.outputs());
        List<Node> gone = gone(wrt, composed, Graph.of(outputs));
        if (!gone.isEmpty() && hasDerivative(composed)) {
            return Optional.empty();
        }
        List<Node> there = wrt.stream().filter(node -> !gone.contains(node)).toList();
        Map<Node, Node> found = asIfGiven(gone, composed, cotangents);
        there.stream().filter(this::isInner).forEach(rewriter::keepWhole);
        List<Node> forms = there.stream()
                .map(node -> isInner(node) ? rewriter.of(node) : node)
                .toList();
        List<Node> derivatives = rewriter.rewrite(derivatives(outputs, cotangents, forms), RuleSet.exact());
        for (int i = 0; i < derivatives.size(); i++) {
            found.put(there.get(i), derivatives.get(i));
        }
        return Optional.of(wrt.stream()
                .map(node -> Objects.requireNonNull(found.get(node)))
                .toList());
    }

    private static boolean areLeaves(List<Node> nodes) {
        for (Node node : nodes) {
            if (!Program.isLeaf(node)) {
                return false;
            }
        }
        return true;
    }

    private boolean isInner(Node node) {
        return !Program.isLeaf(node) && rewriter.knows(node);
    }

    /** A gradient is taken as one, because its parts have names then. */
    private static List<Node> derivatives(List<Node> outputs, List<Node> cotangents, List<Node> wrt) {
        boolean isGradient = outputs.size() == 1
                && cotangents.get(0).shape().isScalar()
                && cotangents.get(0).op().orElse(null) instanceof Constant one
                && one.isAll(1);
        return isGradient ? Derivatives.gradient(outputs.get(0), wrt) : Derivatives.vjp(outputs, cotangents, wrt);
    }

    /** The nodes on which the rewritten outputs do not depend exactly as the composed ones do. */
    private List<Node> gone(List<Node> wrt, Graph composed, Graph rewritten) {
        Map<Node, Integer> members = new HashMap<>();
        composed.nodes().stream()
                .filter(rewriter::knows)
                .forEach(node -> members.merge(rewriter.of(node), 1, Integer::sum));
        long compared =
                (long) wrt.size() * (composed.nodes().size() + rewritten.nodes().size());
        return wrt.stream()
                .distinct()
                .filter(node -> !Program.isLeaf(node) && composed.contains(node))
                .filter(node -> !rewriter.knows(node)
                        || !rewritten.contains(rewriter.of(node))
                        || members.getOrDefault(rewriter.of(node), 0) > 1
                        || rewriter.looksThrough(node)
                        || compared > MOST_COMPARED
                        || !hasSameReaders(node, composed, rewritten))
                .toList();
    }

    /**
     * Whether the rewritten nodes that depend on a node are those that became of composed nodes that depend on it. A rule may
     * have made an equal node for another purpose: the norm of a is √Σa², where the user's node is a². Of a derivative, the
     * better form is known as a whole, not what each of its nodes became.
     */
    private boolean hasSameReaders(Node node, Graph composed, Graph rewritten) {
        boolean[] depends = dependents(composed, node);
        boolean[] rewrittenDepends = dependents(rewritten, rewriter.of(node));
        boolean[] isKnown = new boolean[rewrittenDepends.length];
        for (int i = 0; i < depends.length; i++) {
            Node other = composed.nodes().get(i);
            Node became = rewriter.knows(other) ? rewriter.of(other) : null;
            if (became != null && rewritten.contains(became) && rewrittenDepends[rewritten.indexOf(became)]) {
                if (!depends[i]) {
                    return false;
                }
                isKnown[rewritten.indexOf(became)] = true;
            }
        }
        return hasDerivative(composed) || Arrays.equals(isKnown, rewrittenDepends);
    }

    /** Which nodes depend on a node; it does itself. */
    private static boolean[] dependents(Graph graph, Node node) {
        boolean[] depends = new boolean[graph.nodes().size()];
        int first = graph.indexOf(node);
        depends[first] = true;
        for (int i = first + 1; i < depends.length; i++) {
            int operands = graph.nodes().get(i).inputs().size();
            for (int k = 0; k < operands && !depends[i]; k++) {
                depends[i] = depends[graph.inputIndex(i, k)];
            }
        }
        return depends;
    }

    /** Nodes that do not depend on each other are given at once; above them everything is rewritten once more. */
    private Map<Node, Node> asIfGiven(List<Node> gone, Graph composed, List<Node> cotangents) {
        Map<Node, Node> found = new HashMap<>();
        Map<Integer, List<Node>> levels = levels(gone, composed);
        if ((long) levels.size() * composed.nodes().size() > MOST_REWRITTEN_AGAIN) {
            List<Node> literal = rewriter.rewrite(derivatives(composed.roots(), cotangents, gone), RuleSet.exact());
            for (int i = 0; i < gone.size(); i++) {
                found.put(gone.get(i), literal.get(i));
            }
            return found;
        }
        for (List<Node> level : levels.values()) {
            Map<Node, Node> symbols = new LinkedHashMap<>();
            level.forEach(node -> symbols.put(node, Node.input(node.describe(), node.shape())));
            Map<Node, Node> nodes = new HashMap<>();
            symbols.forEach((node, symbol) -> nodes.put(symbol, node));
            List<Node> outputs = rewriter.rewrite(replaced(composed, symbols), RuleSet.forPrograms());
            List<Node> derivatives = derivatives(outputs, cotangents, List.copyOf(symbols.values()));
            List<Node> rewritten = rewriter.rewrite(replaced(Graph.of(derivatives), nodes), RuleSet.forPrograms());
            for (int i = 0; i < level.size(); i++) {
                found.put(level.get(i), rewritten.get(i));
            }
        }
        return found;
    }

    private static List<Node> replaced(Graph graph, Map<Node, Node> others) {
        return graph.rebuilt((node, copy) -> others.getOrDefault(node, copy));
    }

    /** The nodes by the largest number of others among them on a way down. */
    private static Map<Integer, List<Node>> levels(List<Node> nodes, Graph graph) {
        Map<Integer, List<Node>> levels = new TreeMap<>();
        boolean[] chosen = new boolean[graph.nodes().size()];
        nodes.forEach(node -> chosen[graph.indexOf(node)] = true);
        int[] above = new int[chosen.length];
        for (int i = 0; i < above.length; i++) {
            Node node = graph.nodes().get(i);
            int level = 0;
            for (int k = 0; k < node.inputs().size(); k++) {
                level = Math.max(level, above[graph.inputIndex(i, k)]);
            }
            if (chosen[i]) {
                levels.computeIfAbsent(level++, fresh -> new ArrayList<>()).add(node);
            }
            above[i] = level;
        }
        return levels;
    }
}
