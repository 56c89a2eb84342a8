package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What a {@link Loop} does in each step: a graph with placeholders for what differs from step to step.
 *
 * <p>The value of a loop is one row that holds, one after the other and each in row-major order: every output of every step, in the
 * order of the slices; every sum over all steps; and every state before the first step and after each step, which derivatives
 * read. So what belongs to one step is one piece of memory.
 *
 * <pre>{@code
 * LoopBody body = ((Loop) node.op().orElseThrow()).body();
 * Node last = body.last(node, 0);
 * }</pre>
 */
public final class LoopBody {
    private final List<Node> slices;
    private final List<Node> states;
    private final List<Node> shared;
    private final List<Node> outputs;
    private final List<Node> sums;
    private final List<Node> next;
    private final Dim steps;
    private final boolean backwards;

    /** What makes two bodies the same computation. */
    private final List<Object> structure;

    /**
     * A body.
     *
     * @param slices placeholders for the rows of one step of each matrix that differs from step to step
     * @param states placeholders for the states before the step
     * @param shared placeholders for what is the same in all steps
     * @param outputs what each step gives
     * @param sums what is added up over all steps
     * @param next the states after the step, one for each state and of its shape
     * @param steps how many steps there are
     * @param backwards whether the steps go from the last rows to the first ones
     */
    public LoopBody(
            List<Node> slices,
            List<Node> states,
            List<Node> shared,
            List<Node> outputs,
            List<Node> sums,
            List<Node> next,
            Dim steps,
            boolean backwards) {
        this.slices = Require.nodes("new LoopBody, slices", slices);
        this.states = Require.nodes("new LoopBody, states", states);
        this.shared = Require.nodes("new LoopBody, shared", shared);
        this.outputs = Require.nodes("new LoopBody, outputs", outputs);
        this.sums = Require.nodes("new LoopBody, sums", sums);
        this.next = Require.nodes("new LoopBody, next states", next);
        this.steps = Require.given(steps, "new LoopBody: the number of steps");
        this.backwards = backwards;
        this.structure = structure();
    }

