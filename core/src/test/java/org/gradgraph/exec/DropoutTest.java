package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;
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
