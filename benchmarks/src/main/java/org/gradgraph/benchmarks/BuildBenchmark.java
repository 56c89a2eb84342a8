package org.gradgraph.benchmarks;

import java.util.concurrent.TimeUnit;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The time from nothing to the first gradient of a large graph, each time with new nodes.
 *
 * <p>The graph is a recurrence, x ← tanh(w·x + b) with three parameters, so that each part depends on the one before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BuildBenchmark {
    private static final int NODES_PER_TURN = 3;

    /** How far it goes. */
    public enum Phase {
        /** The nodes of the cost. */
        BUILD,
        /** And those of its gradient. */
        DIFFERENTIATE,
        /** And all that a run needs: rewriting, planning and the first pass. */
        COMPILE
    }

    /** The number of nodes of the cost. */
    @Param({"1000", "10000", "100000", "1000000"})
    public int nodes;

    /** How far it goes. */
    @Param
    public Phase phase = Phase.BUILD;

    @SuppressWarnings("NullAway.Init") // by prepare(), which JMH calls first
    private Recurrence graph;

    @SuppressWarnings("NullAway.Init") // by prepare(), which JMH calls first
    private Program program;

    private record Recurrence(Node start, Node w, Node b, Node end) {
        static Recurrence of(int nodes) {
            Node start = Node.parameter("x");
            Node w = Node.parameter("w");
            Node b = Node.parameter("b");
            Node x = start;
            for (int i = 0; i < nodes / NODES_PER_TURN; i++) {
                x = w.times(x).plus(b).tanh();
            }
            return new Recurrence(start, w, b, x);
        }

        Program differentiated() {
            return Program.of(end).withGradients(start, w, b);
        }

        double firstGradient(Program program) {
            Run run = program.newRun().set(start, 0.5).set(w, 0.9).set(b, 0.1);
            run.forwardAndBackward();
            return run.scalar(end);
        }
    }

    /** Does what comes before the phase that is timed. */
    @Setup(Level.Iteration)
    public void prepare() {
        if (phase != Phase.BUILD) {
            graph = Recurrence.of(nodes);
        }
        if (phase == Phase.COMPILE) {
            program = graph.differentiated();
        }
    }

    /** What is timed. */
    @Benchmark
    public Object time() {
        return switch (phase) {
            case BUILD -> Recurrence.of(nodes);
            case DIFFERENTIATE -> graph.differentiated();
            case COMPILE -> graph.firstGradient(program);
        };
    }
}
