package org.gradgraph.exec;

import java.util.List;
import org.gradgraph.rewrite.Firing;

/**
 * What a program does with the graph that was composed.
 *
 * <pre>{@code
 * System.out.println(Program.of(cost).withGradients(w, b).explain());
 * // rewriting: 14 nodes instead of 25, by 6 rules
 * // logarithm of sigmoid: log(sigmoid(z)) → logSigmoid(z), at log 1×m, Model.java:12
 * //     better rounding: no overflow, no loss of digits near 0 and 1
 * }</pre>
 */
public final class Explanation {
    private final Rewriting rewriting;
    private final int composed;
    private final int run;
    private final List<Firing> rewrites;

    Explanation(Rewriting rewriting, int composed, int run, List<Firing> rewrites) {
        this.rewriting = rewriting;
        this.composed = composed;
        this.run = run;
        this.rewrites = List.copyOf(rewrites);
    }

    /** Every use of a rule: which, at which node and line, and what became what; those of the forward graph first. */
    public List<Firing> rewrites() {
        return rewrites;
    }

    /** The number of nodes that were composed or differentiated. */
    public int composedNodes() {
        return composed;
    }

    /** The number of nodes that are run. */
    public int runNodes() {
        return run;
    }

    /** One line for the whole, and two for each use of a rule. */
    @Override
    public String toString() {
        if (rewriting == Rewriting.OFF) {
            return "rewriting: off, " + composed + " nodes\n";
        }
        StringBuilder text = new StringBuilder("rewriting: " + run + " nodes instead of " + composed + ", rules used "
                + rewrites.size() + (rewrites.size() == 1 ? " time\n" : " times\n"));
        for (Firing firing : rewrites) {
            text.append(firing).append('\n');
            text.append("    ").append(firing.rule().effect()).append(": ");
            text.append(firing.rule().ieee()).append('\n');
        }
        return text.toString();
    }
}
