package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.scan.Scan;
import org.gradgraph.scan.ScanBuilder;
import org.gradgraph.scan.ScanStep;
import org.junit.jupiter.api.Test;

/** Dropout off in one word, and feeds that fit the program that reads them. */
class DropoutTest {
    private final Node draw = Node.input("draw");
    private final Node x = Node.input("X", 2, Dim.named("m"));
    private final Node w = Node.parameter("w", 1, 2);
    private final Node dropped = RandomNumbers.dropout(x, 0.5, 3, draw);
    private final Node output = w.matmul(dropped);
    private final Feeds feeds =
            Feeds.of(x, new double[][] {{1, 2, 3}, {4, 5, 6}}).and(w, new double[] {10, 1});

    @Test
    void without_dropout_every_element_passes_and_the_draw_is_not_needed() {
        for (Rewriting rewriting : Rewriting.values()) {
            Program program = Program.of(output.sum(), output)
                    .rewrite(rewriting)
                    .keeping(dropped)
                    .withoutDropout()
                    .withGradients();
            Run run = program.newRun().set(feeds).forward().backward();

            assertThat(run.rows(output)).isDeepEqualTo(new double[][] {{14, 25, 36}});
            assertThat(run.rows(dropped)).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
            assertThat(run.gradient(w).data).containsExactly(6, 15);
            assertThat(run.set(draw, 1).forward().rows(output)[0]).containsExactly(14, 25, 36);
        }
    }

    @Test
    void with_dropout_the_draw_decides() {
        Run run = Program.of(dropped).newRun().set(x, new DMatrixRMaj(new double[][] {{1, 1, 1}, {1, 1, 1}}));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(run::forward)
                .withMessageContaining("\"draw\"");
        double[][] first = run.set(draw, 0).forward().rows(dropped);
        assertThat(Arrays.deepEquals(run.set(draw, 1).forward().rows(dropped), first))
                .isFalse();
        assertThat(run.set(draw, 0).forward().rows(dropped)).isDeepEqualTo(first);
    }

