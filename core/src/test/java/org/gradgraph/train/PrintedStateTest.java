package org.gradgraph.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.check.GradientCheck;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.optim.Optimizers;
import org.gradgraph.optim.Schedule;
import org.gradgraph.scan.Scan;
import org.gradgraph.scan.ScanBuilder;
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
    void a_schedule() {
        assertThat(Schedule.constant(0.1)).hasToString("rate 0.1");
        assertThat(Schedule.stepDecay(0.1, 0.5, 10)).hasToString("rate 0.1, times 0.5 every 10 steps");
        assertThat(Schedule.exponentialDecay(0.1, 0.5, 1)).hasToString("rate 0.1, times 0.5 smoothly in 1 step");
        assertThat(Schedule.inverseTime(0.1, 2)).hasToString("rate 0.1/(1 + 2.0·step)");
        assertThat(Schedule.cosine(0.1, 100).warmedUp(50))
                .hasToString("half a cosine from rate 0.1 to 0 in 100 steps, after a warm-up of 50 steps");
        Schedule own = step -> 0.1;
        assertThat(own.warmedUp(5)).hasToString("custom schedule, after a warm-up of 5 steps");
        assertThat(Optimizers.lbfgs()).hasToString("L-BFGS");
        assertThat(Optimizers.gaussNewton()).hasToString("Gauss-Newton");
    }

    @Test
    void early_stopping_and_a_gradient_check() {
        EarlyStopping rule = EarlyStopping.on(Feeds.none());
        assertThat(rule).hasToString("a look every step, stop after 10 looks without improvement");
        assertThat(rule.everySteps(5).withPatience(1).improvingBy(0.01))
                .hasToString("a look every 5 steps, stop after 1 look without improvement by more than 0.01");
        assertThat(GradientCheck.of(cost)).hasToString("gradient check of \"J\" 1×1 by all parameters");
        assertThat(GradientCheck.of(cost).withRespectTo(w).order(2))
                .hasToString("gradient and Hessian check of \"J\" 1×1 by \"w\" 1×1");
    }

    @Test
    void a_loop() {
        Node x = Node.input("X", Dim.of(4), Dim.named("T"));
        ScanBuilder builder = Scan.over(x).backwards().state("h", Node.constant(0));
        assertThat(builder).hasToString("loop over \"X\" 4×T, backwards, with states [h]; call step(…)");
        assertThat(Scan.times(5)).hasToString("loop of 5 steps with no state; call step(…)");
        assertThat(builder.step(s -> {
                    assertThat(s).hasToString("step with states [h] and outputs []");
                    return s.next("h", s.input().sum()).output("sum", s.state("h"));
                }))
                .hasToString("loop of T steps with states [h] and outputs [sum]");
    }

    @Test
    void a_trainer_and_its_training() {
        Trainer trainer = Trainer.of(cost)
                .initialValues(Feeds.of(w, 3))
                .optimizer(Optimizers.adam(0.1))
                .steps(1);
        assertThat(trainer).hasToString("trainer of \"J\" 1×1 by Adam, at most 1 step");
        assertThat(trainer.listen(step -> assertThat(step).hasToString("step 0: cost 0.0"))
                        .train())
                .hasToString("1 step, cost 0.0: the limit of 1 step was reached");
    }
}
