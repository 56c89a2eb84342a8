package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.junit.jupiter.api.Test;

/** What a debugger and a log show of the objects that people hold. */
class PrintedStateTest {
    private final Node w = Node.parameter("w");
    private final Node cost = w.minus(3).square().named("J");

    @Test
    void a_program_and_its_run() {
        Program program = Program.of(cost);
        assertThat(program).hasToString("program of \"J\" 1×1");
        Run run = program.withGradients().newRun();
        assertThat(run)
                .hasToString("run of program of \"J\" 1×1 by \"w\" 1×1; nothing is computed for what was set last");
        assertThat(run.set(w, 1).forward().toString()).endsWith("; forward() is done");
        assertThat(run.backward().toString()).endsWith("; forward() and backward() are done");
    }

    @Test
    void an_execution() {
        assertThat(Execution.standard().withPortableKernels().withThreads(1).withoutFusion())
                .hasToString("portable kernels, at most 1 thread, fusion off");
    }

    @Test
    void a_trainer_and_its_training() {
        Trainer trainer = Trainer.of(cost)
                .initialValues(Feeds.of(w, 3))
                .optimizer(Optimizers.adam(0.1))
                .steps(1);
        assertThat(trainer).hasToString("trainer of \"J\" 1×1 by Adam, at most 1 step");
        assertThat(trainer.train()).hasToString("1 step, cost 0.0: the limit of 1 step was reached");
    }
}
