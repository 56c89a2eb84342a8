package org.gradgraph.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Pullback;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;

/**
 * Derivatives that the user made and gives to a program as nodes among others: gradients, Hessian-vector products.
 *
 * <p>What they are derivatives of is rewritten before it is differentiated, as for the gradients of the program itself.
 * The gradient of {@code log(sigmoid(z))} is then that of {@code logSigmoid(z)}, which has no 0/0 in it.
 */
final class ComposedDerivatives {
    private final Rewriter rewriter;
    private final Map<Node, Boolean> entered = new HashMap<>();
    private final Map<Pullback, List<Node>> known = new HashMap<>();

    private ComposedDerivatives(Rewriter rewriter) {
        this.rewriter = rewriter;
    }

    /** Whether some of the nodes is a derivative, or made from one. */
    static boolean areIn(Collection<Node> nodes) {
        return nodes.stream().anyMatch(node -> node.derivative().isPresent());
    }

    /** From now on the rewriter knows a better form of each derivative in what these nodes are made of. */
    static void substitute(Collection<Node> roots, Rewriter rewriter) {
        ComposedDerivatives derivatives = new ComposedDerivatives(rewriter);
        roots.forEach(derivatives::from);
    }

    /** Depth first without recursion; a derivative comes after the derivatives in what it was taken of. */
    private void from(Node root) {
        Deque<Node> path = new ArrayDeque<>();
        path.push(root);
        while (!path.isEmpty()) {
            Node node = path.peek();
            Boolean isWaiting = entered.putIfAbsent(node, true);
            if (isWaiting == null) {
                needs(node).stream()
                        .filter(other -> !entered.containsKey(other))
                        .forEach(path::push);
            } else {
                path.pop();
                if (isWaiting) {
                    entered.put(node, false);
                    node.derivative().ifPresent(part -> substitute(node, part));
                }
            }
        }
    }

    private static List<Node> needs(Node node) {
        Pullback.Part part = node.derivative().orElse(null);
        if (part == null) {
            return node.inputs();
        }
        List<Node> needs = new ArrayList<>(part.whole().outputs());
        needs.addAll(part.whole().cotangents());
        return needs;
    }

    private void substitute(Node node, Pullback.Part part) {
        List<Node> parts = known.computeIfAbsent(part.whole(), this::rewritten);
        if (!parts.isEmpty()) {
            rewriter.substitute(node, parts.get(part.place()));
        }
    }

    /** The parts, or none if the derivative must be run as it was composed. */
    private List<Node> rewritten(Pullback whole) {
        rewriter.rewrite(whole.outputs(), RuleSet.forPrograms());
        rewriter.rewrite(whole.cotangents(), RuleSet.forPrograms());
        List<Node> inner =
                whole.wrt().stream().filter(node -> !Program.isLeaf(node)).toList();
        inner.stream().filter(rewriter::knows).forEach(rewriter::keepWhole);
        if (!inner.isEmpty() && areIn(Graph.of(whole.outputs()).nodes())) {
            Graph outputs = Graph.of(results(whole.outputs()));
            if (!inner.stream().allMatch(node -> isStillThere(node, outputs))) {
                return List.of();
            }
            List<Node> wrt = whole.wrt().stream()
                    .map(node -> Program.isLeaf(node) ? node : rewriter.of(node))
                    .toList();
            return rewriter.rewrite(
                    Derivatives.vjp(results(whole.outputs()), results(whole.cotangents()), wrt), RuleSet.exact());
        }
        return rewriter.rewrite(
                RewrittenGradients.of(whole.outputs(), whole.cotangents(), whole.wrt(), rewriter), RuleSet.exact());
    }

    private boolean isStillThere(Node node, Graph outputs) {
        return rewriter.knows(node) && rewriter.isAlone(node) && outputs.contains(rewriter.of(node));
    }

    private List<Node> results(List<Node> nodes) {
        return nodes.stream().map(rewriter::of).toList();
    }
}
