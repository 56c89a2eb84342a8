package org.gradgraph.exec.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.plan.GraphAnalysis.Phase;
import org.gradgraph.exec.plan.KernelBuilder.Result;
import org.gradgraph.exec.thread.WorkerPool;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.Sizes;
import org.gradgraph.graph.View;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a program for one set of sizes: which step writes to which buffer.
 *
 * <p>A buffer is taken over by a later value once its last reader has run, by that reader itself where it goes element
 * by element. What may still be read is never taken over: outputs, kept values, gradients, and forward values that a
 * separate backward pass reads, because it may run twice.
 *
 * <pre>{@code
 * Plan plan = new Plan(graph, forwardSize, leaves, sizes, options);
 * plan.bind();
 * plan.forward();
 * DMatrixRMaj value = plan.buffer(node);
 * }</pre>
 */
public final class Plan {
    private final Options options;
    private final GraphAnalysis analysis;
    private final Guards guards;
    private final Schedule schedule;
    private final DMatrixRMaj[] buffers;
    private final List<Step> forward = new ArrayList<>();
    private final List<Step> backward = new ArrayList<>();
    private final KernelBuilder.Formulas formulas;
    private final BufferPool pool = new BufferPool();
    private Loops[] loops = {};
    private final boolean[] escapes;
    private final int[] lastUse;

    /** What tells whether conditions hold, by the value of the condition; null as long as it has no step. */
    private final Map<Integer, @Nullable Guard> guardOf = new HashMap<>();

    /**
     * Schedules and allocates; what depends on no input is computed here, once.
     *
     * @param graph everything that is computed; the results of the forward pass, then the gradients
     * @param forwardSize how many of its nodes, the first ones, belong to the forward pass
     * @param leaves the buffers of inputs and parameters, shared with the run
     * @param sizes what the symbolic dimensions stand for
     * @param options how it is computed
     */
    public Plan(Graph graph, int forwardSize, Map<Node, DMatrixRMaj> leaves, Sizes sizes, Options options) {
        this.options = options;
        int n = graph.nodes().size();
        boolean[] roots = new boolean[n];
        for (Node root : graph.roots()) {
            roots[graph.indexOf(root)] = true;
        }
        this.analysis = new GraphAnalysis(graph, options.inOnePass() ? n : forwardSize, roots, sizes, options.fuses());
        this.formulas = new KernelBuilder.Formulas(analysis.size());
        if (options.fuses()) {
            CommonSubexpressions.move(analysis, formulas);
        }
        this.guards = new Guards(analysis);
        this.schedule = new Schedule(analysis, guards, options.fuses());
        this.buffers = new DMatrixRMaj[analysis.size()];
        this.escapes = new boolean[buffers.length];
        this.lastUse = new int[buffers.length];
        for (int i = 0; i < buffers.length; i++) {
            escapes[i] = analysis.isRoot(i);
            if (analysis.isLeaf(i)) {
                buffers[i] = leaves.get(analysis.node(i));
            }
        }
        findLastUses();
        List<Group> groups = schedule.groups();
        for (int t = 0; t < groups.size(); t++) {
            addStep(groups.get(t), t);
        }
    }

    private void findLastUses() {
        Arrays.fill(lastUse, -1);
        List<Group> groups = schedule.groups();
        for (int t = 0; t < groups.size(); t++) {
            Group group = groups.get(t);
            for (int place = 0; place < group.size(); place++) {
                int i = group.member(place);
                for (int k = 0; k < analysis.readCount(i); k++) {
                    int source = analysis.read(i, k);
                    boolean stays = analysis.isRoot(source)
                            || analysis.isLeaf(source)
                            || analysis.phase(source) != analysis.phase(i);
                    lastUse[source] = stays ? Integer.MAX_VALUE : Math.max(lastUse[source], t);
                    escapes[source] |= !schedule.together(source, i);
                }
                for (int condition : guards.conditions(i)) {
                    escapes[condition] = true;
                    guardOf.put(condition, null);
                }
            }
        }
    }

    private void addStep(Group group, int time) {
        int first = group.member(0);
        Step step = analysis.isFusable(first) ? fused(group, time) : guarded(group, null, single(first));
        List<Guard> checks = checks(group);
        List<double[]> dead = new ArrayList<>();
        for (int place = 0; place < group.size(); place++) {
            int i = group.member(place);
            for (int k = 0; k < analysis.readCount(i); k++) {
                int source = analysis.read(i, k);
                if (lastUse[source] == time && escapes[source]) {
                    lastUse[source] = Integer.MAX_VALUE;
                    dead.add(buffers[source].data);
                }
            }
        }
        for (double[] data : dead) {
            pool.giveBack(data);
        }
        if (group.phase() == Phase.ONCE) {
            step.run();
            checks.forEach(Guard::run);
            return;
        }
        List<Step> steps = group.phase() == Phase.FORWARD ? forward : backward;
        steps.add(step);
        steps.addAll(checks);
        if (options.poisons() && !dead.isEmpty()) {
            steps.add(new PoisonStep(dead));
        }
    }

