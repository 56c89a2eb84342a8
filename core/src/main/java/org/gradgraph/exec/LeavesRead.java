package org.gradgraph.exec;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers.DropoutMask;

/** The inputs and parameters on which values depend while dropout is off; each result of a loop is looked at by itself. */
final class LeavesRead {
    private LeavesRead() {}

    /** The inputs and parameters that some nodes depend on, from the last node to the first. */
    static Set<Node> by(Graph graph, Collection<Node> wanted) {
        Set<Node> leaves = new HashSet<>();
        boolean[] isRead = new boolean[graph.nodes().size()];
        wanted.forEach(node -> isRead[graph.indexOf(node)] = true);
        Map<Integer, Set<Integer>> resultsRead = new TreeMap<>();
        for (int i = isRead.length - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            Object op = node.op().orElse(null);
            if (op instanceof Loop loop) {
                Set<Integer> results = resultsRead.getOrDefault(i, Set.of());
                Set<Integer> operands = operandsRead(loop.body(), isRead[i] ? all(loop.body()) : results);
                for (int operand : operands) {
                    isRead[graph.inputIndex(i, operand)] = true;
                }
            } else if (isRead[i] && op == null) {
                leaves.add(node);
            } else if (isRead[i] && !(op instanceof DropoutMask)) {
                for (int k = 0; k < node.inputs().size(); k++) {
                    int below = graph.inputIndex(i, k);
                    int result = result(node.inputs().get(k), node);
                    if (result < 0) {
                        isRead[below] = true;
                    } else {
                        resultsRead
                                .computeIfAbsent(below, loop -> new TreeSet<>())
                                .add(result);
                    }
                }
            }
        }
        return leaves;
    }

    private static Set<Integer> all(LoopBody body) {
        Set<Integer> all = new TreeSet<>();
        for (int place = 0; place < body.results().size(); place++) {
            all.add(place);
        }
        return all;
    }

    /** The operands on which some results of a loop depend: a state that is read in a step is made in the one before. */
    private static Set<Integer> operandsRead(LoopBody body, Set<Integer> wanted) {
        if (wanted.isEmpty()) {
            return Set.of();
        }
        List<Node> results = body.results();
        Graph graph = Graph.of(results);
        int firstState = body.outputs().size() + body.sums().size();
        Set<Integer> more = new TreeSet<>(wanted);
        Set<Node> leaves;
        int before;
        do {
            before = more.size();
            leaves = by(graph, more.stream().map(results::get).toList());
            for (int k = 0; k < body.states().size(); k++) {
                if (leaves.contains(body.states().get(k))) {
                    more.add(firstState + k);
                }
            }
        } while (more.size() > before);
        Set<Integer> operands = new TreeSet<>();
        int operand = 0;
        for (Node slice : body.slices()) {
            addIf(leaves.contains(slice), operand++, operands);
        }
        for (int k = 0; k < body.states().size(); k++) {
            addIf(more.contains(firstState + k), operand++, operands);
        }
        for (Node shared : body.shared()) {
            addIf(leaves.contains(shared), operand++, operands);
        }
        return operands;
    }

    private static void addIf(boolean isRead, int operand, Set<Integer> operands) {
        if (isRead) {
            operands.add(operand);
        }
    }

    /** The place in {@link LoopBody#results()} of what a node cuts out of the value of a loop; −1 if it reads more. */
    private static int result(Node value, Node reader) {
        if (!(value.op().orElse(null) instanceof Loop loop)) {
            return -1;
        }
        LoopBody body = loop.body();
        int place = 0;
        for (int k = 0; k < body.outputs().size(); k++, place++) {
            if (isCut(body.output(value, k), value, reader)) {
                return place;
            }
        }
        for (int k = 0; k < body.sums().size(); k++, place++) {
            if (isCut(body.sum(value, k), value, reader)) {
                return place;
            }
        }
        for (int k = 0; k < body.states().size(); k++, place++) {
            if (isCut(body.last(value, k), value, reader)
                    || isCut(body.before(value, k), value, reader)
                    || isCut(body.after(value, k), value, reader)) {
                return place;
            }
        }
        return -1;
    }

    private static boolean isCut(Node part, Node value, Node reader) {
        Node cut = part;
        while (!cut.inputs().contains(value)) {
            cut = cut.inputs().get(0);
        }
        return cut.op().equals(reader.op());
    }
}
