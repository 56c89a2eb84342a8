package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Recycled buffers, copies in and out, and what a later feed may not leave behind. */
class BufferTest {
    private final Logistic model = new Logistic(5);
    private final Node v = Node.input("v", 5, 1);
    private final Node hvp = Derivatives.hvp(model.cost, model.w, v);
    private final Program program = Program.of(model.cost, hvp).withGradients(model.w, model.b, model.z, model.a);

    private Feeds feeds(int m, long seed) {
        return model.random(m, seed).and(v, new double[][] {{1}, {-2}, {3}, {-4}, {5}});
    }

    private List<double[]> results(Run run) {
        return List.of(
                run.value(model.cost).data,
                run.value(hvp).data,
                run.gradient(model.w).data,
                run.gradient(model.b).data,
                run.gradient(model.z).data,
                run.gradient(model.a).data);
    }

    private static void assertSameBits(List<double[]> actual, List<double[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(bits(actual.get(i))).containsExactly(bits(expected.get(i)));
        }
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private List<double[]> fresh(Feeds feeds) {
        return results(program.newRun().set(feeds).forward().backward());
    }

    @Test
    @DisplayName("bug class 5: the same feed gives the same bits")
    void the_same_feed_gives_the_same_bits() {
        Run run = program.newRun().set(feeds(7, 1));
        List<double[]> first = results(run.forward().backward());
        assertSameBits(results(run.forward().backward()), first);
        assertSameBits(fresh(feeds(7, 1)), first);
    }

    @Test
    @DisplayName("bug class 8: gradients do not accumulate over backward passes")
    void gradients_do_not_accumulate_over_backward_passes() {
        Run run = program.newRun().set(feeds(7, 1)).forward();
        List<double[]> once = results(run.backward());
        assertSameBits(results(run.backward().backward()), once);
    }

    @Test
    @DisplayName("bug class 5: nothing reads a buffer that was given up")
    void nothing_reads_a_buffer_that_was_given_up() {
        Run poisoned = program.newRun(Execution.standard().withPoison()).set(feeds(7, 1));
        List<double[]> expected = fresh(feeds(7, 1));
        assertSameBits(results(poisoned.forward().backward()), expected);
        assertSameBits(results(poisoned.backward()), expected);
        assertSameBits(results(poisoned.forward().backward()), expected);
    }

    @Test
    void poison_reaches_recycled_buffers() {
        Node x = Node.input("x");
        Node y = x.exp().plus(1).exp().plus(1).exp();
        Run run = Program.of(y)
                .newRun(Execution.standard().withPoison())
                .set(x, 0)
                .forward();
        assertThat(run.scalar(y)).isEqualTo(Math.exp(Math.exp(2) + 1));
    }

    @Test
    @DisplayName("bug class 5: keeping everything changes no bit")
    void keeping_everything_changes_no_bit() {
        Feeds feeds = feeds(7, 1);
        Run keeping = program.keepingAll().newRun().set(feeds).forward().backward();
        assertSameBits(results(keeping), fresh(feeds));
        for (Node node : program.graph().nodes()) {
            assertThat(keeping.value(node).data).as(node.toString()).doesNotContain(Double.NaN);
        }
    }

    @Test
    void kept_values_survive_the_backward_pass() {
        Run run = program.keepingAll()
                .newRun(Execution.standard().withPoison())
                .set(feeds(7, 1))
                .forward();
        List<double[]> before = program.graph().nodes().stream()
                .map(node -> run.value(node).data)
                .toList();
        run.backward();
        assertSameBits(
                program.graph().nodes().stream()
                        .map(node -> run.value(node).data)
                        .toList(),
                before);
    }

    @Test
    @DisplayName("bug class 7: a later feed leaves nothing of the earlier one")
    void a_later_feed_leaves_nothing_of_the_earlier_one() {
        Run run = program.newRun();
        run.set(feeds(7, 1)).forward().backward();
        run.set(feeds(7, 2)).forward().backward();
        assertSameBits(results(run), fresh(feeds(7, 2)));
    }

    @Test
    void one_parameter_set_anew_is_enough() {
        Run run = program.newRun().set(feeds(7, 1)).forward().backward();
        run.set(model.b, 0.25).forward().backward();
        assertSameBits(results(run), fresh(feeds(7, 1).and(model.b, 0.25)));
    }

    @Test
    void alternating_sizes_give_what_fresh_runs_give() {
        Run run = program.newRun(Execution.standard().withPoison());
        for (int m : new int[] {3, 5, 3, 1, 2, 4, 6, 3, 5}) {
            run.set(feeds(m, m)).forward().backward();
            assertSameBits(results(run), fresh(feeds(m, m)));
        }
    }

    @Test
    @DisplayName("bug class 6: a fed matrix that changes afterwards changes nothing")
    void a_fed_matrix_that_changes_afterwards_changes_nothing() {
        Feeds feeds = feeds(3, 1);
        List<double[]> expected = fresh(feeds);
        DMatrixRMaj x = feeds.asMap().get(model.x).copy();
        double[][] w = {{0}, {0}, {0}, {0}, {0}};
        for (int i = 0; i < 5; i++) {
            w[i][0] = feeds.asMap().get(model.w).get(i, 0);
        }
        Feeds copied = Feeds.of(model.x, x);
        Run run = program.newRun().set(feeds).set(model.x, x).set(model.w, w);
        Arrays.fill(x.data, 99);
        w[0][0] = 99;
        assertSameBits(results(run.forward().backward()), expected);
        assertSameBits(results(run.set(copied).forward().backward()), expected);
        assertThat(run.value(model.x).data).doesNotContain(99);
    }

    @Test
    @DisplayName("bug class 6: a returned matrix that is changed changes nothing")
    void a_returned_matrix_that_is_changed_changes_nothing() {
        Run run = program.newRun().set(feeds(3, 1)).forward().backward();
        List<double[]> expected = fresh(feeds(3, 1));
        results(run).forEach(values -> Arrays.fill(values, 99));
        Arrays.fill(run.value(model.x).data, 99);
        Arrays.fill(run.gradient(model.w).data, 99);
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        run.gradient(model.w, out);
        Arrays.fill(out.data, 99);
        assertSameBits(results(run), expected);
        assertSameBits(results(run.forward().backward()), expected);
    }

    @Test
    void a_fed_matrix_may_have_a_longer_array_than_elements() {
        DMatrixRMaj shrunk = new DMatrixRMaj(10, 10);
        Arrays.fill(shrunk.data, Double.NaN);
        shrunk.reshape(5, 3);
        DMatrixRMaj x = feeds(3, 1).asMap().get(model.x);
        System.arraycopy(x.data, 0, shrunk.data, 0, 15);
        Run run =
                program.newRun().set(feeds(3, 1)).set(model.x, shrunk).forward().backward();
        assertSameBits(results(run), fresh(feeds(3, 1)));
        assertThat(run.value(model.x).data).hasSize(15);
    }

    @Test
    void a_gradient_that_is_an_input_or_a_constant_is_readable() {
        Node x = Node.parameter("x");
        Run run = Program.of(x).withGradients(x).newRun().set(x, 3).forward().backward();
        assertThat(run.gradient(x).get(0, 0)).isEqualTo(1);
        assertThat(run.scalar(x)).isEqualTo(3);
    }
}
