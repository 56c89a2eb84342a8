package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.List;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance.Question;
import org.gradgraph.graph.RandomNumbers.DropoutMask;
import org.gradgraph.rewrite.Assumptions;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleApplication;
import org.gradgraph.rewrite.RuleSet;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a program became, and their gradients: rewritten, then differentiated, then rewritten.
 *
 * <p>Derivatives are so those of the stable form; exact rules simplify them, and they share what they can with the forward
 * graph.
 */
final class Rewritten {
    private final Graph composed;
    private final @Nullable Node[] became;
    private final List<Node> gradients;
    private final List<RuleApplication> firings;

    private Rewritten(Graph composed, @Nullable Node[] became, List<Node> gradients, List<RuleApplication> firings) {
        this.composed = composed;
        this.became = became;
        this.gradients = gradients;
        this.firings = firings;
    }

    /**
     * Rewrites and differentiates.
     *
     * @param composed the graph of the outputs, of which the first is the cost
     * @param wrt the nodes to differentiate by, none for no gradients
     * @param kept further nodes of the graph that are to be readable
     * @param dropout whether masks are replaced by 1
     */
    static Rewritten of(Graph composed, List<Node> wrt, Iterable<Node> kept, Rewriting rewriting, Dropout dropout) {
        List<Node> cost = composed.roots().subList(0, 1);
        Node[] became = new Node[composed.nodes().size()];
        if (rewriting == Rewriting.OFF && !dropout.isOff()) {
            List<Node> gradients = wrt.isEmpty() ? List.of() : Derivatives.gradient(cost.get(0), wrt);
            return new Rewritten(composed, composed.nodes().toArray(became), gradients, List.of());
        }
        RuleSet rules = rewriting == Rewriting.OFF ? RuleSet.none() : RuleSet.forPrograms();
        Rewriter rewriter = new Rewriter(Assumptions.none(), Program::evaluate);
        StableDerivatives derivatives = new StableDerivatives(rewriter, composed);
        if (dropout.isOff()) {
            rewriter.substituteEach(DropoutMask.class, mask -> Constants.ones(mask.shape()));
            for (Node leaf : dropout.silent()) {
                Node anything = Constants.zeros(leaf.shape());
                rewriter.rewrite(anything, rules);
                rewriter.substitute(leaf, anything);
            }
        }
        derivatives.substituteComposed();
        rewriter.rewrite(composed.roots(), rules);
        for (Node node : kept) {
            rewriter.rewrite(node, rules);
        }
        List<Node> gradients = new ArrayList<>();
        if (!wrt.isEmpty()) {
            for (Node gradient : derivatives.answer(new Question(cost, List.of(Node.constant(1)), wrt))) {
                gradients.add(apart(gradient));
            }
        }
        for (int i = 0; i < became.length; i++) {
            Node node = composed.nodes().get(i);
            became[i] = rewriter.knows(node) ? rewriter.of(node) : null;
        }
        return new Rewritten(composed, became, gradients, rewriter.firings());
    }

    /** A gradient that is the value of an input has a buffer of its own, because an optimiser changes parameters. */
    private static Node apart(Node gradient) {
        return Program.isLeaf(gradient) ? gradient.times(1) : gradient;
    }

    /** Whether nothing is left to rewrite for a node: not so below a derivative that was replaced. */
    boolean knows(Node node) {
        return became[composed.indexOf(node)] != null;
    }

    Node of(Node node) {
        Node result = became[composed.indexOf(node)];
        if (result == null) {
            throw new IllegalArgumentException(node.describe() + " is not computed by this program");
        }
        return result;
    }

    List<Node> gradients() {
        return gradients;
    }

    List<RuleApplication> firings() {
        return firings;
    }
}