    private List<Object> structure() {
        List<Node> placeholders = new ArrayList<>(slices);
        placeholders.addAll(states);
        placeholders.addAll(shared);
        List<Object> structure = GraphStructure.of(placeholders, results());
        structure.addAll(List.of(slices.size(), states.size(), outputs.size(), steps, backwards));
        return structure;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof LoopBody that && structure.equals(that.structure));
    }

    @Override
    public int hashCode() {
        return structure.hashCode();
    }

    /**
     * {@return the same placeholders with other results of the same shapes, in the order of {@link #results}}
     *
     * @param results as many, of the same shapes
     */
    public LoopBody with(List<Node> results) {
        int afterOutputs = outputs.size();
        int afterSums = afterOutputs + sums.size();
        return new LoopBody(
                slices,
                states,
                shared,
                Require.nodes("LoopBody.with", results).subList(0, afterOutputs),
                results.subList(afterOutputs, afterSums),
                results.subList(afterSums, results.size()),
                steps,
                backwards);
    }

    /**
     * {@return the same body with sizes in place of symbols}
     *
     * @param sizes the sizes of one run
     */
    public LoopBody bind(Sizes sizes) {
        Require.given(sizes, "LoopBody.bind: the sizes");
        List<Node> all = new ArrayList<>(results());
        all.addAll(slices);
        all.addAll(states);
        all.addAll(shared);
        IdentityHashMap<Node, Node> bound = new IdentityHashMap<>();
        for (Node node : Graph.of(all).nodes()) {
            bound.put(node, node.bind(in(bound, node.inputs()), sizes));
        }
        return new LoopBody(
                in(bound, slices),
                in(bound, states),
                in(bound, shared),
                in(bound, outputs),
                in(bound, sums),
                in(bound, next),
                Dim.of(steps.size(sizes)),
                backwards);
    }

    private static List<Node> in(IdentityHashMap<Node, Node> bound, List<Node> nodes) {
        return nodes.stream().map(bound::get).toList();
    }

    /** {@return placeholders for the rows of one step} */
    public List<Node> slices() {
        return slices;
    }

    /** {@return placeholders for the states before the step} */
    public List<Node> states() {
        return states;
    }

    /** {@return placeholders for what is the same in all steps} */
    public List<Node> shared() {
        return shared;
    }

    /** {@return what each step gives} */
    public List<Node> outputs() {
        return outputs;
    }

    /** {@return what is added up over all steps} */
    public List<Node> sums() {
        return sums;
    }

    /** {@return the states after the step} */
    public List<Node> next() {
        return next;
    }

    /** {@return outputs, sums and next states, in this order} */
    public List<Node> results() {
        List<Node> results = new ArrayList<>(outputs);
        results.addAll(sums);
        results.addAll(next);
        return results;
    }

    /** {@return how many steps there are} */
    public Dim steps() {
        return steps;
    }

    /** {@return whether the steps go from the last rows to the first ones} */
    public boolean backwards() {
        return backwards;
    }

    /**
     * {@return the shape of an operand or result that holds one matrix of this shape for each step, one below the other}
     *
     * @param each the shape of one of them
     */
    public Shape allSteps(Shape each) {
        return below(each, steps);
    }

    private static Shape below(Shape each, Dim count) {
        Require.given(each, "LoopBody.allSteps: the shape of one step");
        return Shape.of(each.rows().times(count), each.columns());
    }

    /** {@return the shapes of the operands: slices of all steps, initial states, and what is shared} */
    public List<Shape> operands() {
        List<Shape> shapes = new ArrayList<>();
        slices.forEach(slice -> shapes.add(allSteps(slice.shape())));
        states.forEach(state -> shapes.add(state.shape()));
        shared.forEach(node -> shapes.add(node.shape()));
        return shapes;
    }

    /** {@return the shapes of the parts of the value, in their order} */
    public List<Shape> parts() {
        List<Shape> shapes = new ArrayList<>();
        outputs.forEach(output -> shapes.add(allSteps(output.shape())));
        sums.forEach(sum -> shapes.add(sum.shape()));
        states.forEach(state -> shapes.add(below(state.shape(), steps.plus(Dim.of(1)))));
        return shapes;
    }

    /** {@return the shape of the value: one row with room for all parts} */
    public Shape value() {
        return Shape.of(Dim.of(1), offset(parts().size()));
    }

    /**
     * {@return an output of all steps, one below the other, cut out of the value or of a cotangent of it}
     *
     * @param value the value of the loop, or a cotangent of it
     * @param place which one, counted from 0
     */
    public Node output(Node value, int place) {
        Require.given(value, "LoopBody.output: the value of the loop");
        return cut(value, offset(place), allSteps(outputs.get(place).shape()));
    }

    /**
     * {@return a sum over all steps}
     *
     * @param value the value of the loop, or a cotangent of it
     * @param place which one, counted from 0
     */
    public Node sum(Node value, int place) {
        Require.given(value, "LoopBody.sum: the value of the loop");
        return cut(value, offset(outputs.size() + place), sums.get(place).shape());
    }

    /**
     * {@return the last value of a state}
     *
     * @param value the value of the loop, or a cotangent of it
     * @param state which state, counted from 0
     */
    public Node last(Node value, int state) {
        Require.given(value, "LoopBody.last: the value of the loop");
        return recorded(value, state, backwards ? Dim.offset(0) : steps, Dim.of(1));
    }

    /**
     * {@return the values of a state before each step, one below the other in the order of the slices}
     *
     * @param value the value of the loop, or a cotangent of it
     * @param state which state, counted from 0
     */
    public Node before(Node value, int state) {
        Require.given(value, "LoopBody.before: the value of the loop");
        return recorded(value, state, Dim.offset(backwards ? 1 : 0), steps);
    }

    /**
     * {@return the values of a state after each step, one below the other in the order of the slices}
     *
     * @param value the value of the loop, or a cotangent of it
     * @param state which state, counted from 0
     */
    public Node after(Node value, int state) {
        Require.given(value, "LoopBody.after: the value of the loop");
        return recorded(value, state, Dim.offset(backwards ? 0 : 1), steps);
    }

    private Node recorded(Node value, int state, Dim first, Dim count) {
        Shape each = states.get(state).shape();
        Dim from = offset(outputs.size() + sums.size() + state).plus(first.times(elements(each)));
        return cut(value, from, below(each, count));
    }

    private Dim offset(int part) {
        return parts().subList(0, part).stream().map(LoopBody::elements).reduce(Dim.offset(0), Dim::plus);
    }

    private static Dim elements(Shape shape) {
        return shape.rows().times(shape.columns());
    }

    private static Node cut(Node value, Dim from, Shape shape) {
        return Layout.reshape(RowCut.of(value, from, from.plus(elements(shape))), shape);
    }

    /**
     * {@return blocks of columns, one below the other: the form of a loop's operands}
     *
     * @param x blocks side by side
     * @param width the columns of one block
     */
    public static Node below(Node x, Dim width) {
        Shape shape = Require.given(x, "LoopBody.below: the node").shape();
        Require.given(width, "LoopBody.below: the columns of one block");
        Dim count = shape.columns().dividedBy(width);
        Shape target = Shape.of(shape.rows().times(count), width);
        return width.isOne() ? Layout.reshape(x.transpose(), target) : Node.apply(new BlockOrder.Below(width), x);
    }

    /**
     * {@return blocks of rows, side by side: the inverse of {@link #below(Node, Dim)}}
     *
     * @param x blocks one below the other
     * @param height the rows of one block
     */
    public static Node beside(Node x, Dim height) {
        Shape shape = Require.given(x, "LoopBody.beside: the node").shape();
        Require.given(height, "LoopBody.beside: the rows of one block");
        Dim count = shape.rows().dividedBy(height);
        return shape.columns().isOne()
                ? Layout.reshape(x, Shape.of(count, height)).transpose()
                : Node.apply(new BlockOrder.Beside(height), x);
    }
}
