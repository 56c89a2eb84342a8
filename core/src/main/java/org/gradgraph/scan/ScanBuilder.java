package org.gradgraph.scan;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    /** Steps between two checkpoints; 0 if every state is recorded. */
    private final int segment;

    private ScanBuilder(
            List<Node> inputs, Dim all, Dim width, Map<String, Node> states, boolean backwards, int segment) {
        this.inputs = inputs;
        this.all = all;
        this.width = width;
        this.states = states;
        this.backwards = backwards;
        this.segment = segment;
    }

    ScanBuilder(List<Node> inputs, Dim all) {
        this(inputs, all, Dim.of(1), Map.of(), false, 0);
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
        return new ScanBuilder(inputs, all, each, states, backwards, segment);
    }

    /** {@return a loop that begins at the last columns and ends at the first ones} */
    public ScanBuilder backwards() {
        return new ScanBuilder(inputs, all, width, states, true, segment);
    }

    /**
     * {@return a loop that records its states only every so many steps, for long sequences}
     *
     * <p>The backward pass computes the states between two checkpoints again, one segment at a time. A loop of T steps with
     * checkpoints every √T steps needs room for 2·√T states in place of T, and computes its body once more. Gradients of what the
     * steps share are added up segment by segment, so they may differ in rounding. {@link Scan#states} is not available.
     *
     * <pre>{@code
     * Node xs = Node.input("X", Dim.of(4), Dim.of(1000).times(Dim.named("segments")));
     * Scan.over(xs).checkpointEvery(1000).state("h", h0).step(s -> …);
     * }</pre>
     *
     * @param steps a factor of the number of steps, at least 1
     */
    public ScanBuilder checkpointEvery(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("checkpointEvery(" + steps + "): give at least 1 step");
        }
        return new ScanBuilder(inputs, all, width, states, backwards, steps);
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
        return new ScanBuilder(inputs, all, width, more, backwards, segment);
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
        for (Node input : inputs) {
            if (!input.shape().columns().equals(all)) {
                throw new ShapeException(
                        "Scan.over: " + input.describe() + " has another number of columns than "
                                + inputs.get(0).describe(),
                        "all inputs of a loop have the same number of steps");
            }
        }
        if (segment == 0) {
            return close(inputs, body, true);
        }
        Dim steps = steps(width, "columns(" + width + ")");
        Dim wide = width.times(Dim.of(segment));
        Dim unused = steps(wide, "checkpointEvery(" + segment + "), " + steps + " steps");
        return new ScanBuilder(inputs, all, wide, states, backwards, 0)
                .close(inputs, outer -> inSegment(outer, wide, body), false)
                .withoutStates();
    }

    /** The steps of one segment, as a loop inside a step of the loop over the segments. */
    private ScanStep inSegment(ScanStep outer, Dim wide, UnaryOperator<ScanStep> body) {
        Map<String, Node> initial = new LinkedHashMap<>();
        states.keySet().forEach(name -> initial.put(name, outer.state(name)));
        List<Node> slices = inputs.stream().map(outer::input).toList();
        Scan inner = new ScanBuilder(slices, wide, width, initial, backwards, 0).close(inputs, body, true);
        inner.outputNames().forEach(name -> outer.output(name, inner.output(name)));
        states.keySet().forEach(name -> outer.next(name, inner.last(name)));
        return outer;
    }

    /**
     * Composes the body and cuts it off.
     *
     * @param keys the nodes by which the body asks for the inputs
     */
    private Scan close(List<Node> keys, UnaryOperator<ScanStep> body, boolean takesProductsOut) {
        Dim steps = steps(width, "columns(" + width + ")");
        List<Node> slices = new ArrayList<>();
        for (Node input : inputs) {
            slices.add(placeholder(input, "x", Shape.of(input.shape().rows(), width)));
        }
        List<String> names = List.copyOf(states.keySet());
        List<Node> initial = List.copyOf(states.values());
        List<Node> before = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            before.add(Node.input(names.get(k), initial.get(k).shape()));
        }
        ScanStep step = new ScanStep(keys, slices, names, before);
        Require.given(body.apply(step), "step: what the body returns");
        return new Closure(inputs, width, slices, initial, before, steps, backwards, takesProductsOut).close(step);
    }

    private Dim steps(Dim each, String method) {
        try {
            return all.dividedBy(each);
        } catch (ShapeException notAFactor) {
            String what = inputs.isEmpty()
                    ? "there are " + all + " steps"
                    : inputs.get(0).describe() + " has " + all + " columns";
            throw new ShapeException(
                    "Scan, " + method + ": " + what + ", which is no multiple of " + each,
                    "say the side as a product, for example Dim.of(5).times(Dim.named(\"n\"))");
        }
    }

    static Node placeholder(Node of, String otherwise, Shape shape) {
        return Node.input(of.name().orElse(otherwise), shape);
    }

    /** For example {@code loop over "X" 4×T with states [h]; call step(…)}. */
    @Override
    public String toString() {
        return "loop "
                + (inputs.isEmpty()
                        ? "of " + all + " steps"
                        : "over " + inputs.stream().map(Node::describe).collect(Collectors.joining(", ")))
                + (backwards ? ", backwards," : "")
                + " with " + (states.isEmpty() ? "no state" : "states " + states.keySet()) + "; call step(…)";
    }
}
