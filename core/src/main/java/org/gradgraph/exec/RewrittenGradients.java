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
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Ops;
import org.gradgraph.rewrite.Rewriter;

/**
 * Gradients with respect to the user's nodes, taken from the rewritten cost wherever it still has them.
 *
 * <p>A node may be gone: rewriting log(sigmoid(z)) looks through the sigmoid, and two equal nodes have become one. The
 * gradient with respect to such a node is put together by the chain rule from the gradients of the nodes that use it, as
 * they were composed, up to those that the rewritten cost has.
 */
final class RewrittenGradients {
    private final Graph original;
    private final Rewriter rewriter;
    private final Graph rewritten;
    private final Map<Node, Integer> members = new HashMap<>();
    private final Map<Node, List<Node>> users = new HashMap<>();

    private RewrittenGradients(Node cost, Rewriter rewriter) {
        this.original = Graph.of(cost);
        this.rewriter = rewriter;
        this.rewritten = Graph.of(rewriter.of(cost));
        for (Node node : original.nodes()) {
            members.merge(rewriter.of(node), 1, Integer::sum);
            for (Node input : new LinkedHashSet<>(node.inputs())) {
                users.computeIfAbsent(input, fresh -> new ArrayList<>()).add(node);
            }
        }
    }

    /**
     * One gradient for each node.
     *
     * @param cost a node that the rewriter has rewritten
     * @param wrt the nodes to differentiate by
     */
    static List<Node> of(Node cost, List<Node> wrt, Rewriter rewriter) {
        if (wrt.stream().allMatch(Program::isLeaf)) {
            return Derivatives.gradient(rewriter.of(cost), wrt);
        }
        return new RewrittenGradients(cost, rewriter).gradients(cost, wrt);
    }

    private List<Node> gradients(Node cost, List<Node> wrt) {
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
        List<Node> asked = List.copyOf(there);
        List<Node> answers = Derivatives.gradient(
                rewriter.of(cost), asked.stream().map(this::nodeOf).toList());
        for (int i = 0; i < asked.size(); i++) {
            found.put(asked.get(i), answers.get(i));
        }
        found.putIfAbsent(cost, Node.constant(1));
        gone.stream()
                .sorted((a, b) -> Integer.compare(original.indexOf(b), original.indexOf(a)))
                .forEach(node -> found.computeIfAbsent(node, fresh -> byChainRule(fresh, found)));
        return wrt.stream().map(node -> Objects.requireNonNull(found.get(node))).toList();
    }

    private Node nodeOf(Node node) {
        return original.contains(node) ? rewriter.of(node) : node;
    }

    /** Whether the rewritten cost depends on the node exactly as the original does. */
    private boolean isThere(Node node) {
        if (Program.isLeaf(node) || !original.contains(node)) {
            return true;
        }
        Node other = rewriter.of(node);
        return rewritten.contains(other) && members.getOrDefault(other, 0) == 1 && !rewriter.looksThrough(node);
    }

    private Node byChainRule(Node node, Map<Node, Node> found) {
        Node sum = null;
        for (Node user : users.getOrDefault(node, List.of())) {
            List<Node> shares = user.vjp(Objects.requireNonNull(found.get(user)));
            for (int i = 0; i < shares.size(); i++) {
                if (user.inputs().get(i).equals(node)) {
                    sum = sum == null ? shares.get(i) : node.sumOfCotangents(sum, shares.get(i));
                }
            }
        }
        return sum == null ? Ops.zeros(node.shape()) : sum.released();
    }
}
