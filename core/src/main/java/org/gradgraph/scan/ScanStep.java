package org.gradgraph.scan;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link Scan}, as its body sees it: the columns that are read, the states before, and what the body says of
 * the states after and of outputs.
 *
 * <pre>{@code
 * s -> {
 *     Node h = w.matmul(s.input()).plus(s.state("h")).tanh();
 *     return s.next("h", h).output(h.sum());
 * }
 * }</pre>
 */
public final class ScanStep {
    private final List<Node> inputs;
    private final List<Node> slices;
    private final List<String> stateNames;
    private final List<Node> states;
    private final @Nullable Node[] next;
    private final List<String> outputNames = new ArrayList<>();
    private final List<Node> outputs = new ArrayList<>();

    ScanStep(List<Node> inputs, List<Node> slices, List<String> stateNames, List<Node> states) {
        this.inputs = inputs;
        this.slices = slices;
        this.stateNames = stateNames;
        this.states = states;
        this.next = new Node[states.size()];
    }

    /**
     * {@return the columns of the only input}
     *
     * @throws IllegalStateException if the loop has no input or several
     */
    public Node input() {
        if (slices.size() != 1) {
            throw new IllegalStateException("input(): the loop has " + slices.size() + " inputs"
                    + (slices.isEmpty() ? "; use its states" : "; name one: input(node)"));
        }
        return slices.get(0);
    }

    /**
     * {@return the columns of one of the inputs}
     *
     * @param input the very node that the loop goes over
     */
    public Node input(Node input) {
        int place = inputs.indexOf(Require.given(input, "input: the node"));
        if (place < 0) {
            throw new IllegalArgumentException("input: the loop does not go over " + input.describe() + ", made at "
                    + input.source() + "; give one of the nodes of Scan.over(…)");
        }
        return slices.get(place);
    }

    /**
     * {@return a state before this step}
     *
     * @param name the name
     */
    public Node state(String name) {
        return states.get(Scan.place("state", name, stateNames));
    }

    /**
     * {@return says what a state is after this step}
     *
     * @param name the name
     * @param value the value of the loop, or a cotangent of it
     * @throws ShapeException if the value has another shape than the state
     */
    @CanIgnoreReturnValue
    public ScanStep next(String name, Node value) {
        Require.given(value, "next: the value of \"" + name + "\"");
        int place = Scan.place("next", name, stateNames);
        if (!value.shape().equals(states.get(place).shape())) {
            throw new ShapeException(
                    "next: the state \"" + name + "\" is "
                            + states.get(place).shape() + ", and after the step " + value.describe() + ", made at "
                            + value.source(),
                    "a state keeps its shape");
        }
        if (next[place] != null) {
            throw new IllegalStateException("next: the state \"" + name + "\" has a next value already");
        }
        next[place] = value;
        return this;
    }

    /**
     * {@return says what goes out in each step, for {@link Scan#outputs()}}
     *
     * @param value the value of the loop, or a cotangent of it
     */
    @CanIgnoreReturnValue
    public ScanStep output(Node value) {
        return output("output", value);
    }

    /**
     * {@return says what goes out in each step under a name, for {@link Scan#output(String)}}
     *
     * @param name the name
     * @param value the value of the loop, or a cotangent of it
     */
    @CanIgnoreReturnValue
    public ScanStep output(String name, Node value) {
        Require.given(name, "output: the name");
        if (outputNames.contains(name)) {
            throw new IllegalStateException("output: there is an output \"" + name + "\" already; give another name");
        }
        outputNames.add(name);
        outputs.add(Require.given(value, "output: the value of \"" + name + "\""));
        return this;
    }

    List<String> stateNames() {
        return stateNames;
    }

    List<String> outputNames() {
        return outputNames;
    }

    List<Node> outputs() {
        return outputs;
    }

    /** The states after the step. */
    List<Node> next() {
        for (int k = 0; k < next.length; k++) {
            if (next[k] == null) {
                throw new IllegalStateException("step: the state \"" + stateNames.get(k)
                        + "\" has no next value; say s.next(\"" + stateNames.get(k) + "\", …), with s.state(\""
                        + stateNames.get(k) + "\") if it stays");
            }
        }
        if (next.length == 0 && outputs.isEmpty()) {
            throw new IllegalStateException("step: the body gives nothing; say s.output(…)");
        }
        return Arrays.stream(next)
                .map(node -> Require.given(node, "step: a next state"))
                .toList();
    }

    /** For example {@code step with states [h] and outputs [output]}. */
    @Override
    public String toString() {
        return "step with states " + stateNames + " and outputs " + outputNames;
    }
}