    /** The conditions that a group computes; they are looked at before their buffers are taken over. */
    private List<Guard> checks(Group group) {
        List<Guard> checks = new ArrayList<>();
        for (int place = 0; place < group.size() && !guardOf.isEmpty(); place++) {
            int i = group.member(place);
            if (guardOf.containsKey(i)) {
                Guard guard = new Guard(buffers[i]);
                guardOf.put(i, guard);
                checks.add(guard);
            }
        }
        return checks;
    }

    /** The full step alone if the group waits for no condition. */
    private Step guarded(Group group, @Nullable Step usual, Step full) {
        Set<Integer> conditions = conditions(group);
        return conditions.isEmpty()
                ? full
                : new GuardedStep(conditions.stream().map(guardOf::get).toArray(Guard[]::new), usual, full);
    }

    private Set<Integer> conditions(Group group) {
        Set<Integer> conditions = new LinkedHashSet<>();
        for (int place = 0; place < group.size(); place++) {
            for (int condition : guards.conditions(group.member(place))) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private DMatrixRMaj buffer(int i, double[] data) {
        buffers[i] = DMatrixRMaj.wrap(analysis.rows(i), analysis.columns(i), data);
        return buffers[i];
    }

    private Step single(int i) {
        Op op = analysis.op(i);
        int[] reads = analysis.inputs(i);
        DMatrixRMaj out = buffer(i, pool.take(analysis.elements(i)));
        if (op instanceof MatMul product) {
            return new ProductStep(
                    buffers[analysis.factor(i, 0)],
                    buffers[analysis.factor(i, 1)],
                    out,
                    product.transposeA() ? analysis.rows(reads[0]) : analysis.columns(reads[0]),
                    product.transposeA() ^ analysis.isTransposed(i, 0),
                    product.transposeB() ^ analysis.isTransposed(i, 1),
                    options.kernels(),
                    options.workers());
        }
        if (op instanceof View view) {
            return new ViewStep(view, buffers[reads[0]], out);
        }
        if (op instanceof Kernel kernel) {
            List<DMatrixRMaj> operands =
                    Arrays.stream(reads).mapToObj(k -> buffers[k]).toList();
            return new KernelStep(kernel, operands, out, analysis.node(i));
        }
        if (op instanceof Loop loop) {
            List<DMatrixRMaj> operands =
                    Arrays.stream(reads).mapToObj(k -> buffers[k]).toList();
            return new LoopStep(loop, operands, out, options);
        }
        throw new IllegalStateException("no step computes " + op.label());
    }

    private Step fused(Group group, int time) {
        KernelBuilder assembly = new KernelBuilder(group, analysis, guards, schedule, formulas, escapes);
        int domain = analysis.domain(group.member(0));
        Tiles tiles = new Tiles(analysis.rows(domain), analysis.columns(domain));
        DMatrixRMaj[] targets = new DMatrixRMaj[assembly.code().valueCount()];
        FusedCode usualCode = conditions(group).isEmpty() ? assembly.code() : assembly.usualCode();
        TakeOver takeOver = tiles.elements() == 1 ? null : new TakeOver(assembly, usualCode);
        for (Result result : assembly.written()) {
            int heir = takeOver == null ? -1 : takeOver.find(result.value(), time);
            double[] data = heir < 0 ? pool.take(analysis.elements(result.node())) : buffers[heir].data;
            targets[result.value()] = buffer(result.node(), data);
        }
        if (tiles.elements() == 1) {
            return new NumberStep(assembly.code(), targets, buffers);
        }
        List<TileReduction> reductions = new ArrayList<>();
        for (Result sum : assembly.summed()) {
            DMatrixRMaj out = buffer(sum.node(), pool.take(analysis.elements(sum.node())));
            Reduction op = (Reduction) analysis.op(sum.node());
            Folder folder = Folder.of(op.fold(), options.kernels());
            reductions.add(TileReduction.of(
                    op.over(), folder, tiles, out, options.workers().count()));
        }
        if (loops.length == 0) {
            loops = new Loops[options.workers().count()];
            Arrays.setAll(loops, worker -> options.kernels().loops(Tiles.BLOCK));
        }
        Step full = pass(assembly.code(), assembly, result -> true, targets, reductions, tiles);
        if (usualCode == assembly.code()) {
            return full;
        }
        boolean isAllRare = Stream.concat(assembly.written().stream(), assembly.summed().stream())
                .allMatch(Result::isRare);
        Step usual =
                isAllRare ? null : pass(usualCode, assembly, result -> !result.isRare(), targets, reductions, tiles);
        return guarded(group, usual, full);
    }

    /** A pass that computes some results of a group; the buffers belong to all of them. */
    private Step pass(
            FusedCode code,
            KernelBuilder assembly,
            Predicate<Result> isWanted,
            DMatrixRMaj[] targets,
            List<TileReduction> reductions,
            Tiles tiles) {
        DMatrixRMaj[] written = new DMatrixRMaj[targets.length];
        assembly.written().stream()
                .filter(isWanted)
                .forEach(result -> written[result.value()] = targets[result.value()]);
        int[] summed = IntStream.range(0, reductions.size())
                .filter(sum -> isWanted.test(assembly.summed().get(sum)))
                .toArray();
        return new FusedStep(
                code,
                written,
                buffers,
                IntStream.of(summed)
                        .map(sum -> assembly.summed().get(sum).value())
                        .toArray(),
                IntStream.of(summed).mapToObj(reductions::get).toArray(TileReduction[]::new),
                tiles,
                options.kernels(),
                loops,
                options.workers());
    }

    /** Finds operands whose buffer the pass that reads them last may write to. */
    private final class TakeOver {
        private final FusedCode code;
        private final FusedCode usualCode;
        private final int[] lastReaders;
        private final int[] usualLastReaders;
        private final List<Integer> candidates = new ArrayList<>();

        TakeOver(KernelBuilder assembly, FusedCode usualCode) {
            this.code = assembly.code();
            this.usualCode = usualCode;
            this.lastReaders = code.lastReaders();
            this.usualLastReaders = usualCode == code ? lastReaders : usualCode.lastReaders();
            for (Result sum : assembly.summed()) {
                lastReaders[sum.value()] = Integer.MAX_VALUE;
                usualLastReaders[sum.value()] = Integer.MAX_VALUE;
            }
            for (int value = 0; value < code.valueCount(); value++) {
                if (code.isOutside(value) && code.outsideAt(value).access() == Access.FULL) {
                    candidates.add(value);
                }
            }
        }

        /** The node whose buffer may be overwritten when {@code value} is computed, or −1. */
        int find(int value, int time) {
            for (int candidate : candidates) {
                int node = code.outsideAt(candidate).node();
                if (lastUse[node] == time
                        && lastReaders[candidate] <= code.instructionOf(value)
                        && isUsuallyRead(candidate, value)
                        && isReadOnce(node)) {
                    lastUse[node] = Integer.MAX_VALUE;
                    return node;
                }
            }
            return -1;
        }

        /** While conditions hold, a value may be computed earlier or later among the others, or not at all. */
        private boolean isUsuallyRead(int candidate, int value) {
            int at = usualCode.instructionOf(value);
            return at < 0 || usualLastReaders[candidate] <= at;
        }

        private boolean isReadOnce(int node) {
            for (int value = 0; value < code.valueCount(); value++) {
                if (code.isOutside(value)
                        && code.outsideAt(value).node() == node
                        && code.outsideAt(value).access() != Access.FULL) {
                    return false;
                }
            }
            return true;
        }
    }

    public void bind() {
        for (Step step : forward) {
            step.bind();
        }
        for (Step step : backward) {
            step.bind();
        }
    }

    public void forward() {
        run(forward);
    }

    public void backward() {
        run(backward);
    }

    private static void run(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).run();
        }
    }

