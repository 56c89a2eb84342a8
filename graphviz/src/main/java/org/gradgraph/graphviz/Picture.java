package org.gradgraph.graphviz;

import java.util.List;
import java.util.Map;

/**
 * Boxes, arrows and frames, ready to be written in any format.
 *
 * @param boxes in topological order
 * @param arrows by what reads the value, forward before backward
 * @param frames outer before inner
 */
record Picture(List<Box> boxes, List<Arrow> arrows, List<Frame> frames) {
    /**
     * A node, or a collapsed cluster.
     *
     * @param id {@code n7} for a node, {@code n7_n9} for a copy of it beside the box {@code n9}, {@code c2} for a cluster
     * @param node the node's place in the graph, −1 for a cluster
     * @param frame the id of the frame around it, −1 for none
     * @param label what is written in it
     * @param attributes its looks
     */
    record Box(String id, int node, int frame, Label label, Map<String, String> attributes) {}

    /**
     * A value on its way from left to right, or a gradient on its way back along the same line.
     *
     * @param from the box on the left
     * @param to the box on the right
     * @param operand the node whose value or gradient it carries
     * @param backward whether it carries the gradient
     * @param label what is written on it
     * @param attributes its looks
     */
    record Arrow(String from, String to, int operand, boolean backward, Label label, Map<String, String> attributes) {}

    /**
     * An open cluster.
     *
     * @param id a number
     * @param parent the id of the frame around it, −1 for none
     * @param title what is written on it
     * @param prefix what the names in it begin with
     */
    record Frame(int id, int parent, String title, String prefix) {}
}
