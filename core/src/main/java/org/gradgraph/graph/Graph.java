package org.gradgraph.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/**
 * A frozen view of everything that some nodes are made of.
 *
 * <p>The nodes are in topological order, operands before what uses them; the order depends on the structure alone, so the
 * same expression gives the same text each time:
 *
 * <pre>{@code
 * System.out.println(Graph.of(j));
 * // n0: 1×1 = parameter "a"
 * // n1: 1×1 = parameter "b"
 * // n2: 1×1 = parameter "c"
 * // n3: 1×1 = multiply n1 n2 "u"
 * // n4: 1×1 = add n0 n3 "v"
 * // n5: 1×1 = scale(3) n4 "J"
 * // return n5
 * }</pre>
 */
public final class Graph {
    private final List<Node> roots;
    private final List<Node> nodes;
    private final NodeIndex index;

    private Graph(List<Node> roots) {
        this.roots = roots.stream().map(Node::itself).toList();
        this.index = topologicalOrder(this.roots);
        this.nodes = index.nodes();
    }

    /** The graph of some results. */
    public static Graph of(Node... roots) {
        return new Graph(Require.nodes("Graph.of", roots));
    }

    /** The graph of some results. */
    public static Graph of(Collection<Node> roots) {
        return new Graph(Require.nodes("Graph.of", roots));
    }

    /** The results, in the order given. */
    public List<Node> roots() {
        return roots;
    }

    /** All nodes, operands first. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The nodes of one kind, in order. */
    public List<Node> nodes(Node.Kind kind) {
        Require.given(kind, "the kind of nodes");
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    /** Whether the node is part of this graph. */
    public boolean contains(Node node) {
        return index.find(Require.given(node, "Graph.contains: the node").itself()) >= 0;
    }

    /**
     * The place of a node in {@link #nodes()}, the number in the text form.
     *
     * @throws IllegalArgumentException if the node is not part of this graph
     */
    public int indexOf(Node node) {
        int place = index.find(Require.given(node, "Graph.indexOf: the node").itself());
        if (place < 0) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", is not part of this graph; use the very node the graph was made with");
        }
        return place;
    }

    /** Depth first without recursion: a chain of any length needs no stack. */
    private static NodeIndex topologicalOrder(List<Node> roots) {
        NodeIndex order = new NodeIndex();
        Node[] path = new Node[64];
        int[] nextInput = new int[64];
        for (Node root : roots) {
            int depth = order.find(root) >= 0 ? 0 : 1;
            path[0] = root;
            nextInput[0] = 0;
            while (depth > 0) {
                Node node = path[depth - 1];
                int next = nextInput[depth - 1]++;
                if (next == node.inputs().size()) {
                    depth--;
                    order.add(node);
                } else if (order.find(node.inputs().get(next)) < 0) {
                    if (depth == path.length) {
                        path = Arrays.copyOf(path, 2 * depth);
                        nextInput = Arrays.copyOf(nextInput, 2 * depth);
                    }
                    path[depth] = node.inputs().get(next);
                    nextInput[depth++] = 0;
                }
            }
        }
        return order;
    }

    /** One equation per line, and the results at the end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            text.append('n').append(i).append(": ").append(node.shape()).append(" = ");
            text.append(node.op().map(Op::label).orElseGet(() -> Labels.of(node.kind())));
            node.inputs().forEach(input -> text.append(" n").append(index.find(input)));
            node.name().ifPresent(name -> text.append(' ').append(Labels.quoted(name)));
            text.append('\n');
        }
        StringJoiner results = new StringJoiner(" ", "return ", "\n");
        roots.forEach(root -> results.add("n" + index.find(root)));
        return text.append(results).toString();
    }
}
