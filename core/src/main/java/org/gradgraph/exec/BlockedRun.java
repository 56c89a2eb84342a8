package org.gradgraph.exec;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.batch.TreeSum;
import org.gradgraph.exec.thread.WorkerPool;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Matrices;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * A workspace for a {@link BlockedProgram}: feed it, run it, and read the cost and its gradients.
 *
 * <p>Values are copied in and copied out; matrices of examples are kept block by block. A {@link ExampleSource} is read in each
 * pass instead.
 *
 * <pre>{@code
 * BlockedRun run = Program.of(cost).withGradients(w, b).inBlocks(m).newRun();
 * run.set(x, data).set(y, labels).set(w, w0).set(b, 0);
 * double j = run.forwardAndBackward().scalar(cost);
 * DMatrixRMaj dw = run.gradient(w);
 * }</pre>
 *
 * <p>A run belongs to the first thread that uses it; the threads of its {@link Execution} take blocks.
 */
public final class BlockedRun {
    /** Units of work for the threads, so that none waits long for the last one. */
    private static final int UNITS = 32;

    private final BlockedProgram program;
    private final Execution execution;
    private final WorkerPool pool;
    private final RunOwner owner = new RunOwner();
    private final ExampleBlocks blocks;
    private final Run rest;
    private final Map<Node, DMatrixRMaj> fixed = new LinkedHashMap<>();
    private final @Nullable BlockWorker[] workers;
    private @Nullable BlockWorker last;
    private @Nullable Sums costs;
    private @Nullable Sums costsAndGradients;
    private @Nullable Sums done;

    /** Whether everything is fed, and with one number of examples. */
    private boolean isComplete;

    private Progress progress = (examples, of) -> {};

