package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Fallback;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only fallbacks need is computed if a condition fails for some element, and not otherwise. */
class FallbackTest {
    /** Ten times its operand; counts how often it is computed. */
    private record Counted(AtomicInteger count) implements Kernel {
        @Override
        public String name() {
            return "counted";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            count.incrementAndGet();
            DMatrixRMaj x = inputs.get(0);
            for (int i = 0; i < x.getNumElements(); i++) {
                out.data[i] = 10 * x.data[i];
            }
        }
    }

    /** x where the sum of its row is below 100, else ten times x, by a kernel that counts. */
    private record TenTimesLarge(AtomicInteger count) implements Composite {
        @Override
        public String name() {
            return "tenTimesLarge";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public Node expansion(List<Node> inputs) {
            Node x = inputs.get(0);
            Node isSmall = Comparisons.less(Reductions.rowSums(x), 100).broadcastTo(x.shape());
            return Fallback.of(
                    isSmall,
                    x.plus(0),
                    Node.apply(new Counted(count), x.plus(1)).minus(10));
        }
    }

    private final AtomicInteger count = new AtomicInteger();
    private final Node x = Node.parameter("x", Dim.named("m"), 3);
    private final Node y = Node.apply(new TenTimesLarge(count), x.times(2)).plus(1);

    private static double[][] rows(int m, double last) {
        double[][] rows = new double[m][3];
        for (double[] row : rows) {
            Arrays.fill(row, 1);
        }
        rows[m - 1][2] = last;
        return rows;
    }

    @Test
    void a_fallback_is_computed_in_the_runs_that_need_it_and_in_no_other() {
        for (Map.Entry<String, Execution> way : Executions.all().entrySet()) {
            count.set(0);
            Run run = Program.of(y).newRun(way.getValue());
            assertThat(run.set(x, rows(400, 1)).forward().value(y).get(399, 2))
                    .as(way.getKey())
                    .isEqualTo(3);
            assertThat(count).as(way.getKey()).hasValue(0);

            DMatrixRMaj mixed = run.set(x, rows(400, 60)).forward().value(y);
            assertThat(mixed.get(398, 2)).as(way.getKey()).isEqualTo(3);
            assertThat(mixed.get(399, 0)).as(way.getKey()).isEqualTo(21);
            assertThat(mixed.get(399, 2)).as(way.getKey()).isEqualTo(1201);
            assertThat(count).as(way.getKey()).hasValue(1);

            run.set(x, rows(2, 60)).forward();
            assertThat(run.value(y).data).containsExactly(3, 3, 3, 21, 21, 1201);
            assertThat(count).as(way.getKey()).hasValue(2);

            run.set(x, rows(400, 1)).forward();
            run.set(x, rows(2, 1)).forward();
            assertThat(run.value(y).data).containsExactly(3, 3, 3, 3, 3, 3);
            assertThat(count).as(way.getKey()).hasValue(2);
        }
    }

    @Test
    void a_fallback_that_is_read_otherwise_or_asked_for_is_always_computed() {
        Node ten = Node.apply(new Counted(count), x);
        Node isSmall = Comparisons.less(Reductions.rowSums(x), 100).broadcastTo(x.shape());
        Node chosen = Fallback.of(isSmall, x, ten);

        Program.of(chosen).newRun().set(x, rows(2, 1)).forward();
        assertThat(count).hasValue(0);
        Run read = Program.of(chosen, ten.plus(1)).newRun().set(x, rows(2, 1)).forward();
        assertThat(count).hasValue(1);
        assertThat(read.value(chosen).data).containsExactly(1, 1, 1, 1, 1, 1);
        Program.of(chosen).keeping(ten).newRun().set(x, rows(2, 1)).forward();
        assertThat(count).hasValue(2);
    }

