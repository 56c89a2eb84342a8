package org.gradgraph.graph;

/**
 * What a vjp is given in place of a node of the graph, so that what it makes belongs to the differentiated node's line.
 *
 * <p>No graph contains one: {@link Node#apply} takes the node itself as an operand.
 */
final class StandIn extends Node {
    private final Node itself;

    StandIn(Node node, Node differentiated) {
        super(node, differentiated);
        this.itself = node.itself();
    }

    @Override
    Node itself() {
        return itself;
    }
}
