package org.gradgraph.graphviz;

import java.util.function.Function;
import org.gradgraph.graph.Node;

/**
 * What a page shows of a node beyond what it knows itself.
 *
 * @param title what stands above the text
 * @param text the text of a node, empty for none
 */
record Notes(String title, Function<Node, String> text) {
    static final Notes NONE = new Notes("Note", node -> "");
}
