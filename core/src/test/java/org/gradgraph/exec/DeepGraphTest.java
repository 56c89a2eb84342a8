package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The depth of a graph costs no stack: 100,000 nodes in a row, in a thread with a stack of 256 KB. */
class DeepGraphTest {
    private static final int DEPTH = 100_000;

    private static void inSmallStack(Runnable task) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        task.run();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                },
                "small stack",
                256 * 1024);
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    /** x to the power of 100,001 at 1: both derivatives are whole numbers that a double holds exactly. */
    private static Node power(Node x) {
        Node power = x;
        for (int i = 0; i < DEPTH; i++) {
            power = power.times(x);
        }
        return power;
    }

    @Test
    @DisplayName("bug class 4: is built and printed")
    void is_built_and_printed() throws InterruptedException {
        inSmallStack(() -> {
            Node j = power(Node.parameter("x"));
            Graph graph = Graph.of(j);
            assertThat(graph.nodes()).hasSize(DEPTH + 1);
            assertThat(graph.toString()).endsWith("return n" + DEPTH + "\n");
            assertThat(j.toString()).isEqualTo("multiply 1×1");
            assertThat(j.hashCode()).isEqualTo(j.hashCode());
        });
    }

    @Test
    @DisplayName("bug class 4: is compiled and run forward and backward")
    void is_compiled_and_run_forward_and_backward() throws InterruptedException {
        inSmallStack(() -> {
            Node x = Node.parameter("x");
            Node j = power(x);
            Program program = Program.of(j).withGradients();
            Run run = program.newRun().set(x, 1).forward().backward();
            assertThat(run.scalar(j)).isEqualTo(1);
            assertThat(run.gradient(x).get(0, 0)).isEqualTo(DEPTH + 1.0);
            assertThat(program.gradientGraph().toString()).contains("\"dx\"");
        });
    }

    /** The second gradient goes back through both chains of the first one. */
    @Test
    @DisplayName("bug class 4: is differentiated twice")
    void is_differentiated_twice() throws InterruptedException {
        inSmallStack(() -> {
            Node x = Node.parameter("x");
            Node chain = x;
            for (int i = 0; i < DEPTH; i++) {
                chain = chain.negate();
            }
            Node second = Derivatives.gradient(Derivatives.gradient(chain.square(), x), x);
            Graph graph = Graph.of(second);
            assertThat(graph.nodes()).hasSizeGreaterThan(2 * DEPTH);
            assertThat(graph.toString()).contains("return n");
            assertThat(Program.of(second).graph().nodes()).hasSameSizeAs(graph.nodes());
            Program all = Program.of(chain, second);
            assertThat(all.newRun().set(x, 1).forward().scalar(second)).isEqualTo(2);
        });
    }
}
