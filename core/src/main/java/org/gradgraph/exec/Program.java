package org.gradgraph.exec;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.batch.ExampleSum;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.jspecify.annotations.Nullable;

/**
 * What to compute: some outputs, the gradients of the first one, and inner values to keep.
 *
 * <p>A program is immutable and safe to share between threads; each thread takes a {@link #newRun() run} of its own.
 *
 * <pre>{@code
 * Program program = Program.of(j).withGradients(a, b, c);
 * Run run = program.newRun();
 * run.set(a, 5).set(b, 3).set(c, 2);
 * run.forward();
 * run.scalar(j);                              // 33
 * run.backward();
 * run.gradient(b);                            // [[6]]
 * }</pre>
 */
@CheckReturnValue
public final class Program {
    private final List<Node> outputs;
    private final List<Node> wrt;
    private final Set<Node> kept;
    private final Graph forward;
    private final Rewriting rewriting;

    private final boolean drawsDropout;
    private final Dropout dropout;

    /** Known from the start where there are gradients, and shared with programs that only keep more. */
    private final @Nullable Rewritten rewritten;

    /** Made when it is first needed. */
    private volatile @Nullable Compiled compiled;

    private Program(
            List<Node> outputs,
            List<Node> wrt,
            Set<Node> kept,
            Graph forward,
            Rewriting rewriting,
            boolean drawsDropout,
            @Nullable Rewritten rewritten) {
        this.outputs = outputs;
        this.wrt = wrt;
        this.kept = kept;
        this.forward = forward;
        this.rewriting = rewriting;
        this.drawsDropout = drawsDropout;
        this.dropout = drawsDropout ? Dropout.DRAWN : Dropout.offIn(forward, kept);
        this.rewritten = rewritten == null && !wrt.isEmpty() ? rewritten() : rewritten;
    }

    /**
     * {@return a program that computes some outputs; see {@link #of(Collection)}}
     *
     * @param outputs at least one node; gradients will be those of the first
     */
    public static Program of(Node... outputs) {
        return of(Require.nodes("Program.of", outputs));
    }