    public DMatrixRMaj buffer(Node node) {
        return buffers[analysis.valueOf(node)];
    }

    /**
     * How a plan computes.
     *
     * @param kernels the loops and products
     * @param workers what shares the larger steps
     * @param fuses whether elementwise operations share passes
     * @param poisons whether buffers that are given up are filled with NaN
     * @param inOnePass whether the gradients are computed with the outputs, in the forward pass
     */
    public record Options(Kernels kernels, WorkerPool workers, boolean fuses, boolean poisons, boolean inOnePass) {}

    /** What both passes cost, for comparing plans without a clock. */
    public Work work() {
        List<Step> both = Stream.concat(forward.stream(), backward.stream()).toList();
        return new Work(
                (int) both.stream().filter(Step::isPass).count(),
                both.stream().mapToLong(Step::transcendentals).sum());
    }

    /**
     * What a plan costs.
     *
     * @param steps how many steps go once over some matrices, fallbacks apart
     * @param transcendentals how many exponentials, logarithms and the like are computed
     */
    public record Work(int steps, long transcendentals) {}

    /** The steps of both passes in order, and the memory they use. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        text.append("kernels: ").append(options.kernels().name());
        text.append("; at most ")
                .append(options.workers().count())
                .append(options.workers().count() == 1 ? " thread" : " threads");
        text.append("; fusion ").append(options.fuses() ? "on" : "off").append('\n');
        append("forward", forward, text);
        append("backward", backward, text);
        return text.append("buffers: ")
                .append(8 * pool.allocated())
                .append(" bytes for the values of ")
                .append(Arrays.stream(buffers).filter(Objects::nonNull).count())
                .append(" nodes of ")
                .append(buffers.length)
                .append('\n')
                .toString();
    }

    private static void append(String pass, List<Step> steps, StringBuilder text) {
        for (int i = 0; i < steps.size(); i++) {
            text.append(pass).append(' ').append(i + 1).append(": ");
            text.append(steps.get(i).describe()).append('\n');
        }
    }
}
