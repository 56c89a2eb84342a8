package org.gradgraph.batch;

import org.gradgraph.graph.Node;

/** A node that is no sum over examples, and why. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A refusal.
     *
     * @param node the node to blame
     * @param reason what it does, for example {@code takes the maximum over m}
     */
    Refusal(Node node, String reason) {
        super(node.describe() + ", made at " + node.source() + ", " + reason, null, false, false);
    }
}
