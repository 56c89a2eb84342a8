package org.gradgraph.exec;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.plan.Plan;
import org.gradgraph.exec.thread.WorkerPool;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Matrices;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * One thread's workspace for a {@link Program}: feed it, run forward and backward, read values and gradients.
 *
 * <p>Values are copied in and copied out. Buffers are planned at the first pass of each set of sizes and used again
 * afterwards; a pass allocates nothing. Reading a value that is older than the last {@code set} is an error.
 *
 * <pre>{@code
 * Run run = Program.of(cost).withGradients(w, b).newRun();
 * run.set(x, data).set(y, labels).set(w, w0).set(b, 0);
 * double j = run.forward().scalar(cost);
 * DMatrixRMaj dw = run.backward().gradient(w);
 * }</pre>
 *
 * <p>A run belongs to the first thread that uses it; use by another one is an error. Take a run for each thread, or hand
 * it over by {@link #release()}. A run whose thread has ended is free.
 */
public final class Run {
    private static final int PLANS_KEPT = 4;

    private enum Done {
        NOTHING,
        FORWARD,
        BACKWARD
    }

    /** A plan belongs to sizes, and has the passes apart or in one; what a record generates is slow to link. */
    private record PlanKey(Sizes sizes, boolean inOnePass) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof PlanKey that && inOnePass == that.inOnePass && sizes.equals(that.sizes);
        }

        @Override
        public int hashCode() {
            return 2 * sizes.hashCode() + (inOnePass ? 1 : 0);
        }
    }

    private final Program program;
    private final RunOwner owner = new RunOwner();
    private final Compiled compiled;
    private final Set<Node> readable;
    private final Execution execution;
    private final WorkerPool workers;
    private final Map<Node, DMatrixRMaj> leaves = new LinkedHashMap<>();
    private final Set<Node> fed = new LinkedHashSet<>();
    private final Map<PlanKey, Plan> plans = new LinkedHashMap<>(PLANS_KEPT, 0.75f, true);
    private @Nullable Plan separate;
    private @Nullable Plan joint;
    private boolean doneTogether;
    private boolean hasOtherArrays;
    private Done done = Done.NOTHING;

    Run(Program program, Execution execution) {
        this.program = program;
        this.compiled = program.compiled();
        this.readable = new LinkedHashSet<>(program.outputs());
        this.readable.addAll(program.kept());
        this.execution = execution;
        this.workers = execution.newWorkers();
        for (Graph part : new Graph[] {program.graph(), Graph.of(program.wrt())}) {
            for (Node node : part.nodes()) {
                if (Program.isLeaf(node)) {
                    leaves.putIfAbsent(node, new DMatrixRMaj(0, 0));
                }
            }
        }
    }

    /**
     * Feeds a number to a 1×1 input or parameter.
     *
     * @param node an input or parameter of this program
     * @param value any number
     * @return this run
     * @throws ShapeException if the node is not 1×1
     * @throws IllegalArgumentException if the node is no input or parameter of this program
     */
    @CanIgnoreReturnValue
    public Run set(Node node, double value) {
        DMatrixRMaj buffer = prepare(node, 1, 1);
        buffer.data[0] = value;
        return this;
    }

    /**
     * Feeds a matrix, given by its rows, to an input or parameter; the rows are copied.
     *
     * @param node an input or parameter of this program
     * @param rows rows of equal length
     * @return this run
     * @throws ShapeException if the shape does not fit the node, or the rows differ in length
     * @throws IllegalArgumentException if the node is no input or parameter of this program
     */
    @CanIgnoreReturnValue
    public Run set(Node node, double[][] rows) {
        return set(node, Matrices.ofRows(node, rows));
    }

    /**
     * Feeds a vector to an input or parameter: a row to a node of one row, otherwise a column; it is copied.
     *
     * @param node an input or parameter of this program
     * @param elements as many as the node has
     * @return this run
     * @throws ShapeException if the node is neither a row nor a column, or has another number of elements
     * @throws IllegalArgumentException if the node is no input or parameter of this program
     */
    @CanIgnoreReturnValue
    public Run set(Node node, double[] elements) {
        return set(node, Vectors.of(node, elements));
    }

    /**
     * Feeds a matrix, given by its elements row by row, to an input or parameter; they are copied.
     *
     * <pre>{@code
     * run.set(x, 2, 3, new double[] {1, 2, 3, 4, 5, 6});        // rows 1, 2, 3 and 4, 5, 6
     * }</pre>
     *
     * @param node an input or parameter of this program
     * @param rows the number of rows
     * @param columns the number of columns
     * @param elements rows·columns elements, the first row first
     * @return this run
     * @throws ShapeException if the shape does not fit the node, or the number of elements is another
     * @throws IllegalArgumentException if the node is no input or parameter of this program
     */
    @CanIgnoreReturnValue
    public Run set(Node node, int rows, int columns, double[] elements) {
        return set(node, Matrices.ofElements(node, rows, columns, elements));
    }

    /**
     * Feeds a matrix to an input or parameter; it is copied.
     *
     * @param node an input or parameter of this program
     * @param value its value, not modified
     * @return this run
     * @throws ShapeException if the shape does not fit the node
     * @throws IllegalArgumentException if the node is no input or parameter of this program
     */
    @CanIgnoreReturnValue
    public Run set(Node node, DMatrixRMaj value) {
        Require.given(node, "the node to set");
        Require.matrix(value, "the value for " + node.describe());
        DMatrixRMaj buffer = prepare(node, value.numRows, value.numCols);
        System.arraycopy(value.data, 0, buffer.data, 0, value.getNumElements());
        return this;
    }

    /**
     * Feeds several values; they are copied.
     *
     * @param feeds a value for each of some inputs and parameters of this program
     * @return this run
     */
    @CanIgnoreReturnValue
    public Run set(Feeds feeds) {
        Require.given(feeds, "the feeds to set").asMap().forEach(this::set);
        return this;
    }

    /**
     * Gives this run up, so that another thread may use it; what was set and computed stays.
     *
     * <pre>{@code
     * run.set(w, w0).release();
     * executor.submit(() -> run.forward());
     * }</pre>
     *
     * @return this run
     * @throws IllegalStateException if it belongs to another thread
     */
    @CanIgnoreReturnValue
    public Run release() {
        owner.release();
        return this;
    }

    private DMatrixRMaj prepare(Node node, int rows, int columns) {
        owner.require();
        DMatrixRMaj buffer = leaves.get(Require.given(node, "the node to set"));
        if (buffer == null) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", is not an input or parameter of this program; use the same node that the program is made of");
        }
        requireFits(node.shape(), rows, columns, node);
        if (buffer.numRows != rows || buffer.numCols != columns) {
            buffer.reshape(rows, columns);
            separate = null;
            joint = null;
        }
        fed.add(node);
        done = Done.NOTHING;
        return buffer;
    }

    /** Reads another array in place of its own from now on; as long as the shape stays, nothing is allocated. */
    void share(Node node, DMatrixRMaj value) {
        DMatrixRMaj buffer = leaves.get(node);
        if (buffer != null) {
            buffer.data = value.data;
        }
        prepare(node, value.numRows, value.numCols);
        hasOtherArrays = true;
    }

    /** The gradient itself, not copied. */
    DMatrixRMaj sharedGradient(Node node) {
        return currentGradient(node);
    }

    static void requireFits(Shape shape, int rows, int columns, Node node) {
        if (!fits(shape.rows(), rows) || !fits(shape.columns(), columns)) {
            throw new ShapeException(
                    node.describe() + ", made at " + node.source() + ", was given a " + rows + "×" + columns + " value",
                    "give a matrix of shape " + shape);
        }
    }

    private static boolean fits(Dim dim, int size) {
        return dim.isFixed() ? dim.size() == size : size >= 1;
    }

    /**
     * The pass from left to right: computes the outputs.
     *
     * @return this run
     * @throws IllegalStateException if an input or parameter was never set, naming it
     * @throws ShapeException if two fed matrices contradict each other in a symbolic dimension, naming both
     */
    @CanIgnoreReturnValue
    public Run forward() {
        owner.require();
        doneTogether = false;
        currentPlan().forward();
        done = Done.FORWARD;
        return this;
    }

    /**
     * Both passes in one: computes the outputs and the gradients.
     *
     * <p>The same numbers as {@link #forward()} and {@link #backward()}, faster and in less memory: what both passes
     * need goes from one to the other without a way through memory.
     *
     * @return this run
     * @throws IllegalStateException if the program has no gradients, or an input or parameter was never set
     * @throws ShapeException if two fed matrices contradict each other in a symbolic dimension, naming both
     */
    @CanIgnoreReturnValue
    public Run forwardAndBackward() {
        owner.require();
        requireGradients();
        doneTogether = true;
        currentPlan().forward();
        done = Done.BACKWARD;
        return this;
    }

    /**
     * The pass from right to left: computes the gradients.
     *
     * <p>It may be called several times after one forward pass and gives the same gradients each time.
     *
     * @return this run
     * @throws IllegalStateException if the program has no gradients, or {@link #forward()} has not run since the last
     *     {@code set}
     */
    @CanIgnoreReturnValue
    public Run backward() {
        owner.require();
        requireGradients();
        if (done == Done.NOTHING) {
            throw new IllegalStateException("backward() needs the values of a forward pass; call forward() first");
        }
        if (!doneTogether) {
            currentPlan().backward();
        }
        done = Done.BACKWARD;
        return this;
    }

    /** Changes one parameter, given its gradient. */
    @FunctionalInterface
    public interface Update {
        /**
         * Called once for each input or parameter whose gradient the program computes.
         *
         * @param parameter the node
         * @param value its value in this run, shared, to be modified in place
         * @param gradient its gradient, shared, not to be modified
         */
        void apply(Node parameter, DMatrixRMaj value, DMatrixRMaj gradient);
    }

    /**
     * Changes the parameters in place, as an optimiser does after {@link #backward()}; nothing is copied.
     *
     * <pre>{@code
     * run.forward().backward().update((parameter, value, gradient) ->
     *         CommonOps_DDRM.addEquals(value, -0.1, gradient));
     * }</pre>
     *
     * <p>The values computed before are out of date afterwards; call {@link #forward()} for new ones.
     *
     * @param update what changes a parameter
     * @return this run
     * @throws IllegalStateException if {@link #backward()} has not run since the last {@code set}
     */
    @CanIgnoreReturnValue
    public Run update(Update update) {
        Require.given(update, "how to change the parameters");
        owner.require();
        List<Node> wrt = program.wrt();
        try {
            for (int i = 0; i < wrt.size(); i++) {
                DMatrixRMaj value = leaves.get(wrt.get(i));
                DMatrixRMaj gradient = currentGradient(wrt.get(i));
                if (value != null && fed.contains(wrt.get(i))) {
                    update.apply(wrt.get(i), value, gradient);
                }
            }
        } finally {
            done = Done.NOTHING;
        }
        return this;
    }

    /**
     * {@return what a pass does with the sizes that were fed: its steps, what is fused, the kernels, threads and
     * buffers}
     *
     * <p>The format of the text may change. After {@link #forwardAndBackward()} it describes that pass.
     *
     * <pre>{@code
     * kernels: portable; at most 2 threads; fusion on
     * forward 1: product aᵀ·b with inner side 30, portable
     * forward 2: fused pass of 12 primitives and 1 sum over 1×569, portable
     * buffers: 9112 bytes for the values of 7 nodes of 14
     * }</pre>
     *
     * @throws IllegalStateException if an input or parameter was never set, naming it
     */
    public String explain() {
        owner.require();
        return currentPlan().describe();
    }

    /** What the plan for what was fed costs. */
    Plan.Work work() {
        return currentPlan().work();
    }

    private void requireGradients() {
        if (program.wrt().isEmpty()) {
            throw new IllegalStateException(
                    "this program computes no gradients; make it with Program.of(…).withGradients()");
        }
    }

    /**
     * The first value that is NaN or infinite, with the line that made it, its operands there, and what to do.
     *
     * <p>The forward pass is searched, and the backward pass too if {@link #backward()} has run. Everything is computed
     * once more for this, so call it only when something is wrong.
     *
     * <pre>{@code
     * run.forward().backward();
     * run.firstNonFinite().ifPresent(System.out::println);
     * }</pre>
     *
     * @return empty if all values are finite
     * @throws IllegalStateException if {@link #forward()} has not run since the last {@code set}
     */
    public Optional<NonFinite> firstNonFinite() {
        owner.require();
        if (done == Done.NOTHING) {
            throw new IllegalStateException(
                    "nothing is computed yet for what was set last; call forward() before firstNonFinite()");
        }
        return FirstNonFinite.in(compiled, leaves, done == Done.BACKWARD);
    }

    private Plan currentPlan() {
        if (hasOtherArrays) {
            hasOtherArrays = false;
            bindAgain(separate);
            bindAgain(joint);
        }
        Plan current = doneTogether ? joint : separate;
        if (current == null) {
            current = planFor(new PlanKey(sizes(), doneTogether));
            current.bind();
            if (doneTogether) {
                joint = current;
            } else {
                separate = current;
            }
        }
        return current;
    }

    private static void bindAgain(@Nullable Plan plan) {
        if (plan != null) {
            plan.bind();
        }
    }

    private Sizes sizes() {
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        for (Map.Entry<Node, DMatrixRMaj> leaf : leaves.entrySet()) {
            Node node = leaf.getKey();
            if (fed.contains(node)) {
                values.put(node, leaf.getValue());
            } else if (program.reads(node)) {
                throw unfed(node);
            }
        }
        return Binding.of(values);
    }

    static IllegalStateException unfed(Node node) {
        return new IllegalStateException(
                node.describe() + ", made at " + node.source() + ", has no value; call set(…) for it before forward()");
    }

    private Plan planFor(PlanKey key) {
        Plan known = plans.get(key);
        if (known == null) {
            if (plans.size() == PLANS_KEPT) {
                plans.remove(plans.keySet().iterator().next());
            }
            known = new Plan(
                    compiled.everything(),
                    compiled.forwardNodes().size(),
                    leaves,
                    key.sizes(),
                    execution.options(workers, key.inOnePass()));
            plans.put(key, known);
        }
        return known;
    }

    /**
     * {@return the value of an output or of a kept node, copied}
     *
     * @param node an output or a kept node
     * @throws IllegalStateException if the value is older than the last {@code set}
     * @throws IllegalArgumentException if the node is neither an output nor kept, saying how to keep it
     */
    public DMatrixRMaj value(Node node) {
        return current(node).copy();
    }

    /**
     * Copies the value of an output or of a kept node into a matrix, which is reshaped; see {@link #value(Node)}.
     *
     * @param node an output or a kept node
     * @param out where the value goes, modified
     */
    public void value(Node node, DMatrixRMaj out) {
        copy(current(node), out);
    }

    /**
     * {@return the value of an output or of a kept node by its rows, copied; see {@link #value(Node)}}
     *
     * @param node an output or a kept node
     */
    public double[][] rows(Node node) {
        return Readings.rows(current(node));
    }

    /**
     * {@return the value of an output or of a kept node, its elements row by row, copied; see {@link #value(Node)}}
     *
     * @param node an output or a kept node
     */
    public double[] elements(Node node) {
        return Readings.elements(current(node));
    }

    /**
     * {@return one element of the value of an output or of a kept node; see {@link #value(Node)}}
     *
     * @param node an output or a kept node
     * @param row the row, counted from 0
     * @param column the column, counted from 0
     * @throws IndexOutOfBoundsException if the value has no such row or column
     */
    public double element(Node node, int row, int column) {
        return Readings.element(node, current(node), row, column);
    }

    /**
     * {@return the value of a 1×1 output or kept node}
     *
     * @param node an output or a kept node of shape 1×1
     * @throws ShapeException if the value is not 1×1
     */
    public double scalar(Node node) {
        return Readings.scalar(node, current(node), "value(node)");
    }

    /**
     * {@return the gradient of the first output with respect to a node, copied}
     *
     * @param node a node whose gradient the program computes
     * @throws IllegalStateException if {@link #backward()} has not run since the last {@code set}
     * @throws IllegalArgumentException if that gradient was not asked for
     */
    public DMatrixRMaj gradient(Node node) {
        return currentGradient(node).copy();
    }

    /**
     * {@return the gradient of the first output with respect to a node by its rows, copied; see {@link #gradient(Node)}}
     *
     * @param node a node whose gradient the program computes
     */
    public double[][] gradientRows(Node node) {
        return Readings.rows(currentGradient(node));
    }

    /**
     * {@return the gradient of the first output with respect to a node, its elements row by row, copied; see
     * {@link #gradient(Node)}}
     *
     * @param node a node whose gradient the program computes
     */
    public double[] gradientElements(Node node) {
        return Readings.elements(currentGradient(node));
    }

    /**
     * {@return the gradient of the first output with respect to a 1×1 node; see {@link #gradient(Node)}}
     *
     * @param node a node of shape 1×1 whose gradient the program computes
     * @throws ShapeException if the node is not 1×1
     */
    public double gradientScalar(Node node) {
        return Readings.scalar(node, currentGradient(node), "gradient(node)");
    }

    /**
     * Copies a gradient into a matrix, which is reshaped; see {@link #gradient(Node)}.
     *
     * @param node a node whose gradient the program computes
     * @param out where the gradient goes, modified
     */
    public void gradient(Node node, DMatrixRMaj out) {
        copy(currentGradient(node), out);
    }

    /**
     * {@return the value of a node, copied, if it can be read now; for pictures and traces, which show what there is}
     *
     * @param node any node
     */
    public Optional<DMatrixRMaj> findValue(Node node) {
        owner.require();
        Require.given(node, "the node to read");
        boolean current =
                leaves.containsKey(node) ? fed.contains(node) : readable.contains(node) && done != Done.NOTHING;
        return current ? Optional.of(value(node)) : Optional.empty();
    }

    /**
     * {@return the gradient of the first output with respect to a node, copied, if it can be read now}
     *
     * @param node any node
     */
    public Optional<DMatrixRMaj> findGradient(Node node) {
        owner.require();
        Require.given(node, "the node to read");
        boolean current = program.wrt().contains(node) && done == Done.BACKWARD;
        return current ? Optional.of(gradient(node)) : Optional.empty();
    }

    /** {@return the program that this run computes} */
    public Program program() {
        return program;
    }

    private static void copy(DMatrixRMaj from, DMatrixRMaj to) {
        Require.given(to, "the matrix that a value is copied into");
        to.reshape(from.numRows, from.numCols);
        System.arraycopy(from.data, 0, to.data, 0, from.getNumElements());
    }

    private DMatrixRMaj current(Node node) {
        owner.require();
        DMatrixRMaj leaf = leaves.get(Require.given(node, "the node whose value is asked for"));
        if (leaf != null) {
            if (!fed.contains(node)) {
                throw unfed(node);
            }
            return leaf;
        }
        if (!readable.contains(node)) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", is neither an output nor kept; make the program with keeping(node) or with the node as an"
                    + " output");
        }
        if (done == Done.NOTHING) {
            throw new IllegalStateException(
                    "the value of " + node.describe() + " is not computed for what was set last; call forward() first");
        }
        return currentPlan().buffer(compiled.of(node));
    }

    private DMatrixRMaj currentGradient(Node node) {
        owner.require();
        int place = program.placeOfGradient(node);
        if (done != Done.BACKWARD) {
            throw new IllegalStateException("the gradient of " + node.describe()
                    + " is not computed for what was set last; call forward() and backward() first");
        }
        return currentPlan().buffer(compiled.gradients().get(place));
    }

    /** The program and how far the run is, for example {@code run of program of "J" 1×1; forward() is done}. */
    @Override
    public String toString() {
        String state = switch (done) {
            case NOTHING -> "nothing is computed for what was set last";
            case FORWARD -> "forward() is done";
            case BACKWARD -> "forward() and backward() are done";
        };
        return "run of " + program + "; " + state;
    }
}
