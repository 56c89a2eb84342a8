package org.gradgraph.scan;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * A loop inside the graph: the same body for every step, with states that each step hands to the next one.
 *
 * <p>The steps go along the columns of the inputs. The body is written with ordinary nodes and may use any node from
 * outside, such as parameters. It is composed and compiled once, whatever the number of steps, which may be symbolic.
 *
 * <pre>{@code
 * Dim t = Dim.named("T");
 * Node xs = Node.input("X", 4, t);                               // one column for each step
 * Scan scan = Scan.over(xs)
 *         .state("h", Constants.zeros(Shape.of(8, 1)))
 *         .step(s -> {
 *             Node h = w.matmul(s.input()).plus(u.matmul(s.state("h"))).plus(b).tanh();
 *             return s.next("h", h).output(v.matmul(h));
 *         });
 * Node outputs = scan.outputs();                                 // one column for each step
 * Node last = scan.last("h");                                    // 8×1
 * }</pre>
 *
 * <p>A loop is an operation like any other: its derivative is another loop that goes through the steps the other way, so
 * gradients, Hessian-vector products and loops in loops need nothing special. The values of the states are recorded for
 * it: memory grows with steps times the size of the states, or less with
 * {@link ScanBuilder#checkpointEvery checkpoints}. A random number drawn in the body is the same in each step
 * unless its draw depends on a state or a column of the step.
 */
@CheckReturnValue
public final class Scan {
    private final Node value;
    private final LoopBody body;
    private final List<String> stateNames;
    private final List<String> outputNames;
    private final boolean recordsStates;

    private Scan(Node value, LoopBody body, List<String> stateNames, List<String> outputNames, boolean recordsStates) {
        this.value = value;
        this.body = body;
        this.stateNames = List.copyOf(stateNames);
        this.outputNames = List.copyOf(outputNames);
        this.recordsStates = recordsStates;
    }

    Scan(Node value, LoopBody body, List<String> stateNames, List<String> outputNames) {
        this(value, body, stateNames, outputNames, true);
    }

    Scan withoutStates() {
        return new Scan(value, body, stateNames, outputNames, false);
    }

    List<String> outputNames() {
        return outputNames;
    }

    /**
     * {@return a loop along the columns of some matrices, one column for each step}
     *
     * @param inputs at least one node, all with the same number of columns
     */
    public static ScanBuilder over(Node... inputs) {
        List<Node> list = Require.nodes("Scan.over", inputs);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Scan.over: no input; give one, or use Scan.times(steps)");
        }
        return new ScanBuilder(list, list.get(0).shape().columns());
    }

    /**
     * {@return a loop that reads nothing but its states, with a fixed number of steps}
     *
     * @param steps how many steps
     */
    public static ScanBuilder times(int steps) {
        return times(Dim.of(steps));
    }

    /**
     * {@return a loop that reads nothing but its states}
     *
     * @param steps how many steps; a symbol must be a side of something that is fed
     */
    public static ScanBuilder times(Dim steps) {
        Require.given(steps, "Scan.times: the number of steps");
        return new ScanBuilder(List.of(), steps);
    }

    /**
     * {@return the same function of each column, side by side}
     *
     * <pre>{@code
     * Scan.map(xs, x -> x.minus(x.mean()))
     * }</pre>
     *
     * @param inputs the node along whose columns the steps go
     * @param function the function of one column
     */
    public static Node map(Node inputs, UnaryOperator<Node> function) {
        Require.given(function, "Scan.map: the function");
        return over(Require.given(inputs, "Scan.map: the inputs"))
                .step(s -> s.output(function.apply(s.input())))
                .outputs();
    }

    /**
     * {@return the last state of a loop over the columns, such as a sum}
     *
     * <pre>{@code
     * Scan.fold(xs, Node.constant(1), (product, x) -> product.times(x))
     * }</pre>
     *
     * @param initial the state before the first step
     * @param function the next state, given the state and a column
     * @param inputs the node along whose columns the steps go
     */
    public static Node fold(Node inputs, Node initial, BinaryOperator<Node> function) {
        return accumulate("Scan.fold", inputs, initial, function).last("state");
    }

    /**
     * {@return the states after each step of a loop over the columns, side by side, such as running sums} See {@link #fold}.
     *
     * @param inputs the node along whose columns the steps go
     * @param initial the state before the first step
     * @param function the function of one column
     */
    public static Node cumulative(Node inputs, Node initial, BinaryOperator<Node> function) {
        return accumulate("Scan.cumulative", inputs, initial, function).states("state");
    }

    private static Scan accumulate(String method, Node inputs, Node initial, BinaryOperator<Node> function) {
        Require.given(function, method + ": the function");
        return over(Require.given(inputs, method + ": the inputs"))
                .state("state", Require.given(initial, method + ": the initial state"))
                .step(s -> s.next("state", function.apply(s.state("state"), s.input())));
    }

    /**
     * {@return the output of all steps, side by side in the order of the columns}
     *
     * @throws IllegalStateException if the body has no output or several
     */
    public Node outputs() {
        if (outputNames.size() != 1) {
            throw new IllegalStateException("the loop has " + outputNames.size() + " outputs"
                    + (outputNames.isEmpty()
                            ? "; give one by output(…) in its step"
                            : ": " + outputNames + "; ask for one by output(name)"));
        }
        return beside(body.outputs().get(0), body.output(value, 0));
    }

    /**
     * {@return the output of this name of all steps, side by side in the order of the columns}
     *
     * @param name the name
     */
    public Node output(String name) {
        int place = place("Scan.output", name, outputNames);
        return beside(body.outputs().get(place), body.output(value, place));
    }

    /**
     * {@return the value of a state after the last step that was done}
     *
     * @param state its name
     */
    public Node last(String state) {
        return body.last(value, place("Scan.last", state, stateNames));
    }

    /**
     * {@return the values of a state after each step, side by side in the order of the columns}
     *
     * @param state its name
     * @throws IllegalStateException if the loop has checkpoints
     */
    public Node states(String state) {
        if (!recordsStates) {
            throw new IllegalStateException("Scan.states: a loop with checkpoints does not record each state; say"
                    + " s.output(\"" + state + "\", …) in its step");
        }
        int place = place("Scan.states", state, stateNames);
        return beside(body.states().get(place), body.after(value, place));
    }

    private static Node beside(Node each, Node below) {
        return LoopBody.beside(below, each.shape().rows());
    }

    static int place(String method, String name, List<String> names) {
        int place = names.indexOf(Require.given(name, method + ": the name"));
        if (place < 0) {
            throw new IllegalArgumentException(
                    method + ": the loop has no \"" + name + "\"; it has " + (names.isEmpty() ? "none" : names));
        }
        return place;
    }

    /** For example {@code loop of T steps with states [h] and outputs [output]}. */
    @Override
    public String toString() {
        return "loop of " + body.steps() + " steps with states " + stateNames + " and outputs " + outputNames;
    }
}
