package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.explain.Derivation;
import org.gradgraph.explain.Steps;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;

/**
 * What some boxes add to the gradient of a box that they read, as a formula.
 *
 * <p>The boxes are composed again of inputs, differentiated and printed. Each input has one private character as its name, to be
 * replaced by the name, the shape or the number of what it stands for.
 *
 * @param target the gradient that is found
 * @param parts what the characters from {@link #FIRST} on stand for
 * @param formula with those characters
 * @param isElementwise whether an element depends on the elements at the same place only
 */
record ChainRule(Part target, List<Part> parts, String formula, boolean isElementwise) {
    static final int FIRST = 0xE000;
    private static final int MOST_PARTS = 1000;

    /**
     * What a character stands for.
     *
     * @param node the node's place in the graph
     * @param isGradient whether it is the gradient of the node, else its value
     */
    record Part(int node, boolean isGradient) {}

    /** Nodes composed of inputs with private names. */
    private static final class Composition {
        private final Subject subject;
        private final Captions captions;
        private final List<Part> parts = new ArrayList<>();
        private final Map<Part, Node> inputs = new HashMap<>();

        Composition(Subject subject, Captions captions) {
            this.subject = subject;
            this.captions = captions;
        }

        Node input(Part part) {
            Node known = inputs.get(part);
            if (known == null) {
                known = Node.input(character(part), subject.node(part.node()).shape());
                inputs.put(part, known);
            }
            return known;
        }

        String character(Part part) {
            if (!parts.contains(part)) {
                parts.add(part);
            }
            if (parts.size() > MOST_PARTS) {
                throw new IllegalArgumentException("more than " + MOST_PARTS + " operands");
            }
            return Character.toString(FIRST + parts.indexOf(part));
        }

        /** The operation of a box with those that are folded into it. */
        Node result(int box) {
            Map<Integer, Node> known = new HashMap<>();
            TreeSet<Integer> members = new TreeSet<>();
            TreeSet<Integer> open = new TreeSet<>(List.of(box));
            while (!open.isEmpty()) {
                int i = open.pollLast();
                members.add(i);
                for (int k : captions.inputs(i)) {
                    if (captions.folds().isFolded(k)) {
                        open.add(k);
                    } else {
                        known.put(k, input(new Part(k, false)));
                    }
                }
            }
            for (int i : members) {
                List<Node> operands =
                        captions.inputs(i).stream().map(known::get).toList();
                known.put(i, Node.apply(subject.node(i).op().orElseThrow(), operands));
            }
            Node result = Objects.requireNonNull(known.get(box), "a box is a member of its own");
            return result.named(character(new Part(box, false)));
        }
    }

    static ChainRule of(Subject subject, Captions captions, int box, List<Integer> readers) {
        Composition composition = new Composition(subject, captions);
        List<Node> results = readers.stream().map(composition::result).toList();
        Node sum = Node.constant(0);
        for (int k = 0; k < results.size(); k++) {
            Node cotangent = composition.input(new Part(readers.get(k), true));
            Node term = cotangent.times(results.get(k)).sum();
            sum = k == 0 ? term : sum.plus(term);
        }
        Node value = composition.input(new Part(box, false));
        String formula = formula(sum, results, value);
        for (int reader : readers) {
            // The derivation calls the gradient of a reader by a name of its own, which is the one that is known.
            String gradient = composition.character(new Part(reader, true));
            formula = formula.replace("d" + composition.character(new Part(reader, false)), gradient);
        }
        boolean isElementwise = Graph.of(Derivatives.gradient(sum, value)).nodes().stream()
                .allMatch(node -> node.inputs().isEmpty()
                        || results.contains(node)
                        || node.op().orElseThrow() instanceof Elementwise
                        || node.op().orElseThrow() instanceof Layout.Broadcast);
        return new ChainRule(new Part(box, true), List.copyOf(composition.parts), formula, isElementwise);
    }

    /** A value that is an operand here and a result there has one name: the mark that tells them apart is left out. */
    private static String formula(Node sum, List<Node> results, Node value) {
        List<Node> wrt = new ArrayList<>(results);
        wrt.add(value);
        String name = "d" + value.name().orElseThrow();
        return Derivation.of(sum, wrt).steps().stream()
                .filter(step -> step.name().equals(name))
                .map(Steps::result)
                .findFirst()
                .orElseThrow()
                .replaceAll("([\\uE000-\\uF8FF])′+", "$1");
    }
}
