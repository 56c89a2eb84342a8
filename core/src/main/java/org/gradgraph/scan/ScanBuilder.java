package org.gradgraph.scan;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;

/**
 * What a {@link Scan} goes over, and its states. It is immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Dim m = Dim.named("m"), t = Dim.named("T");
 * Node xs = Node.input("X", 4, m.times(t));                      // T steps of m examples each
 * Scan.over(xs).columns(m).backwards().state("h", Constants.zeros(Shape.of(Dim.of(8), m))).step(s -> …);
 * }</pre>
 */
@CheckReturnValue
public final class ScanBuilder {
    private final List<Node> inputs;

    /** The columns of the inputs: steps times width. */
    private final Dim all;

    private final Dim width;
    private final Map<String, Node> states;
    private final boolean backwards;

    ScanBuilder(List<Node> inputs, Dim all, Dim width, Map<String, Node> states, boolean backwards) {
        this.inputs = inputs;
        this.all = all;
        this.width = width;
        this.states = states;
        this.backwards = backwards;
    }

    /**
     * {@return a loop whose steps read several columns each, such as one for each example of a batch} See {@link #columns(Dim)}.
     *
     * @param each the columns of one step
     */
    public ScanBuilder columns(int each) {
        return columns(Dim.of(each));
    }

    /**
     * {@return a loop whose steps read several columns each, such as one for each example of a batch}
     *
     * @param each the columns of one step; a factor of the columns of the inputs
     * @throws ShapeException if it is not
     */
    public ScanBuilder columns(Dim each) {
        Require.given(each, "columns: the columns of one step");
        if (inputs.isEmpty()) {
            throw new IllegalStateException("columns(" + each + "): a loop without an input has no columns");
        }
        return new ScanBuilder(inputs, all, each, states, backwards);
    }

    /** {@return a loop that begins at the last columns and ends at the first ones} */
    public ScanBuilder backwards() {
        return new ScanBuilder(inputs, all, width, states, true);
    }

    /**
     * {@return a loop with one more state}
     *
     * @param name how the body and {@link Scan} ask for it; not used yet
     * @param initial its value before the first step, which fixes its shape
     */
    public ScanBuilder state(String name, Node initial) {
        Require.given(name, "state: the name");
        Require.given(initial, "state: the initial value of \"" + name + "\"");
        if (name.isBlank() || states.containsKey(name)) {
            throw new IllegalArgumentException("state: the name \"" + name + "\" is "
                    + (name.isBlank() ? "empty; give a text, for example \"h\"" : "taken; give another one"));
        }
        Map<String, Node> more = new LinkedHashMap<>(states);
        more.put(name, initial);
        return new ScanBuilder(inputs, all, width, more, backwards);
    }

    /**
     * {@return composes the body, once}
     *
     * @param body given the columns and states of a step, says what comes next and what goes out
     * @throws ShapeException if the inputs differ in their columns, or the columns of a step are not a factor of them
     * @throws IllegalStateException if a state has no next value, or the body gives nothing
     */
    public Scan step(UnaryOperator<ScanStep> body) {
        Require.given(body, "step: the body");
        Dim steps = all.dividedBy(width);
        List<Node> slices = new ArrayList<>();
        for (Node input : inputs) {
            if (!input.shape().columns().equals(all)) {
                throw new ShapeException(
                        "Scan.over: " + input.describe() + " has another number of columns than "
                                + inputs.get(0).describe(),
                        "all inputs of a loop have the same number of steps");
            }
            slices.add(placeholder(input, "x", Shape.of(input.shape().rows(), width)));
        }
        List<String> names = List.copyOf(states.keySet());
        List<Node> initial = List.copyOf(states.values());
        List<Node> before = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            before.add(Node.input(names.get(k), initial.get(k).shape()));
        }
        ScanStep step = new ScanStep(inputs, slices, names, before);
        Require.given(body.apply(step), "step: what the body returns");
        return new Closure(inputs, width, slices, initial, before, steps, backwards).close(step);
    }

    static Node placeholder(Node of, String otherwise, Shape shape) {
        return Node.input(of.name().orElse(otherwise), shape);
    }
}
