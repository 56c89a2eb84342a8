package org.gradgraph.exec;

import java.util.List;
import java.util.function.Supplier;
import org.gradgraph.rewrite.RuleApplication;

/**
 * What a program does with the graph that was composed.
 *
 * <pre>{@code
 * System.out.println(Program.of(cost).withGradients(w, b).explain());
 * // rewriting: 14 nodes instead of 25, rules used 6 times
 * // logarithm of exponentials: log(sigmoid(z)) → logSigmoid(z), at log 1×m, Model.java:12
 * //     better rounding: no overflow, no loss of digits near 0 and 1
 * // steps of both passes in one, if m = 100; run.explain() tells of the sizes that were fed:
 * // kernels: portable; at most 2 threads; fusion on
 * // forward 1: product aᵀ·b with inner side 30, portable
 * }</pre>
 */
public final class Explanation {
    private final Rewriting rewriting;
    private final int composed;
    private final int run;
    private final List<RuleApplication> rewrites;
    private final Supplier<String> plan;
    private final Supplier<String> blocks;

    Explanation(
            Rewriting rewriting,
            int composed,
            int run,
            List<RuleApplication> rewrites,
            Supplier<String> plan,
            Supplier<String> blocks) {
        this.rewriting = rewriting;
        this.composed = composed;
        this.run = run;
        this.rewrites = List.copyOf(rewrites);
        this.plan = plan;
        this.blocks = blocks;
    }

    /**
     * {@return every use of a rule: which, at which node and line, and what became what; those of the forward graph
     * first}
     */
    public List<RuleApplication> rewrites() {
        return rewrites;
    }

    /** {@return the number of nodes that were composed or differentiated} */
    public int composedNodes() {
        return composed;
    }

    /** {@return the number of nodes that are run} */
    public int runNodes() {
        return run;
    }

    /**
     * {@return the steps in order, with what is fused, the kernels, threads and buffers}
     *
     * <p>What a symbolic dimension stands for is known when a run is fed; here it is 100, and {@link Run#explain()} tells of
     * the sizes that were fed. Computed when it is asked for.
     */
    public String steps() {
        return plan.get();
    }

    /**
     * {@return for each symbolic side whether the first output is a sum over its examples, so that {@link Program#inBlocks} can
     * compute it, or which node breaks that; a line each}
     *
     * <p>Computed when it is asked for.
     */
    public String blocks() {
        return blocks.get();
    }

    /** One line for the rewriting, two for each use of a rule, one for each step, and one for each symbolic side. */
    @Override
    public String toString() {
        return rewriting() + steps() + blocks();
    }

    private String rewriting() {
        if (rewriting == Rewriting.OFF) {
            return "rewriting: off, " + composed + " nodes\n";
        }
        StringBuilder text = new StringBuilder("rewriting: " + run + " nodes instead of " + composed + ", rules used "
                + rewrites.size() + (rewrites.size() == 1 ? " time\n" : " times\n"));
        for (RuleApplication firing : rewrites) {
            text.append(firing).append('\n');
            text.append("    ").append(firing.rule().effect()).append(": ");
            text.append(firing.rule().ieee()).append('\n');
        }
        return text.toString();
    }
}
