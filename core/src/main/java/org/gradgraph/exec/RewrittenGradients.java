package org.gradgraph.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Ops;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives with respect to the user's nodes, taken from the rewritten outputs wherever they still have them.
 *
 * <p>A node may be gone: rewriting log(sigmoid(z)) looks through the sigmoid, and two equal nodes have become one. The
 * derivative with respect to such a node is put together by the chain rule from those of the nodes that use it, as they
 * were composed, up to those that the rewritten outputs have.
 *
 * <p>Where a graph is small enough, the outputs are rewritten once more with such a node as an input in place of that.
 * Then the derivative by a probability {@code a = sigmoid(z)} is that of {@code y·log a}, too, but without 0/0.
 */
final class RewrittenGradients {
    /** How many nodes are rewritten again at most; beyond, the chain rule is applied to the nodes as composed. */
    private static final long MOST_REBUILT = 100_000;

    private final Rewriter rewriter;
    private final List<Node> outputs;
    private final List<Node> cotangents;
    private final Graph original;
    private final Graph rewritten;
    private final Map<Node, Integer> members = new HashMap<>();

    /** Who passes a cotangent on to a node. */
    private final Map<Node, List<Node>> users = new HashMap<>();

    private RewrittenGradients(List<Node> outputs, List<Node> cotangents, Rewriter rewriter) {
        this.rewriter = rewriter;
        this.outputs = outputs;
        this.cotangents = cotangents;
        this.original = Graph.of(outputs);
        this.rewritten = Graph.of(results(outputs, rewriter));
        original.nodes().forEach(node -> members.merge(rewriter.of(node), 1, Integer::sum));
        findUsers();
    }

    /** Only what a cotangent reaches: an operation without a vjp is no obstacle elsewhere. */
    private void findUsers() {
        boolean[] reached = new boolean[original.nodes().size()];
        outputs.forEach(output -> reached[original.indexOf(output)] = true);
        for (int i = reached.length - 1; i >= 0; i--) {
            Node node = original.nodes().get(i);
            if (reached[i] && node.passesGradients()) {
                for (Node input : new LinkedHashSet<>(node.inputs())) {
                    reached[original.indexOf(input)] = true;
                    users.computeIfAbsent(input, fresh -> new ArrayList<>()).add(node);
                }
            }
        }
    }

    /**
     * One derivative for each node: the sum of the vector-Jacobian products of the outputs.
     *
     * @param outputs nodes that the rewriter has rewritten, with all they are made of unless {@code wrt} has leaves only
     * @param cotangents one for each output, rewritten too
     * @param wrt the nodes to differentiate by
     */
    static List<Node> of(List<Node> outputs, List<Node> cotangents, List<Node> wrt, Rewriter rewriter) {
        if (wrt.stream().allMatch(Program::isLeaf)) {
            return pulledBack(results(outputs, rewriter), results(cotangents, rewriter), wrt);
        }
        return new RewrittenGradients(outputs, results(cotangents, rewriter), rewriter).derivatives(wrt);
    }

    /** A gradient is taken as one, because its parts have names then. */
    private static List<Node> pulledBack(List<Node> outputs, List<Node> cotangents, List<Node> wrt) {
        boolean isGradient = outputs.size() == 1
                && cotangents.get(0).shape().isScalar()
                && cotangents.get(0).op().orElse(null) instanceof Constant one
                && one.isAll(1);
        return isGradient ? Derivatives.gradient(outputs.get(0), wrt) : Derivatives.vjp(outputs, cotangents, wrt);
    }

    private static List<Node> results(List<Node> nodes, Rewriter rewriter) {
        return nodes.stream().map(rewriter::of).toList();
    }

    private List<Node> derivatives(List<Node> wrt) {
        Set<Node> there = new LinkedHashSet<>();
        Set<Node> gone = new LinkedHashSet<>();
        Deque<Node> waiting = new ArrayDeque<>(wrt);
        while (!waiting.isEmpty()) {
            Node node = waiting.poll();
            if (isThere(node)) {
                there.add(node);
            } else if (gone.add(node)) {
                waiting.addAll(users.getOrDefault(node, List.of()));
            }
        }
        Map<Node, Node> found = new HashMap<>();
        boolean isSmall = (long) gone.size() * original.nodes().size() <= MOST_REBUILT;
        List<Node> asked = List.copyOf(there);
        List<Node> answers = pulledBack(
                results(outputs, rewriter),
                cotangents,
                asked.stream().map(this::nodeOf).toList());
        for (int i = 0; i < asked.size(); i++) {
            found.put(asked.get(i), answers.get(i));
        }
        gone.stream()
                .sorted((a, b) -> Integer.compare(original.indexOf(b), original.indexOf(a)))
                .forEach(node -> found.put(node, byChainRule(node, found)));
        return wrt.stream()
                .map(node -> isSmall && gone.contains(node) ? asIfGiven(node) : Objects.requireNonNull(found.get(node)))
                .toList();
    }

    /**
     * The derivative with respect to a node that is gone, as if it were an input: the outputs are rewritten once more with
     * a symbol in its place, and the node itself is put back into the result.
     */
    private Node asIfGiven(Node node) {
        Node symbol = Node.input(node.describe(), node.shape());
        List<Node> ofSymbol = rewriter.rewrite(replaced(outputs, node, symbol), RuleSet.forPrograms());
        List<Node> derivative = pulledBack(ofSymbol, cotangents, List.of(symbol));
        return rewriter.rewrite(replaced(derivative, symbol, node), RuleSet.forPrograms())
                .get(0);
    }

    /** The same expressions with another node in place of one. */
    private static List<Node> replaced(List<Node> roots, Node node, Node by) {
        Map<Node, Node> copies = new HashMap<>(Map.of(node, by));
        for (Node next : Graph.of(roots).nodes()) {
            if (!next.equals(node) && next.inputs().stream().anyMatch(copies::containsKey)) {
                List<Node> operands = next.inputs().stream()
                        .map(input -> copies.getOrDefault(input, input))
                        .toList();
                copies.put(next, next.copy(operands, next, next));
            }
        }
        return roots.stream().map(root -> copies.getOrDefault(root, root)).toList();
    }

    private Node nodeOf(Node node) {
        return original.contains(node) ? rewriter.of(node) : node;
    }

    /** Whether the rewritten outputs depend on the node exactly as the original ones do. */
    private boolean isThere(Node node) {
        if (Program.isLeaf(node) || !original.contains(node)) {
            return true;
        }
        Node other = rewriter.of(node);
        return rewritten.contains(other) && members.getOrDefault(other, 0) == 1 && !rewriter.looksThrough(node);
    }

    private Node byChainRule(Node node, Map<Node, Node> found) {
        Node sum = null;
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).equals(node)) {
                sum = plus(sum, cotangents.get(i), node);
            }
        }
        for (Node user : users.getOrDefault(node, List.of())) {
            List<Node> shares = user.vjp(Objects.requireNonNull(found.get(user)));
            for (int i = 0; i < shares.size(); i++) {
                if (user.inputs().get(i).equals(node)) {
                    sum = plus(sum, shares.get(i), node);
                }
            }
        }
        return sum == null ? Ops.zeros(node.shape()) : sum.released();
    }

    private static Node plus(@Nullable Node sum, Node share, Node node) {
        return sum == null ? share : node.sumOfCotangents(sum, share);
    }
}