    /** Hears how far a pass is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Called after some blocks, by whichever thread computed them, one at a time.
         *
         * @param examples how many examples are done
         * @param of how many there are
         */
        void done(long examples, long of);
    }

    /** Sums of some length: one for each worker, and one for all of them. */
    private static final class Sums {
        final TreeSum[] ofWorkers;
        final TreeSum all;
        final double[] results;
        final double[] rest;

        Sums(int workers, int length) {
            this.ofWorkers = new TreeSum[workers];
            for (int worker = 0; worker < workers; worker++) {
                ofWorkers[worker] = new TreeSum(length);
            }
            this.all = new TreeSum(length);
            this.results = new double[length];
            this.rest = new double[length];
        }
    }

    BlockedRun(BlockedProgram program, Execution execution) {
        this.program = program;
        this.execution = execution;
        this.pool = execution.newWorkers();
        this.blocks = new ExampleBlocks(program);
        this.workers = new BlockWorker[pool.count()];
        this.rest = program.rest().newRun(execution.alone());
    }

    /**
     * Feeds a number to a 1×1 input or parameter.
     *
     * @param node an input or parameter of this program
     * @param value any number
     * @return this run
     */
    @CanIgnoreReturnValue
    public BlockedRun set(Node node, double value) {
        return set(node, new DMatrixRMaj(1, 1, true, value));
    }

    /**
     * Feeds a matrix, given by its rows, to an input or parameter; see {@link #set(Node, DMatrixRMaj)}.
     *
     * @param node an input or parameter of this program
     * @param rows rows of equal length, copied
     * @return this run
     */
    @CanIgnoreReturnValue
    public BlockedRun set(Node node, double[][] rows) {
        return set(node, Matrices.ofRows(node, rows));
    }

    /**
     * Feeds a vector to an input or parameter: a row to a node of one row, otherwise a column.
     *
     * @param node an input or parameter of this program
     * @param elements as many as the node has, copied
     * @return this run
     */
    @CanIgnoreReturnValue
    public BlockedRun set(Node node, double[] elements) {
        return set(node, Vectors.of(node, elements));
    }

    /**
     * Feeds several values; they are copied.
     *
     * @param feeds a value for each of some inputs and parameters of this program
     * @return this run
     */
    @CanIgnoreReturnValue
    public BlockedRun set(Feeds feeds) {
        Require.given(feeds, "the feeds to set").asMap().forEach(this::set);
        return this;
    }

    /**
     * Feeds a matrix to an input or parameter; it is copied.
     *
     * @param node an input or parameter of this program
     * @param value its value, with all examples if its rows or columns belong to them
     * @return this run
     * @throws ShapeException if the shape does not fit the node
     * @throws IllegalArgumentException if the node is no input or parameter of this program
     */
    @CanIgnoreReturnValue
    public BlockedRun set(Node node, DMatrixRMaj value) {
        owner.require();
        Require.given(node, "the node to set");
        Require.matrix(value, "the value for " + node.describe());
        requireMember(node);
        Run.requireFits(node.shape(), value.numRows, value.numCols, node);
        done = null;
        isComplete &= fixed.containsKey(node);
        if (blocks.belong(node)) {
            blocks.keep(node, value);
        } else {
            fixed.computeIfAbsent(node, fresh -> new DMatrixRMaj(0, 0)).setTo(value);
        }
        return this;
    }

    private void requireMember(Node node) {
        if (!program.share().reads(program.fed(node))
                && !program.rest().reads(node)
                && !program.wrt().contains(node)) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", is not an input or parameter of this program; use the same node that the program is made of");
        }
    }

    /**
     * Reads examples from a source in each pass, in place of values that were set for its inputs; a value that is set for one of
     * them later replaces the source.
     *
     * @param source reads blocks of examples
     * @return this run
     * @throws IllegalArgumentException if it has no examples, or feeds a node that has none
     */
    @CanIgnoreReturnValue
    public BlockedRun from(ExampleSource source) {
        owner.require();
        Require.given(source, "from: the source of examples");
        if (Require.nodes("from", source.inputs()).isEmpty()) {
            throw new IllegalArgumentException("from: the source feeds no input");
        }
        for (Node node : source.inputs()) {
            requireMember(node);
            ExampleBlocks.requireExamples("from", node, program.sum().examples());
        }
        done = null;
        isComplete = false;
        last = null;
        Arrays.fill(workers, null);
        blocks.from(source);
        return this;
    }

    /**
     * Hears how far each pass is; one listener at a time.
     *
     * @param listener called after some blocks
     * @return this run
     */
    @CanIgnoreReturnValue
    public BlockedRun listen(Progress listener) {
        progress = Require.given(listener, "listen: the listener");
        return this;
    }

    /**
     * Computes the cost.
     *
     * @return this run
     * @throws IllegalStateException if an input or parameter was never set, naming it
     */
    @CanIgnoreReturnValue
    public BlockedRun forward() {
        owner.require();
        costs = costs == null ? new Sums(pool.count(), 1) : costs;
        return run(costs);
    }

    /**
     * Computes the cost and its gradients, both passes for one block after the other.
     *
     * @return this run
     * @throws IllegalStateException if the program has no gradients, or an input or parameter was never set
     */
    @CanIgnoreReturnValue
    public BlockedRun forwardAndBackward() {
        owner.require();
        if (program.wrt().isEmpty()) {
            throw new IllegalStateException(
                    "this program computes no gradients; make it with Program.of(…).withGradients().inBlocks(…)");
        }
        int length = 1;
        for (Node node : program.wrt()) {
            length += given(node).getNumElements();
        }
        Sums known = costsAndGradients;
        costsAndGradients = known == null || known.results.length != length ? new Sums(pool.count(), length) : known;
        return run(costsAndGradients);
    }

    private DMatrixRMaj given(Node node) {
        DMatrixRMaj value = fixed.get(node);
        if (value == null) {
            throw Run.unfed(node);
        }
        return value;
    }

    private BlockedRun run(Sums sums) {
        done = null;
        if (!isComplete) {
            requireAll();
            isComplete = true;
        }
        sums.all.clear();
        prepare();
        Pass pass = new Pass(sums);
        pool.share(pass, pass.units);
        sums.all.total(sums.results);
        addRest(sums);
        done = sums;
        return this;
    }

    private void requireAll() {
        for (Program part : List.of(program.share(), program.rest())) {
            for (Node node : part.graph().nodes()) {
                if (part.reads(node) && !node.equals(program.sum().total()) && !blocks.belong(node)) {
                    given(node);
                }
            }
        }
        for (Node node : Graph.of(program.sum().share()).nodes()) {
            if (Program.isLeaf(node) && blocks.belong(node) && !blocks.has(node)) {
                throw Run.unfed(node);
            }
        }
        blocks.count();
        if (blocks.examples() == 0) {
            throw new IllegalStateException("no examples are set; call set(…) or from(…) first");
        }
        fixed.computeIfAbsent(program.sum().total(), fresh -> new DMatrixRMaj(1, 1))
                .set(0, (double) blocks.examples());
    }

    private void prepare() {
        int full = blocks.count(0);
        for (int worker = 0; worker < workers.length; worker++) {
            workers[worker] = worker(workers[worker], full);
        }
        int rest = blocks.count(blocks.blocks() - 1);
        if (rest != full) {
            last = worker(last, rest);
        }
    }

    private BlockWorker worker(@Nullable BlockWorker known, int count) {
        BlockWorker worker = known == null ? new BlockWorker(program, execution, blocks.buffers(count)) : known;
        worker.share(fixed);
        return worker;
    }

    private void addRest(Sums sums) {
        for (Map.Entry<Node, DMatrixRMaj> entry : fixed.entrySet()) {
            if (program.rest().reads(entry.getKey()) || program.wrt().contains(entry.getKey())) {
                rest.share(entry.getKey(), entry.getValue());
            }
        }
        if (sums.results.length == 1) {
            sums.rest[0] = rest.forward().scalar(program.sum().rest());
        } else {
            BlockWorker.read(rest.forwardAndBackward(), program.sum().rest(), program.wrt(), sums.rest);
        }
        for (int k = 0; k < sums.rest.length; k++) {
            sums.results[k] += sums.rest[k];
        }
    }

    /** One pass over all blocks, in units of neighbouring ones. */
    private final class Pass implements WorkerPool.Work {
        final Sums sums;
        final int perUnit;
        final int units;
        private int next;
        private long finished;

        Pass(Sums sums) {
            this.sums = sums;
            this.perUnit = blocks.isInOrder() ? 1 : Integer.highestOneBit(Math.max(1, blocks.blocks() / UNITS));
            this.units = (blocks.blocks() + perUnit - 1) / perUnit;
        }

        @Override
        public void unit(int unit, int worker) {
            TreeSum sum = sums.ofWorkers[worker].clear();
            int examples = 0;
            int end = Math.min(blocks.blocks(), (unit + 1) * perUnit);
            for (int block = unit * perUnit; block < end; block++) {
                examples += add(block, worker, sum);
            }
            synchronized (this) {
                sums.all.add(sum);
                finished += examples;
                progress.done(finished, blocks.examples());
            }
        }

        /** Computes a block, the next one where they are read in order; how many examples it has. */
        private int add(int given, int worker, TreeSum sum) {
            if (!blocks.isInOrder()) {
                BlockWorker own = workerOf(given, worker);
                blocks.read(given, own.buffers());
                own.add(blocks, given, sum);
                return blocks.count(given);
            }
            int block;
            BlockWorker own;
            synchronized (blocks) {
                block = next++;
                own = workerOf(block, worker);
                blocks.read(block, own.buffers());
            }
            own.add(blocks, block, sum);
            return blocks.count(block);
        }

        private BlockWorker workerOf(int block, int worker) {
            BlockWorker own = blocks.count(block) == blocks.count(0) ? workers[worker] : last;
            return Objects.requireNonNull(own);
        }
    }

    /**
     * {@return the cost}
     *
     * @param node the cost
     * @throws IllegalStateException if it is older than what was set last
     */
    public double scalar(Node node) {
        owner.require();
        if (!Require.given(node, "the node whose value is asked for")
                .equals(program.sum().cost())) {
            throw new IllegalArgumentException(
                    node.describe() + ", made at " + node.source() + ", is not the cost of this program");
        }
        return current(false).results[0];
    }

    /**
     * {@return the gradient of the cost with respect to a node, copied}
     *
     * @param node a node whose gradient the program computes
     * @throws IllegalStateException if {@link #forwardAndBackward()} has not run since something was set
     * @throws IllegalArgumentException if that gradient was not asked for
     */
    public DMatrixRMaj gradient(Node node) {
        DMatrixRMaj out = new DMatrixRMaj(0, 0);
        gradient(node, out);
        return out;
    }

    /**
     * Copies a gradient into a matrix, which is reshaped; see {@link #gradient(Node)}.
     *
     * @param node a node whose gradient the program computes
     * @param out where the gradient goes, modified
     */
    public void gradient(Node node, DMatrixRMaj out) {
        owner.require();
        Require.given(out, "the matrix that a value is copied into");
        int place = program.share().placeOfGradient(node);
        double[] results = current(true).results;
        int first = 1;
        for (int k = 0; k < place; k++) {
            first += given(program.wrt().get(k)).getNumElements();
        }
        DMatrixRMaj like = given(node);
        out.reshape(like.numRows, like.numCols);
        System.arraycopy(results, first, out.data, 0, out.getNumElements());
    }

    /**
     * {@return the gradient of the cost with respect to a node, its elements row by row, copied; see {@link #gradient(Node)}}
     *
     * @param node a node whose gradient the program computes
     */
    public double[] gradientElements(Node node) {
        return Readings.elements(gradient(node));
    }

    /**
     * {@return the gradient of the cost with respect to a 1×1 node; see {@link #gradient(Node)}}
     *
     * @param node a node of shape 1×1 whose gradient the program computes
     */
    public double gradientScalar(Node node) {
        return Readings.scalar(node, gradient(node), "gradient(node)");
    }

    private Sums current(boolean withGradients) {
        Sums known = done;
        if (known == null || (withGradients && known.results.length == 1)) {
            throw new IllegalStateException("nothing is computed yet for what was set last; call "
                    + (withGradients ? "forwardAndBackward()" : "forward() or forwardAndBackward()") + " first");
        }
        return known;
    }

    /** {@return the program that this run computes} */
    public BlockedProgram program() {
        return program;
    }

    /** The program and how far the run is. */
    @Override
    public String toString() {
        return "run of " + program + (done == null ? "; nothing is computed for what was set last" : "; done");
    }
}