    /** What two fallbacks share is computed if one of them needs it; a fallback in a fallback goes with the outer one. */
    @Test
    void fallbacks_share_and_nest() {
        Node shared = Node.apply(new Counted(count), x);
        Node rowIsSmall = Comparisons.less(Reductions.rowSums(x), 100).broadcastTo(x.shape());
        Node columnIsSmall = Comparisons.less(Reductions.columnSums(x), 50).broadcastTo(x.shape());
        Node one = Fallback.of(rowIsSmall, x.plus(columnIsSmall.times(0.0)), shared);
        Node other = Fallback.of(columnIsSmall, x, Fallback.of(rowIsSmall, x.negate(), shared));
        for (Execution execution : Executions.all().values()) {
            count.set(0);
            Node sum = one.plus(other);
            Run run = Program.of(sum).rewrite(Rewriting.OFF).newRun(execution);
            assertThat(run.set(x, rows(2, 1)).forward().value(sum).data).containsExactly(2, 2, 2, 2, 2, 2);
            assertThat(count).hasValue(0);
            assertThat(run.set(x, rows(2, 60)).forward().value(sum).data).containsExactly(2, 2, 0, 2, 2, 0);
            assertThat(count).hasValue(1);
            assertThat(run.set(x, rows(2, 600)).forward().value(sum).data).containsExactly(2, 2, 0, 11, 11, 12000);
            assertThat(count).hasValue(2);
        }
    }

    @Test
    void a_cotangent_goes_to_the_operand_that_counts() {
        Node isUsual = Node.input("isUsual", 1, 2);
        Node a = Node.parameter("a", 1, 2);
        Node b = Node.parameter("b", 1, 2);
        Run run = Program.of(Fallback.of(isUsual, a.times(3), b.times(5)).sum())
                .withGradients()
                .newRun();
        run.set(isUsual, new double[][] {{1, 0}})
                .set(a, new double[][] {{1, 1}})
                .set(b, new double[][] {{1, 1}});
        run.forwardAndBackward();
        assertThat(run.gradient(a).data).containsExactly(3, 0);
        assertThat(run.gradient(b).data).containsExactly(0, 5);
    }

    /** One row of many is huge, tiny, zero or infinite; the others keep the bits that they have alone. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-200, 1e200, 0, 4.9E-324, 1.7e308, Double.POSITIVE_INFINITY})
    void a_row_out_of_range_changes_no_other_row(double scale) {
        Node rows = Node.parameter("rows", Dim.named("m"), 700);
        Node norms = Reductions.norm2(rows, Over.EACH_ROW);
        Node means = Reductions.rowMeans(rows);
        Program program = Program.of(norms.plus(means).sum()).withGradients().keeping(norms, means);
        DMatrixRMaj usual = numbers(9);
        DMatrixRMaj mixed = usual.copy();
        for (int j = 0; j < 700; j++) {
            mixed.data[5 * 700 + j] = j == 0 ? 3 * scale : j == 699 ? 4 * scale : 0;
        }
        if (scale == 1.7e308) {
            Arrays.fill(mixed.data, 5 * 700, 6 * 700, scale);
        }
        DMatrixRMaj expected = gradient(program, Execution.standard(), usual, rows);
        for (Map.Entry<String, Execution> way : Executions.all().entrySet()) {
            Run run = program.newRun(way.getValue());
            List<DMatrixRMaj> gradients = new ArrayList<>();
            for (DMatrixRMaj value : List.of(usual, mixed, numbers(3), mixed, usual)) {
                run.set(rows, value).forward().backward();
                DMatrixRMaj apart = run.gradient(rows);
                gradients.add(run.forwardAndBackward().gradient(rows));
                assertThat(gradients.get(gradients.size() - 1).data)
                        .as(way.getKey())
                        .isEqualTo(apart.data);
                if (value == mixed && scale != 1.7e308) {
                    assertThat(run.value(norms).get(5, 0))
                            .isCloseTo(5 * scale, within(5 * scale * 1e-15 + 2 * Double.MIN_VALUE));
                } else if (value == mixed) {
                    assertThat(run.value(means).get(5, 0)).isCloseTo(scale, within(scale * 1e-12));
                }
            }
            assertThat(gradients.get(0).data).as(way.getKey()).isEqualTo(expected.data);
            assertThat(gradients.get(4).data).as(way.getKey()).isEqualTo(expected.data);
            assertThat(gradients.get(3).data).as(way.getKey()).isEqualTo(gradients.get(1).data);
            double[] others = gradients.get(1).data.clone();
            System.arraycopy(expected.data, 5 * 700, others, 5 * 700, 700);
            assertThat(others).as(way.getKey()).isEqualTo(expected.data);
        }
    }

    private static DMatrixRMaj gradient(Program program, Execution execution, DMatrixRMaj value, Node of) {
        return program.newRun(execution).set(of, value).forwardAndBackward().gradient(of);
    }

    private static DMatrixRMaj numbers(int rows) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, 700);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = Math.sin(i);
        }
        return matrix;
    }
}
