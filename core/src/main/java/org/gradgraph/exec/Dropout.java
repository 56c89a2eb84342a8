package org.gradgraph.exec;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers.DropoutMask;

/** Whether the masks of dropout in a program are 1, also inside loops, and which inputs then count for nothing. */
final class Dropout {
    static final Dropout DRAWN = new Dropout(false, Set.of());

    private final boolean isOff;
    private final Set<Node> silent;

    private Dropout(boolean isOff, Set<Node> silent) {
        this.isOff = isOff;
        this.silent = silent;
    }

    /** All masks of a graph are off, and with them the inputs that nothing else reads and whose size is known without them. */
    static Dropout offIn(Graph graph, Set<Node> kept) {
        if (!hasMask(graph)) {
            return DRAWN;
        }
        Set<Node> wanted = new HashSet<>(kept);
        wanted.addAll(graph.roots());
        Set<Node> read = LeavesRead.by(graph, wanted);
        Set<String> known = new HashSet<>();
        read.forEach(leaf -> known.addAll(symbols(leaf)));
        Set<Node> silent = new LinkedHashSet<>(graph.nodes());
        silent.removeIf(node -> !Program.isLeaf(node) || read.contains(node) || !known.containsAll(symbols(node)));
        return new Dropout(true, silent);
    }

    private static Set<String> symbols(Node leaf) {
        Set<String> symbols = new HashSet<>(leaf.shape().rows().symbols());
        symbols.addAll(leaf.shape().columns().symbols());
        return symbols;
    }

    private static boolean hasMask(Graph graph) {
        for (Node node : graph.nodes()) {
            Object op = node.op().orElse(null);
            if (op instanceof DropoutMask
                    || (op instanceof Loop loop && hasMask(Graph.of(loop.body().results())))) {
                return true;
            }
        }
        return false;
    }

    boolean isOff() {
        return isOff;
    }

    /** The inputs and parameters that are read by nothing but masks that are off. */
    Set<Node> silent() {
        return silent;
    }
}