    /**
     * {@return a program that computes some outputs}
     *
     * @param outputs at least one node; gradients will be those of the first
     * @throws IllegalArgumentException if there is none
     */
    public static Program of(Collection<Node> outputs) {
        List<Node> list = Require.nodes("Program.of", outputs);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("a program needs an output: Program.of(node)");
        }
        return new Program(list, List.of(), Set.of(), Graph.of(list), Rewriting.ON, true, null);
    }

    /**
     * {@return the same program with the gradients of its first output, which is the cost}
     *
     * <p>The program is rewritten and differentiated here, so that an operation without a gradient is reported here.
     *
     * @param wrt the nodes to differentiate by, inner ones too; none means every parameter
     * @throws org.gradgraph.graph.NoGradientException if the first output is not 1×1 or an operation on the way has no
     *     vjp
     * @throws IllegalArgumentException if an inner node is not part of the program, or there is no parameter
     */
    public Program withGradients(Node... wrt) {
        return withGradients(Require.nodes("withGradients", wrt));
    }

    /**
     * {@return the same program with the gradients of its first output; see {@link #withGradients(Node...)}}
     *
     * @param wrt the nodes to differentiate by; none means every parameter
     */
    public Program withGradients(Collection<Node> wrt) {
        List<Node> named = Require.nodes("withGradients", wrt);
        List<Node> chosen =
                named.isEmpty() ? forward.nodes(Node.Kind.PARAMETER) : List.copyOf(new LinkedHashSet<>(named));
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "the program has no parameter; name the nodes to differentiate by: withGradients(x)");
        }
        for (Node node : chosen) {
            if (!isLeaf(node)) {
                requireMember(node);
            }
        }
        if (!outputs.get(0).shape().isScalar()) {
            var unused = Derivatives.gradient(outputs.get(0), chosen); // says what is wrong with the node as composed
        }
        return new Program(outputs, chosen, kept, forward, rewriting, drawsDropout, null);
    }

    /**
     * {@return the same program, with these inner values readable after a run}
     *
     * @param nodes nodes of the program
     */
    public Program keeping(Node... nodes) {
        return keeping(Require.nodes("keeping", nodes));
    }

    /**
     * {@return the same program, with these inner values readable after a run; see {@link #keepingAll()}}
     *
     * @param nodes nodes of the program
     */
    public Program keeping(Collection<Node> nodes) {
        Require.nodes("keeping", nodes).forEach(this::requireMember);
        Set<Node> more = new LinkedHashSet<>(kept);
        more.addAll(nodes);
        Rewritten known = rewritten;
        boolean isEnough = known != null && more.stream().allMatch(known::knows);
        return new Program(outputs, wrt, more, forward, rewriting, drawsDropout, isEnough ? known : null);
    }

    /**
     * {@return the same program, with every value of the forward pass readable after a run, for pictures and traces}
     */
    public Program keepingAll() {
        return keeping(forward.nodes());
    }

    /**
     * {@return the same program, run as it was composed or rewritten into a simpler and more stable graph}
     *
     * <p>It is rewritten unless this switches it off, before it is differentiated; a derivative among the outputs, such as
     * {@code Derivatives.hvp}, is taken of the rewritten form, too. Rewriting never changes a shape, and where it changes a value, the
     * new one is nearer to the exact one; {@link #explain()} says what was done.
     *
     * <pre>{@code
     * Program literal = Program.of(j).rewrite(Rewriting.OFF);
     * }</pre>
     *
     * @param choice whether to rewrite
     */
    public Program rewrite(Rewriting choice) {
        Require.given(choice, "rewrite: the choice");
        return choice == rewriting ? this : new Program(outputs, wrt, kept, forward, choice, drawsDropout, null);
    }

    /**
     * {@return the same program with dropout switched off, as for validation and prediction: every mask of
     * {@code RandomNumbers.dropout} or {@code RandomNumbers.dropoutMask} is 1, inside loops, too, and the number of the
     * draw need not be fed}
     *
     * <p>Other random numbers are still drawn, and need their draw.
     *
     * <pre>{@code
     * Program predict = Program.of(p).withoutDropout();
     * }</pre>
     */
    public Program withoutDropout() {
        return new Program(outputs, wrt, kept, forward, rewriting, false, null);
    }

    /**
     * {@return the same cost and gradients, computed in blocks of examples; see {@link #inBlocks(Dim, int)}}
     *
     * @param examples the symbolic side that counts the examples
     */
    public BlockedProgram inBlocks(Dim examples) {
        return new BlockedProgram(exampleSum(examples), wrt, rewriting, 0);
    }

    /**
     * {@return the same cost and gradients, computed in blocks of examples, forward and backward while a block is in the cache}
     *
     * <p>The cost must be a sum over the examples, see {@link ExampleSum}. The sums are added in a fixed order: their bits depend on
     * the size of a block, and not on threads or on how examples are fed. They differ from those of {@link #newRun()} by rounding.
     *
     * <pre>{@code
     * BlockedRun run = Program.of(cost).withGradients(w, b).inBlocks(m).newRun();
     * run.set(x, data).set(y, labels).set(w, w0).set(b, 0);
     * double j = run.forwardAndBackward().scalar(cost);
     * DMatrixRMaj dw = run.gradient(w);
     * }</pre>
     *
     * @param examples the symbolic side that counts the examples
     * @param size how many examples make a block, at least 1; the last block may have fewer
     * @throws IllegalArgumentException if the cost is no sum over the examples, the program has other outputs or kept values, or
     *     a gradient belongs to examples
     */
    public BlockedProgram inBlocks(Dim examples, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("inBlocks: blocks of " + size + " examples; give 1 or more");
        }
        return new BlockedProgram(exampleSum(examples), wrt, rewriting, size);
    }

    private ExampleSum exampleSum(Dim examples) {
        Require.given(examples, "inBlocks: the side that counts the examples");
        if (outputs.size() > 1 || !kept.isEmpty()) {
            throw new IllegalArgumentException(
                    "inBlocks: a program in blocks has one output, the cost, and keeps no inner values");
        }
        return ExampleSum.of(outputs.get(0), examples);
    }

    /** Whether a node is an input or parameter that this program reads. */
    boolean reads(Node node) {
        return isLeaf(node) && forward.contains(node) && !dropout.silent().contains(node);
    }

    /**
     * {@return which rules were used, where and why, and how the program is run; {@link Run#explain()} knows the sizes}
     */
    public Explanation explain() {
        Compiled graph = compiled();
        return new Explanation(
                rewriting,
                composedNodes(),
                graph.everything().nodes().size(),
                graph.firings(),
                () -> PlanPreview.of(graph, !wrt.isEmpty()),
                this::verdicts);
    }

    private String verdicts() {
        Set<String> symbols = new TreeSet<>();
        for (Node node : forward.nodes()) {
            if (isLeaf(node)) {
                symbols.addAll(node.shape().rows().symbols());
                symbols.addAll(node.shape().columns().symbols());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String symbol : outputs.get(0).shape().isScalar() ? symbols : Set.<String>of()) {
            text.append(verdict(Dim.named(symbol))).append('\n');
        }
        return text.toString();
    }

    private String verdict(Dim examples) {
        try {
            String kind = ExampleSum.of(outputs.get(0), examples).readsTotal() ? "mean" : "sum";
            return outputs.get(0).describe() + " is a " + kind + " over the examples of " + examples
                    + ": it can be computed in blocks, by inBlocks(" + examples + ")";
        } catch (IllegalArgumentException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    /** {@return a new workspace, for one thread} */
    public Run newRun() {
        return newRun(Execution.standard());
    }

    /**
     * {@return a new workspace, for one thread, that computes in a chosen way}
     *
     * @param execution how to compute
     */
    public Run newRun(Execution execution) {
        return new Run(this, Require.given(execution, "newRun: the execution"));
    }

    /**
     * {@return the value of a node that depends on no input or parameter, computed as it was composed}
     *
     * <pre>{@code
     * Program.evaluate(Node.constant(3).sqrt());                  // [[1.7320508075688772]]
     * }</pre>
     *
     * @param constant a node below which there are only constants
     * @throws IllegalStateException if it depends on an input or parameter
     */
    public static DMatrixRMaj evaluate(Node constant) {
        Require.given(constant, "Program.evaluate: the node");
        return of(constant).rewrite(Rewriting.OFF).newRun().forward().value(constant);
    }

    /** {@return the outputs, in the order given} */
    public List<Node> outputs() {
        return outputs;
    }

    /** {@return the nodes whose gradients are computed} */
    public List<Node> wrt() {
        return wrt;
    }

    /** {@return the graph of the outputs} */
    public Graph graph() {
        return forward;
    }

    /**
     * {@return the graph of the gradients as composed, in the order of {@link #wrt()}; its nodes continue those of
     * {@link #graph()}}
     *
     * <p>Made when it is asked for, to be read: what is run is the derivative of the rewritten outputs.
     */
    public Graph gradientGraph() {
        return Graph.of(wrt.isEmpty() ? List.of() : Derivatives.gradient(outputs.get(0), wrt));
    }

    /**
     * {@return the graph that is run: rewritten, with the outputs and then the gradients, in their orders, as results}
     *
     * <p>For whoever runs, prints or translates it elsewhere. Nodes that no rule changed are the very same as in {@link #graph()}.
     *
     * <pre>{@code
     * Graph run = Program.of(cost).withGradients(w).rewrittenGraph();
     * Node dw = run.roots().get(1);
     * }</pre>
     */
    public Graph rewrittenGraph() {
        Compiled graph = compiled();
        List<Node> roots = new ArrayList<>();
        outputs.forEach(output -> roots.add(graph.of(output)));
        roots.addAll(graph.gradients());
        return Graph.of(roots);
    }

    private int composedNodes() {
        List<Node> roots = new ArrayList<>(outputs);
        roots.addAll(gradientGraph().roots());
        return Graph.of(roots).nodes().size();
    }

    /** What is run. */
    Compiled compiled() {
        Compiled known = compiled;
        if (known == null) {
            synchronized (this) {
                known = compiled;
                if (known == null) {
                    Rewritten ready = rewritten;
                    List<Node> readable = new ArrayList<>(outputs);
                    readable.addAll(kept);
                    known = new Compiled(ready == null ? rewritten() : ready, readable);
                    compiled = known;
                }
            }
        }
        return known;
    }

    private Rewritten rewritten() {
        return Rewritten.of(forward, wrt, kept, rewriting, dropout);
    }

    Set<Node> kept() {
        return kept;
    }

    /** The place of a node in {@link #wrt()}. */
    int placeOfGradient(Node node) {
        int place = wrt.indexOf(Require.given(node, "the node whose gradient is asked for"));
        if (place < 0) {
            throw new IllegalArgumentException("no gradient of " + node.describe() + ", made at " + node.source()
                    + ", was asked for; add it to withGradients(…)");
        }
        return place;
    }

    static boolean isLeaf(Node node) {
        return node.kind() == Node.Kind.INPUT || node.kind() == Node.Kind.PARAMETER;
    }

    private void requireMember(Node node) {
        if (!forward.contains(node)) {
            throw new IllegalArgumentException(
                    node.describe() + ", made at " + node.source()
                            + ", is not part of this program; use the very node the outputs are made of (named() makes a copy)");
        }
    }

    /** What goes out and what it is differentiated by, for example {@code program of "J" 1×1 by "w" 3×1, "b" 1×1}. */
    @Override
    public String toString() {
        String text = outputs.stream().map(Node::describe).collect(Collectors.joining(", ", "program of ", ""));
        return wrt.isEmpty()
                ? text
                : wrt.stream().map(Node::describe).collect(Collectors.joining(", ", text + " by ", ""));
    }
}