    /** The number of the draw is also a number. */
    @Test
    void a_draw_that_something_else_reads_is_still_needed() {
        Node both = output.plus(draw);
        Program program = Program.of(both).withoutDropout();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> program.newRun().set(feeds).forward())
                .withMessageContaining("\"draw\"");
        assertThat(program.newRun().set(feeds).set(draw, 100).forward().rows(both)[0])
                .containsExactly(114, 125, 136);
    }

    @Test
    void random_numbers_that_are_no_mask_stay() {
        Node noise = x.plus(RandomNumbers.uniform(Shape.SCALAR, 1, draw));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Program.of(noise)
                        .withoutDropout()
                        .newRun()
                        .set(feeds.readBy(Program.of(noise)))
                        .forward())
                .withMessageContaining("\"draw\"");
    }

    /** Whatever is composed of uniform numbers and a bound, only what dropout made is dropout. */
    @Test
    void scaled_comparisons_of_random_numbers_stay() {
        Node uniform = RandomNumbers.uniform(Shape.of(1, 64), 1, draw);
        Node isAbove = Comparisons.greaterOrEqual(uniform, 0.5);
        for (Node random : List.of(isAbove.times(2), isAbove.times(2).minus(1), isAbove.times(3))) {
            Node y = Node.constant(new double[1][64]).plus(random);
            double[] drawn = Program.of(y).newRun().set(draw, 4).forward().rows(y)[0];
            assertThat(Program.of(y)
                            .withoutDropout()
                            .newRun()
                            .set(draw, 4)
                            .forward()
                            .rows(y)[0])
                    .containsExactly(drawn);
            assertThat(Arrays.stream(drawn).distinct()).as("both outcomes").hasSize(2);
        }
    }

    @Test
    void without_dropout_it_is_off_in_a_loop_whose_draw_depends_on_the_step() {
        Node xs = Node.input("X", Dim.of(3), Dim.of(4).times(Dim.named("n")));
        Node draws = Node.input("draws", Dim.of(1), xs.shape().columns());
        Feeds ones = Feeds.of(xs, new double[][] {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}});
        UnaryOperator<ScanStep> counted =
                s -> s.next("i", s.state("i").plus(1)).output(RandomNumbers.dropout(s.input(), 0.5, 1, s.state("i")));
        ScanBuilder loop = Scan.over(xs).state("i", draw);
        Scan byColumn = Scan.over(xs, draws)
                .step(s -> s.output(RandomNumbers.dropout(
                        s.input(xs), 0.5, 1, s.input(draws).times(2))));
        Scan nested = Scan.over(xs).columns(2).state("i", draw).step(s -> {
            Scan inner = Scan.over(s.input()).state("i", s.state("i")).step(counted);
            return s.next("i", inner.last("i")).output(inner.outputs());
        });
        for (Scan scan : List.of(
                loop.step(counted),
                loop.backwards().step(counted),
                loop.checkpointEvery(2).step(counted),
                byColumn,
                nested)) {
            for (Rewriting rewriting : Rewriting.values()) {
                Node y = scan.outputs();
                Program program = Program.of(y.sum(), y)
                        .rewrite(rewriting)
                        .withoutDropout()
                        .withGradients(xs);
                Run run = program.newRun().set(ones).forward().backward();
                assertThat(run.rows(y))
                        .isDeepEqualTo(run.gradientRows(xs))
                        .isDeepEqualTo(new double[][] {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1}});
                Feeds drawn = ones.and(draw, 0).and(draws, new double[] {1, 2, 3, 4});
                Program on = Program.of(y);
                assertThat(on.newRun().set(drawn.readBy(on)).forward().elements(y))
                        .as("dropout when it is on")
                        .containsOnly(0, 2);
            }
        }
    }

    @Test
    void a_draw_that_alone_says_how_many_steps_there_are_is_still_fed() {
        Node draws = Node.input("draws", Dim.of(1), Dim.named("T"));
        Node y = Scan.map(draws, d -> RandomNumbers.dropout(Node.constant(3), 0.5, 1, d));
        Program program = Program.of(y).withoutDropout();
        Feeds three = Feeds.of(draws, new double[] {1, 2, 3}).readBy(program);
        assertThat(program.newRun().set(three).forward().elements(y)).containsExactly(3, 3, 3);
    }

    @Test
    void derivatives_that_the_user_composed_are_those_without_dropout() {
        Node xs = Node.input("X", 1, 3);
        Node factor = Node.parameter("factor");
        Scan scan = Scan.over(xs)
                .state("i", draw)
                .state("sum", Node.constant(0))
                .step(s -> s.next("i", s.state("i").plus(1))
                        .next(
                                "sum",
                                s.state("sum")
                                        .plus(RandomNumbers.dropout(factor.times(s.input()), 0.5, 1, s.state("i")))));
        Node cost = scan.last("sum").square();
        Node slope = Derivatives.gradient(cost, factor);
        Node curvature = Derivatives.hvp(cost, List.of(factor), List.of(Node.constant(1)))
                .get(0);
        for (Rewriting rewriting : Rewriting.values()) {
            Run run = Program.of(cost, slope, curvature)
                    .rewrite(rewriting)
                    .withoutDropout()
                    .newRun()
                    .set(xs, new double[] {1, 2, 3})
                    .set(factor, 2)
                    .forward();
            assertThat(run.scalar(cost)).as("(6·2)²").isEqualTo(144);
            assertThat(run.scalar(slope)).as("2·6²·2").isEqualTo(144);
            assertThat(run.scalar(curvature)).as("2·6²").isEqualTo(72);
        }
    }

    /** The count of the steps is an output here, so the state that masks read counts for something else, too. */
    @Test
    void a_draw_that_a_loop_hands_on_is_still_needed() {
        Node xs = Node.input("X", 1, 3);
        Scan scan = Scan.over(xs)
                .state("i", draw)
                .step(s -> s.next("i", s.state("i").plus(1))
                        .output(RandomNumbers.dropout(s.input(), 0.5, 1, s.state("i"))));
        Feeds ones = Feeds.of(xs, new double[] {1, 1, 1});
        for (Node read : List.of(scan.last("i"), scan.states("i").sum().minus(7))) {
            Node y = scan.outputs().plus(read);
            Program program = Program.of(y).withoutDropout();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> program.newRun().set(ones).forward())
                    .withMessageContaining("\"draw\"");
            Run run = program.newRun().set(ones).set(draw, 2).forward();
            assertThat(run.elements(y)).as("1 + 2 + 3, or 1 + 3 + 4 + 5 − 7").containsExactly(6, 6, 6);
        }
    }

    @Test
    void feeds_are_put_together_and_limited_to_what_a_program_reads() {
        Node label = Node.input("Y", 3, 1);
        Feeds all = feeds.and(Feeds.of(label, new double[] {7, 8, 9}).and(draw, 0));

        assertThat(all.asMap().keySet()).containsExactly(x, w, label, draw);
        assertThat(all.asMap().get(label))
                .satisfies(value -> assertThat(value.numRows).isEqualTo(3));
        assertThat(all.and(Feeds.of(draw, 5)).asMap().get(draw).get(0)).isEqualTo(5);
        Program program = Program.of(output).withoutDropout();
        assertThat(all.readBy(program).asMap().keySet()).containsExactly(x, w);
        assertThat(program.newRun().set(all.readBy(program)).forward().rows(output)[0])
                .containsExactly(14, 25, 36);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Feeds.of(Node.input("Z", 2, 2), new double[4]))
                .withMessageContaining("was given a vector of 4 elements, and is neither a row nor a column");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Program.of(label).newRun().set(label, new double[2]))
                .withMessageContaining("3×1");
    }
}
