package org.gradgraph.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.BinaryOperator;

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
@CheckReturnValue
public final class Graph {
    private final List<Node> roots;
    private final List<Node> nodes;
    private final NodeIndex index = new NodeIndex();

    /** The places of the inputs of all nodes, one node after the other, and where those of each node begin. */
    private int[] inputs = new int[16];

    private int[] firstInput = new int[8];

    private Graph(List<Node> given) {
        Node[] results = new Node[given.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = given.get(i).itself();
        }
        this.roots = List.of(results);
        for (Node root : roots) {
            addAllBelow(root);
        }
        this.nodes = index.nodes();
    }

    /**
     * {@return the graph of some results}
     *
     * @param roots the results, whose operands are followed to the leaves
     */
    public static Graph of(Node... roots) {
        return new Graph(Require.nodes("Graph.of", roots));
    }

    /**
     * {@return the graph of some results}
     *
     * @param roots the results, whose operands are followed to the leaves
     */
    public static Graph of(Collection<Node> roots) {
        return new Graph(Require.nodes("Graph.of", roots));
    }

    /** {@return the results, in the order given} */
    public List<Node> roots() {
        return roots;
    }

    /** {@return all nodes, operands first} */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * {@return the nodes of one kind, in order}
     *
     * @param kind which kind of nodes
     */
    public List<Node> nodes(Node.Kind kind) {
        Require.given(kind, "the kind of nodes");
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    /**
     * {@return whether the node is part of this graph}
     *
     * @param node any node
     */
    public boolean contains(Node node) {
        return index.find(Require.given(node, "Graph.contains: the node").itself()) >= 0;
    }

    /**
     * {@return the place of a node in {@link #nodes()}, the number in the text form}
     *
     * @param node a node of this graph
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

    /**
     * {@return the place of an input of a node in {@link #nodes()}, found without a search}
     *
     * @param place the place of the node
     * @param input which of its inputs, counted from 0
     */
    public int inputIndex(int place, int input) {
        return inputs[firstInput[place] + input];
    }

    /**
     * The results in another form: each node is offered with its inputs already in their new form.
     *
     * <p>Nodes above a changed one are copied, with name and line; all others stay the very same nodes.
     *
     * <pre>{@code
     * graph.rebuilt((node, copy) -> node == z ? symbol : copy);     // z replaced by a symbol
     * }</pre>
     *
     * @param change given a node and the same on its new inputs, the node to use, of the same shape
     * @return the new form of each of {@link #roots()}
     */
    public List<Node> rebuilt(BinaryOperator<Node> change) {
        Require.given(change, "Graph.rebuilt: the change");
        Node[] now = new Node[nodes.size()];
        for (int i = 0; i < now.length; i++) {
            Node node = nodes.get(i);
            Node[] operands = new Node[node.inputs().size()];
            boolean same = true;
            for (int k = 0; k < operands.length; k++) {
                operands[k] = now[inputIndex(i, k)];
                same &= operands[k] == node.inputs().get(k);
            }
            now[i] = change.apply(node, same ? node : Provenance.copy(node, List.of(operands), node, node));
        }
        return roots.stream().map(root -> now[indexOf(root)]).toList();
    }

    /**
     * Depth first without recursion: a chain of any length needs no stack.
     *
     * <p>The places of the inputs of all nodes on the path are kept on a stack beside it, so that each edge is looked up
     * once.
     */
    private void addAllBelow(Node root) {
        if (index.find(root) >= 0) {
            return;
        }
        Node[] path = new Node[64];
        int[] nextInput = new int[64];
        int[] places = new int[64];
        int found = 0;
        int depth = 1;
        path[0] = root;
        while (depth > 0) {
            Node node = path[depth - 1];
            List<Node> operands = node.inputs();
            int next = nextInput[depth - 1]++;
            int place;
            if (next == operands.size()) {
                depth--;
                found -= next;
                place = add(node, places, found);
            } else {
                place = index.find(operands.get(next));
                if (place < 0) {
                    if (depth == path.length) {
                        path = Arrays.copyOf(path, 2 * depth);
                        nextInput = Arrays.copyOf(nextInput, 2 * depth);
                    }
                    path[depth] = operands.get(next);
                    nextInput[depth++] = 0;
                    continue;
                }
            }
            places = found == places.length ? Arrays.copyOf(places, 2 * found) : places;
            places[found++] = place;
        }
    }

    private int add(Node node, int[] places, int from) {
        int count = node.inputs().size();
        int place = index.add(node);
        if (place + 1 >= firstInput.length) {
            firstInput = Arrays.copyOf(firstInput, 2 * firstInput.length);
        }
        int first = firstInput[place];
        if (first + count > inputs.length) {
            inputs = Arrays.copyOf(inputs, Math.max(first + count, 2 * inputs.length));
        }
        System.arraycopy(places, from, inputs, first, count);
        firstInput[place + 1] = first + count;
        return place;
    }

    /** One equation per line, and the results at the end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            text.append('n').append(i).append(": ").append(node.shape()).append(" = ");
            text.append(node.op().map(Op::label).orElseGet(() -> Labels.of(node.kind())));
            for (int k = 0; k < node.inputs().size(); k++) {
                text.append(" n").append(inputIndex(i, k));
            }
            node.name().ifPresent(name -> text.append(' ').append(Labels.quoted(name)));
            text.append('\n');
        }
        StringJoiner results = new StringJoiner(" ", "return ", "\n");
        roots.forEach(root -> results.add("n" + index.find(root)));
        return text.append(results).toString();
    }
}
