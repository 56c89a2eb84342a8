package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;

/** What a loop does in each step, one assignment a line: {@code h := tanh(W·X[t] + U·h + b)}. */
final class LoopText {
    private final LoopBody body;
    private final Graph graph;
    private final FoldedFormula[] formulas;
    private final IdentityHashMap<Node, String> placeholders = new IdentityHashMap<>();

    private LoopText(LoopBody body, IntFunction<String> operand) {
        this.body = body;
        this.graph = Graph.of(body.results());
        this.formulas = new FoldedFormula[graph.nodes().size()];
        int place = 0;
        for (Node slice : body.slices()) {
            placeholders.put(slice, operand.apply(place++));
        }
        for (Node state : body.states()) {
            placeholders.put(state, shown(state));
            place++;
        }
        for (Node shared : body.shared()) {
            placeholders.put(shared, operand.apply(place++));
        }
    }

    /**
     * {@return the lines}
     *
     * @param body what is done
     * @param operand how the body calls an operand of the loop, by its place
     */
    static List<String> lines(LoopBody body, IntFunction<String> operand) {
        return new LoopText(body, operand).lines();
    }

    private static String shown(Node node) {
        return Text.shown(node.name().orElse("…"));
    }

    private List<String> lines() {
        TreeMap<Integer, Integer> stateOf = new TreeMap<>();
        for (int state = 0; state < body.next().size(); state++) {
            if (!body.next().get(state).inputs().isEmpty()) {
                stateOf.putIfAbsent(graph.indexOf(body.next().get(state)), state);
            }
        }
        TreeSet<Integer> written = new TreeSet<>(stateOf.keySet());
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            if (node.op().isPresent() && node.name().isPresent()) {
                written.add(i);
            }
        }
        List<String> lines = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            write(i);
            if (!written.contains(i)) {
                continue;
            }
            String formula = formulas[i].text();
            Integer state = stateOf.get(i);
            String name = state == null
                    ? shown(graph.nodes().get(i))
                    : shown(body.states().get(state));
            boolean late = state != null && isReadAfter(body.states().get(state), i);
            String assigned = late ? name + "′" : name;
            lines.add(assigned + (state == null || late ? " = " : " := ") + formula);
            if (late) {
                after.add(name + " := " + assigned);
            }
            formulas[i] = FoldedFormula.name(assigned, graph.nodes().get(i).shape());
        }
        for (int k = 0; k < body.outputs().size(); k++) {
            String formula = formulas[graph.indexOf(body.outputs().get(k))].text();
            lines.add(Projections.outputName(body, k) + "[t] = " + formula);
        }
        for (int state = 0; state < body.next().size(); state++) {
            int next = graph.indexOf(body.next().get(state));
            if (!Objects.equals(stateOf.get(next), state)) {
                after.add(shown(body.states().get(state)) + " := " + formulas[next].text());
            }
        }
        lines.addAll(after);
        return lines;
    }

    private void write(int i) {
        Node node = graph.nodes().get(i);
        String placeholder = placeholders.get(node);
        if (node.op().isEmpty() || placeholder != null) {
            formulas[i] = FoldedFormula.name(placeholder == null ? shown(node) : placeholder, node.shape());
        } else {
            formulas[i] = FoldedFormula.of(
                    node,
                    node.inputs().stream()
                            .map(input -> formulas[graph.indexOf(input)])
                            .toList());
        }
    }

    /** Whether the old value of a state is still needed once its new one is known. */
    private boolean isReadAfter(Node state, int place) {
        Set<Node> next = Set.copyOf(body.next());
        if (next.contains(state) || body.outputs().contains(state)) {
            return true;
        }
        return graph.nodes().stream()
                .skip(place + 1L)
                .anyMatch(node -> node.inputs().contains(state));
    }
}
