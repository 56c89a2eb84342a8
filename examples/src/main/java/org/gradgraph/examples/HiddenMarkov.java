package org.gradgraph.examples;

import java.util.Arrays;
import java.util.Locale;
import org.gradgraph.examples.console.TextTable;
import org.gradgraph.examples.lesson.Lesson;
import org.gradgraph.examples.lesson.Question;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.scan.Scan;
import picocli.CommandLine.Command;

/** The forward algorithm of a hidden Markov model in log space; its gradient is the posterior. */
@Command(
        name = "hidden-markov",
        description =
                "The forward algorithm sums over all hidden paths in a loop; its gradient is what is known of each step.")
@Question("Three states and 1000 steps have 3¹⁰⁰⁰ paths. How many numbers does the loop hand from step to step?")
final class HiddenMarkov extends Lesson {
    /** From each state, the row, to each state. */
    private static final double[][] MOVES = {{0.8, 0.15, 0.05}, {0.2, 0.6, 0.2}, {0.1, 0.3, 0.6}};

    /** What is seen in each state, the row. */
    private static final double[][] SEEN = {{0.7, 0.2, 0.1}, {0.3, 0.4, 0.3}, {0.05, 0.25, 0.7}};

    private static final double[] OBSERVED = {0, 0, 1, 2, 2, 1, 0, 2};

    private static final int STATES = 3;

    /** Some tens of roundings. */
    private static final double ROUNDING = 1e-13;

    @Override
    protected void teach() {
        // tag::java[]
        Node observed = Node.input("observed", 1, Dim.named("T"));
        Node moves = Node.constant(MOVES).log();
        Node seen = Node.constant(SEEN).log();
        Node scores =
                seen.matmul(Indexing.oneHot(observed, STATES, Over.EACH_COLUMN)).named("E");
        Node equal =
                Node.constant(new double[][] {{1}, {1}, {1}}).dividedBy(STATES).log();
        Node last = Scan.fold(
                scores,
                equal,
                (before, score) -> Reductions.logSumExp(before.plus(moves), Over.EACH_COLUMN)
                        .transpose()
                        .plus(score));
        Node logLikelihood = Reductions.logSumExp(last);
        Run run = Program.of(logLikelihood).withGradients(scores).newRun();
        run.set(observed, OBSERVED).forward().backward();
        // end::java[]
        double[][] paths = new double[STATES][OBSERVED.length];
        double total = allPaths(paths);
        out().println("log-likelihood of " + OBSERVED.length + " observations: "
                + digits(run.scalar(logLikelihood)) + ", the sum over "
                + (int) Math.pow(STATES, OBSERVED.length) + " paths: " + digits(Math.log(total)));
        figures.check("log-likelihood", Math.log(total), run.scalar(logLikelihood), ROUNDING);
        out().println();
        TextTable table = new TextTable("step", "observed", "state 0", "state 1", "state 2");
        double[][] posterior = run.gradientRows(scores);
        for (int t = 0; t < OBSERVED.length; t++) {
            table.row(
                    Integer.toString(t),
                    Integer.toString((int) OBSERVED[t]),
                    digits(posterior[0][t]),
                    digits(posterior[1][t]),
                    digits(posterior[2][t]));
            for (int k = 0; k < STATES; k++) {
                figures.check("posterior, by all paths", paths[k][t] / total, posterior[k][t], ROUNDING);
            }
        }
        out().println("the gradient of the log-likelihood by the scores: the probability of each state, given all");
        out().print(table);
        double[] many = new double[1000];
        Arrays.setAll(many, t -> OBSERVED[t % OBSERVED.length]);
        double ofMany = run.set(observed, many).forward().scalar(logLikelihood);
        out().println();
        out().println("1000 observations: " + digits(ofMany) + "; the probability itself is below the smallest double");
        figures.holds("a probability that is no double has a logarithm", ofMany < -750 && Math.exp(ofMany) == 0);
    }

    /**
     * The probability of what was observed, path by path.
     *
     * @param paths receives, for each state and step, the probability of the paths that are there then
     */
    private static double allPaths(double[][] paths) {
        double total = 0;
        int count = (int) Math.pow(STATES, OBSERVED.length);
        for (int path = 0; path < count; path++) {
            int[] state = new int[OBSERVED.length];
            for (int t = 0, rest = path; t < state.length; t++, rest /= STATES) {
                state[t] = rest % STATES;
            }
            double probability = 0;
            for (double[] before : MOVES) {
                probability += before[state[0]] / STATES;
            }
            for (int t = 0; t < state.length; t++) {
                probability *= (t == 0 ? 1 : MOVES[state[t - 1]][state[t]]) * SEEN[state[t]][(int) OBSERVED[t]];
            }
            total += probability;
            for (int t = 0; t < state.length; t++) {
                paths[state[t]][t] += probability;
            }
        }
        return total;
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
