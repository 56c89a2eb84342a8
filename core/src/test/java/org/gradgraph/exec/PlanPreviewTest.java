package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

class PlanPreviewTest {
    @Test
    void before_any_run_there_is_a_plan_that_says_which_sizes_it_assumes() {
        Logistic model = new Logistic(30);

        assertThat(Program.of(model.cost).withGradients().explain().toString())
                .startsWith("rewriting: ")
                .contains(
                        "\nsteps of both passes in one, if m = 100; run.explain() tells of the sizes that were fed:\n")
                .containsPattern("kernels: .*; at most \\d+ threads?; fusion on\n")
                .contains("inner side 30", "fused pass of ", "over 1×100", "\nbuffers: ");
    }

    @Test
    void with_fixed_sizes_it_is_the_plan_of_the_run() {
        Node x = Node.parameter("x", 20, 30);
        Program program = Program.of(x.sigmoid().times(x).mean());

        assertThat(program.explain().steps())
                .isEqualTo(
                        "steps:\n" + program.newRun().set(x, new double[20][30]).explain());
    }

    @Test
    void large_inputs_take_no_memory() {
        Node x = Node.parameter("x", 30_000, 50_000);
        assertThat(Program.of(x.exp().sum()).explain().steps()).contains("over 30000×50000");
    }

    @Test
    void what_does_not_fit_the_assumed_sizes_says_so() {
        Node x = Node.input("x", Dim.named("m"), 3);
        assertThat(Program.of(Layout.sliceRows(x, 150, 160).sum()).explain().steps())
                .isEqualTo("steps: they depend on the sizes; feed a run and ask it, run.explain()\n");
    }
}
