package org.gradgraph.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradgraph.explain.Derivation.Equation;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;

/** Gives long formulas that are used several times, and very long ones, a name and a line of their own. */
final class Abbreviations {
    private static final int WORTH_A_NAME = 7;
    private static final int TOO_LONG = 120;

    private final Style style;
    private final FormulaPrinter printer;
    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Integer> lengths = new HashMap<>();
    private final Set<Node> roots = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private int names;

    Abbreviations(Style style, List<DerivedLine> lines) {
        this.style = style;
        this.printer = new FormulaPrinter(style);
        List<Node> formulas = lines.stream().map(DerivedLine::formula).toList();
        roots.addAll(formulas);
        for (Node node : Graph.of(formulas).nodes()) {
            node.name().ifPresent(taken::add);
            node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
    }

    /** The lines that this one needs, and itself. */
    List<Equation> equationsFor(DerivedLine line) {
        List<Equation> result = new ArrayList<>();
        for (Node node : Graph.of(line.formula()).nodes()) {
            if (lengths.containsKey(node)) {
                continue;
            }
            int length = 1;
            for (Node input : node.inputs()) {
                length += lengths.getOrDefault(input, 1);
            }
            boolean shared = uses.getOrDefault(node, 0) > 1 && length >= WORTH_A_NAME;
            boolean isRepetition = node.op().orElse(null) instanceof Layout.Broadcast;
            if ((shared || length > TOO_LONG) && !roots.contains(node) && !isRepetition) {
                String name = newName();
                result.add(new Equation(style.name(name), printer.formula(node)));
                printer.abbreviate(node, name);
                length = 1;
            }
            lengths.put(node, length);
        }
        result.add(new Equation(style.name(line.symbol().name().orElse("")), printer.formula(line.formula())));
        return result;
    }

    private String newName() {
        String name;
        do {
            names++;
            name = "t" + names;
        } while (taken.contains(name));
        return name;
    }
}
