package org.gradgraph.check;

import java.util.List;
import org.gradgraph.graph.Node;

/** What is checked: something that makes gradients; tests put broken ones here. */
@FunctionalInterface
interface Differentiation {
    /** The gradient of a 1×1 node by several nodes. */
    List<Node> gradient(Node output, List<Node> wrt);
}
