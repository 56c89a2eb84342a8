package org.gradgraph.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;

/**
 * Which masks of dropout a program replaces by 1.
 *
 * <p>A mask is recognised by its form, a scaled comparison of random numbers with a rate, as the rules of rewriting
 * recognise a loss; so it is one whether {@code RandomNumbers.dropoutMask} or the user composed it.
 */
final class Dropout {
    static final Dropout DRAWN = new Dropout(List.of(), Set.of());

    private final List<Node> masks;
    private final Set<Node> silent;

    private Dropout(List<Node> masks, Set<Node> silent) {
        this.masks = masks;
        this.silent = silent;
    }

    /** All masks of a graph are off, and with them the inputs that nothing else reads. */
    static Dropout offIn(Graph graph, Set<Node> kept) {
        List<Node> masks = new ArrayList<>();
        Set<Node> silent = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (isMask(node)) {
                masks.add(node);
            }
            if (Program.isLeaf(node)) {
                silent.add(node);
            }
        }
        Set<Node> read = new HashSet<>(kept);
        read.addAll(graph.roots());
        silent.removeAll(readWithout(new HashSet<>(masks), read));
        return new Dropout(List.copyOf(masks), silent);
    }

    private static Set<Node> readWithout(Set<Node> masks, Set<Node> roots) {
        Set<Node> reached = new HashSet<>(roots);
        Deque<Node> waiting = new ArrayDeque<>(reached);
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            if (!masks.contains(node)) {
                node.inputs().stream().filter(reached::add).forEach(waiting::push);
            }
        }
        return reached;
    }

    private static boolean isMask(Node node) {
        if (!(node.op().orElse(null) instanceof Arithmetic.Scale)
                || !isNamed(node.inputs().get(0), "greaterOrEqual")) {
            return false;
        }
        Node random = node.inputs().get(0).inputs().get(0);
        return isNamed(random, "uniform") && random.inputs().size() == 1;
    }

    private static boolean isNamed(Node node, String operation) {
        return node.op().map(Op::name).filter(operation::equals).isPresent();
    }

    /** The masks that are off. */
    List<Node> masks() {
        return masks;
    }

    /** Whether an input is read by nothing but masks that are off. */
    boolean silences(Node node) {
        return silent.contains(node);
    }
}
